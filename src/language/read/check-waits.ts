import type { Entry } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Condition, CountLimit, Often } from '../condition.ts'
import type { Outcome, WaitRef } from '../rule.ts'

/** Whether there is something to wait for where a rule says `{wait}`; reported if not. */
export function checkWaits(outcome: Outcome, when: Condition, { value }: Entry, reporter: Reporter): boolean {
  const wait = waitIn(outcome)
  if (wait === undefined) return true
  // What a code says is shared: the place of its use is reported.
  const { span } = wait
  const isHere = span.file === value.span.file && span.start >= value.span.start && span.end <= value.span.end
  const place = isHere ? span : value.span
  const often = ownOften(when)
  if (often === undefined) {
    const message = '{wait} needs a count of the calls of this rule, and it has none'
    const hint = 'Write how often: { … } without "of", directly under "when" of the rule, or remove {wait}'
    reporter.error('bad-template', place, message, hint)
    return false
  }
  if (!isForEver(often.limit)) return true
  const message = `Waiting does not change what "${often.limit.word}" says, so {wait} has no value`
  reporter.error('bad-template', place, message, 'Remove {wait}, or write more than or at least')
  return false
}

function waitIn(outcome: Outcome): WaitRef | undefined {
  if (outcome.kind !== 'reject') return undefined
  const pieces = [...(outcome.message ?? []), ...(outcome.detail ?? [])]
  return pieces.find((piece): piece is WaitRef => typeof piece === 'object' && 'wait' in piece)
}

/** The count of the own calls: it is directly under `when`, beside the condition of the file. */
function ownOften(condition: Condition): Often | undefined {
  if (condition.kind === 'often') return condition.of.kind === 'rule' ? condition : undefined
  if (condition.kind !== 'all') return undefined
  return condition.parts.map(ownOften).find(often => often !== undefined)
}

/** Whether a limit still holds when nothing is counted any more. */
function isForEver(limit: CountLimit): boolean {
  switch (limit.word) {
    case 'at most':
    case 'less than':
      return true
    case 'at least':
    case 'is':
      return limit.number === 0
    case 'between':
      return limit.low === 0
    case 'more than':
      return false
  }
}
