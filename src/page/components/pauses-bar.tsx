import { useState } from 'preact/hooks'
import type { PageStatus } from '../../serve/page/answers.ts'
import { ApiProblem, askApi } from '../api.ts'
import { timeText, useTexts } from '../language.ts'
import { known, refreshStatus } from '../status.ts'
import { useStore } from '../store.ts'
import { Banner, Button, Problem, UserText } from './parts.tsx'

/** The rules that are paused, on every screen, until the files agree or somebody enforces them again. */
export function PausesBar() {
  const t = useTexts()
  const { status } = useStore(known)
  const [problem, fail] = useState<ApiProblem>()
  const pauses = status?.pauses ?? []
  const resume = async (rule: string) => {
    fail(undefined)
    try {
      await askApi('resume', { body: { rule } })
      await refreshStatus()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      fail(error)
    }
  }
  if (pauses.length === 0) return null
  return (
    <Banner kind="warning">
      <p>{t('pause.some', { n: pauses.length })}</p>
      <ul>
        {pauses.map(pause => (
          <li key={pause.rule}>
            <Pause pause={pause} />
            <Button onClick={() => void resume(pause.rule)}>{t('pause.resume')}</Button>
          </li>
        ))}
      </ul>
      {problem && <Problem what={t('pause.resumeFailed')} problem={problem} />}
    </Banner>
  )
}

function Pause({ pause: { rule, who, why, until } }: { pause: PageStatus['pauses'][number] }) {
  const t = useTexts()
  const told = t('pause.one', { rule, who: who === 'local' ? t('state.local') : who, why })
  return <UserText text={until === undefined ? told : `${told} (${t('pause.until', { at: timeText(until) })})`} />
}
