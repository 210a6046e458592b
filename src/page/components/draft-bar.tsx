import { useState } from 'preact/hooks'
import type { DraftShown } from '../../serve/page/answers.ts'
import { ApiProblem, askApi } from '../api.ts'
import { timeText, useTexts } from '../language.ts'
import { go } from '../route.ts'
import { known, noteDraft } from '../status.ts'
import { useStore } from '../store.ts'
import { continueInNew, hasUnsaved, saveNow, session } from '../work/session.ts'
import { Banner, Button, Mark, Problem } from './parts.tsx'
import { VersionName } from './state-bar.tsx'

/** Whether this is a draft and of what, whether it is saved, and the others there are. */
export function DraftBar() {
  const t = useTexts()
  const now = useStore(session)
  const { status } = useStore(known)
  const [problem, fail] = useState<ApiProblem>()
  if (status === undefined) return null
  const draft = status.drafts.find(({ id }) => id === now.draft)
  const open = status.drafts.filter(({ end }) => end === undefined)
  const choose = async (id: string) => {
    await saveNow()
    go({ values: { draft: id === '' ? undefined : id } })
  }
  const change = async (path: string) => {
    fail(undefined)
    try {
      await saveNow()
      noteDraft((await askApi<{ draft: DraftShown }>(`drafts/${now.draft}/${path}`, { body: {} })).draft)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      fail(error)
    }
  }
  return (
    <>
      <div class={draft === undefined ? 'draft-bar' : 'draft-bar on'}>
        <label>
          <span class="unseen">{t('draft.choose')}</span>
          <select value={now.draft ?? ''} onChange={event => void choose(event.currentTarget.value)}>
            <option value="">{t('draft.inForce')}</option>
            {(draft === undefined || draft.end === undefined ? open : [draft, ...open]).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {draft === undefined ? (
          <span class="quiet">{now.draft === null ? t('draft.none') : t('draft.gone')}</span>
        ) : (
          <>
            <span class="quiet">
              {t('draft.label')} · <VersionName version={draft.base} /> · {t('draft.files', { n: draft.files.length })}{' '}
              ·{' '}
              {t('draft.savedBy', {
                who: draft.savedBy === 'local' ? t('state.local') : draft.savedBy,
                at: timeText(draft.savedAt),
              })}
            </span>
            <SaveState />
            <span class="actions">
              {draft.end === undefined && (
                <Button kind="link" onClick={() => void change('discard')}>
                  {t('draft.discard')}
                </Button>
              )}
            </span>
          </>
        )}
      </div>
      {problem && <Problem what={t('draft.notSaved')} problem={problem} />}
      {draft?.end !== undefined && <Closed draft={draft} reopen={() => void change('reopen')} />}
      {draft !== undefined && draft.end === undefined && !draft.isBaseInForce && (
        <Banner kind="warning">{t('draft.baseMoved', { base: draft.base.slice(0, 7) })}</Banner>
      )}
    </>
  )
}

function SaveState() {
  const t = useTexts()
  const now = useStore(session)
  const isFailed = [...now.files.values()].some(({ state }) => state === 'failed' || state === 'conflict')
  const isSaving = [...now.files.values()].some(({ state }) => state === 'saving')
  const key = isFailed ? 'notSaved' : isSaving ? 'saving' : hasUnsaved(now) ? 'unsaved' : 'saved'
  return <Mark kind={isFailed ? 'failed' : 'saved'}>{t(`draft.${key}`)}</Mark>
}

function Closed({ draft, reopen }: { draft: DraftShown; reopen(): void }) {
  const t = useTexts()
  const now = useStore(session)
  const isPublished = draft.end?.kind === 'published'
  return (
    <Banner kind="info">
      <p>{isPublished ? t('draft.published', { at: timeText(draft.end?.at ?? 0) }) : t('draft.discarded')}</p>
      {!isPublished && <Button onClick={reopen}>{t('draft.reopen')}</Button>}
      {hasUnsaved(now) && (
        <Button kind="main" onClick={continueInNew}>
          {t('draft.continue')}
        </Button>
      )}
      <Button onClick={() => go({ values: { draft: undefined } })}>{t('draft.leave')}</Button>
    </Banner>
  )
}
