import { useEffect, useState } from 'preact/hooks'
import { DraftBar } from './components/draft-bar.tsx'
import { Banner, UserText } from './components/parts.tsx'
import { PausesBar } from './components/pauses-bar.tsx'
import { StateBar } from './components/state-bar.tsx'
import { chooseLanguage, language, timeText, useTexts } from './language.ts'
import { addressOf, whereabouts } from './route.ts'
import { screens } from './screens.ts'
import { known } from './status.ts'
import { useStore } from './store.ts'
import { openSession, takeOver } from './work/session.ts'

/** The whole page. */
export function WholePage() {
  const { screen, values } = useStore(whereabouts)
  const { status } = useStore(known)
  const isReady = useSession(values.draft)
  const { Content } = screens.find(({ name }) => name === screen) ?? screens[0]
  const draft = status?.drafts.find(({ id }) => id === values.draft)
  useEffect(() => {
    if (draft !== undefined) void takeOver(draft)
  }, [draft])
  return (
    <>
      <header class="top">
        <Menu />
        <StateBar />
      </header>
      <Banners />
      <PausesBar />
      <DraftBar />
      {isReady && status !== undefined && <Content />}
    </>
  )
}

/** Opens what the address names, before anything of it is shown. */
function useSession(draft: string | undefined): boolean {
  const [isReady, ready] = useState(false)
  useEffect(() => {
    void openSession(draft ?? null)
      .catch(() => undefined)
      .then(() => ready(true))
  }, [draft])
  return isReady
}

function Menu() {
  const t = useTexts()
  const now = useStore(language)
  const { screen, values } = useStore(whereabouts)
  const current = screens.find(({ name }) => name === screen) ?? screens[0]
  const { draft, rule, file } = values
  const shared = Object.fromEntries(
    Object.entries({ draft, rule, file }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>
  return (
    <nav class="menu" aria-label={t('screens.label')}>
      <span class="brand">{t('page.name')}</span>
      {screens.map(({ name, title }) => (
        <a
          key={name}
          href={addressOf({ screen: name, values: shared })}
          aria-current={name === current.name ? 'page' : undefined}
        >
          {t(title)}
        </a>
      ))}
      <fieldset class="language" aria-label={t('language.label')}>
        <button type="button" lang="en" aria-pressed={now === 'en'} onClick={() => chooseLanguage('en')}>
          EN
        </button>
        <button type="button" lang="zh-CN" aria-pressed={now === 'zh'} onClick={() => chooseLanguage('zh')}>
          中文
        </button>
      </fieldset>
    </nav>
  )
}

/** What must not be missed: the service is away, the last reload failed, drafts cannot be kept. */
function Banners() {
  const t = useTexts()
  const { status, problem } = useStore(known)
  const reload = status?.lastReload
  const [first] = reload?.diagnostics ?? []
  return (
    <>
      {problem !== undefined && <Banner kind="error">{t('state.unreachable')}</Banner>}
      {reload != null && !reload.ok && (
        <Banner kind="error">
          <p>{t('state.reloadFailed', { at: timeText(reload.at) })}</p>
          <p>
            <UserText
              text={
                first === undefined
                  ? (reload.error ?? '')
                  : t('state.reloadFirst', { place: `${first.file}:${first.line}`, message: first.message })
              }
            />
          </p>
        </Banner>
      )}
      {status?.draftsProblem != null && (
        <Banner kind="warning">{t('state.noDrafts', { problem: status.draftsProblem })}</Banner>
      )}
    </>
  )
}
