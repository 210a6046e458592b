import { useState } from 'preact/hooks'
import type { RulesAnswer } from '../../serve/page/answers.ts'
import { ApiProblem, askApi } from '../api.ts'
import { useTexts } from '../language.ts'
import { refreshStatus } from '../status.ts'
import { useAnswer } from '../use-answer.ts'
import { Button, Dialog, Problem } from './parts.tsx'

const hourMs = 3_600_000
const spans = [1, 4, 24, 72]

/** Asks why and for how long, and pauses a rule; without one, also which. */
export function PauseDialog({ rule: given, onClose }: { rule?: string; onClose(): void }) {
  const t = useTexts()
  const [chosen, choose] = useState('')
  const enforced = useEnforced(given === undefined)
  const rule = given ?? (chosen === '' ? (enforced[0] ?? '') : chosen)
  const [why, setWhy] = useState('')
  const [hours, setHours] = useState('4')
  const [problem, fail] = useState<ApiProblem>()
  const pause = async () => {
    const forMs = hours === '' ? {} : { forMs: Number(hours) * hourMs }
    try {
      await askApi('pause', { body: { rule, why, ...forMs } })
      await refreshStatus()
      onClose()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      fail(error)
    }
  }
  return (
    <Dialog title={t('pause.title', { rule })} onClose={onClose}>
      <p>{t('pause.about')}</p>
      {given === undefined && (
        <label class="field">
          <span>{t('pause.which')}</span>
          <select value={rule} onChange={event => choose(event.currentTarget.value)}>
            {enforced.map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label class="field">
        <span>{t('pause.why')}</span>
        <input value={why} maxLength={500} onInput={event => setWhy(event.currentTarget.value)} />
      </label>
      <label class="field">
        <span>{t('pause.for')}</span>
        <select value={hours} onChange={event => setHours(event.currentTarget.value)}>
          {spans.map(n => (
            <option key={n} value={String(n)}>
              {t('pause.hours', { n })}
            </option>
          ))}
          <option value="">{t('pause.open')}</option>
        </select>
      </label>
      {problem && <Problem what={t('pause.failed')} problem={problem} retry={() => void pause()} />}
      <footer>
        <Button kind="danger" isDisabled={why.trim() === '' || rule === ''} onClick={() => void pause()}>
          {t('pause.title', { rule })}
        </Button>
      </footer>
    </Dialog>
  )
}

/** The rules in force that can be paused. */
function useEnforced(isAsked: boolean): readonly string[] {
  const { answer } = useAnswer<RulesAnswer>(isAsked ? 'in force' : undefined, signal =>
    askApi('rules', { body: {}, signal }),
  )
  return (answer?.rules ?? [])
    .filter(({ mode, paused }) => mode === 'enforce' && paused === null)
    .map(({ rule }) => rule)
}
