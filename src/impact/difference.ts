import type { Replied } from './outcome.ts'

/** How what the IM server is told of a call can differ. */
export const differenceKinds = [
  'newly refused',
  'no longer refused',
  'other code',
  'other message',
  'rewritten otherwise',
] as const

export type DifferenceKind = (typeof differenceKinds)[number]

/** A call of which something else is told; `rule` is the one that makes the difference. */
export type Difference = { kind: DifferenceKind; rule: string }

/** Compare only what is on record of a masked call. */
export type CompareOptions = { isWhole: boolean }

/** How a call is told of otherwise; undefined if it is not. Pure. */
export function differenceOf(
  before: Replied,
  after: Replied,
  { isWhole }: CompareOptions = { isWhole: true },
): Difference | undefined {
  if (before.kind === 'reject') {
    if (after.kind === 'allow') return { kind: 'no longer refused', rule: before.rule }
    if (before.code !== after.code) return { kind: 'other code', rule: after.rule }
    const isSame = !isWhole || (before.message === after.message && before.detail === after.detail)
    return isSame ? undefined : { kind: 'other message', rule: after.rule }
  }
  if (after.kind === 'reject') return { kind: 'newly refused', rule: after.rule }
  const fields = new Set([...Object.keys(before.values), ...Object.keys(after.values)])
  for (const field of fields) {
    const [old, now] = [before.values, after.values].map(each => (Object.hasOwn(each, field) ? each[field] : undefined))
    const isSame = isWhole ? old === now : (old === undefined) === (now === undefined)
    if (!isSame) return { kind: 'rewritten otherwise', rule: ruleOf(after, field) ?? ruleOf(before, field) ?? '' }
  }
  return undefined
}

function ruleOf(outcome: Replied & { kind: 'allow' }, field: string): string | undefined {
  return Object.hasOwn(outcome.by, field) ? outcome.by[field] : undefined
}
