import type { Entry } from '../../yaml/node.ts'
import type { Scope } from './scope.ts'

/** Whether a count cannot be here at all, in the items of a list or in what is counted itself; if so, it is reported. */
export function isMisplacedCount({ key, keySpan }: Entry, { item, counts, reporter }: Scope): boolean {
  if (item !== undefined) {
    const message = `"${key}" counts calls, not items of a list`
    reporter.error('misplaced-count', keySpan, message, `Write it beside "${item.list.text}", not inside it`)
    return true
  }
  if (counts !== 'nothing') return false
  const hint = `Remove it here, and write it in the rule, beside how often: { of: … }`
  reporter.error(
    'misplaced-count',
    keySpan,
    `What a counter counts cannot depend on counts, so "${key}" cannot be here`,
    hint,
  )
  return true
}
