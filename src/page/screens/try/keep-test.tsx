import { useEffect, useState } from 'preact/hooks'
import type { KeptTestAnswer, TryAnswer } from '../../../serve/page/answers.ts'
import { ApiProblem, askApi } from '../../api.ts'
import { Button, Problem, UserText } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { noteSaved, ownDraft, saveNow } from '../../work/session.ts'

type KeepProps = { answer: TryAnswer; call: object; preferred: string | undefined }

/** Writes the call into the tests of a rule, with only the fields that mattered. */
export function KeepTest({ answer, call, preferred }: KeepProps) {
  const t = useTexts()
  const { rules, decision } = answer.report
  const names = rules.map(({ rule }) => rule)
  const deciding = decision.kind === 'reject' ? decision.rule : rules.find(({ result }) => result === 'matched')?.rule
  const usual = [deciding, preferred, names[0]].find(name => name !== undefined && names.includes(name)) ?? ''
  const [chosen, choose] = useState('')
  const [kept, keep] = useState<KeptTestAnswer>()
  const [problem, fail] = useState<ApiProblem>()
  // What was kept is of the call before.
  useEffect(() => keep(undefined), [JSON.stringify(call)])
  const rule = names.includes(chosen) ? chosen : usual
  if (rule === '') return null
  const write = async () => {
    fail(undefined)
    try {
      await saveNow()
      const draft = await ownDraft()
      const made = await askApi<KeptTestAnswer>(`drafts/${draft}/tests`, { body: { ...call, rule } })
      if (made.content !== null) noteSaved(made.draft, made.file, made.content)
      keep(made)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      fail(error)
    }
  }
  return (
    <section class="keep-test">
      <h2>{t('keep.title')}</h2>
      <p class="quiet">{t('keep.about')}</p>
      <div class="form-actions">
        <label>
          <span class="unseen">{t('keep.rule')}</span>
          <select value={rule} onChange={event => choose(event.currentTarget.value)}>
            {names.map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Button kind="main" onClick={() => void write()}>
          {t('keep.write')}
        </Button>
      </div>
      {kept !== undefined && (
        <p class={kept.isRight ? 'done' : 'wrong-note'} role="status">
          <UserText text={kept.text} />
        </p>
      )}
      {problem && <Problem what={t('keep.failed')} problem={problem} retry={() => void write()} />}
    </section>
  )
}
