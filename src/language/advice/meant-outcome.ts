import { callbacks } from '../../callbacks/catalogue.ts'
import type { Fix } from '../../yaml/diagnostic.ts'
import { replacing } from '../../yaml/fix.ts'
import { inPlaceOf } from '../../yaml/layout.ts'
import type { Entry, MapNode, Node } from '../../yaml/node.ts'
import type { Misplaced } from '../read/mapping.ts'
import { inBraces, writtenEntries } from '../read/shape.ts'
import { keys } from '../vocabulary.ts'
import { misspelt, synonymOf } from './suggest.ts'

/**
 * What an unknown key of a rule was meant to be: an outcome, a wrapper around one, or a second one.
 *
 * Its value is then unclear and not checked.
 */
export function meantOutcome(entry: Entry, all: readonly Entry[]): Misplaced | undefined {
  return wrapped(entry, all) ?? second(entry, all) ?? refusal(entry, all) ?? renamed(entry, all)
}

const kinds = ['reject', 'rewrite', 'allow'] as const

/** The wrapper that other languages put around an outcome: `then: { reject: 5001 }`, `action: reject`. */
function wrapped({ key, keySpan, value }: Entry, all: readonly Entry[]): Misplaced | undefined {
  const synonym = synonymOf(key, ['reject'])
  if (synonym?.instead === undefined) return undefined
  const inner = value.kind === 'map' && value.entries.length === 1 ? value.entries[0] : undefined
  const kind = kinds.find(name => name === inner?.key)
  if (value.kind !== 'map' || inner === undefined || kind === undefined || kinds.some(name => has(all, name))) {
    return { hint: synonym.instead, meant: 'reject' }
  }
  return {
    hint: `Write ${writtenEntries([inner])} instead`,
    meant: kind,
    fixes: [unwrapped(keySpan, value, inner)],
  }
}

/** Replaces the mapping around an entry, and its key, by the entry. */
function unwrapped({ file, start }: Entry['keySpan'], outer: MapNode, inner: Entry): Fix {
  const before = { file, start, end: inner.keySpan.start }
  const after = { file, start: inner.value.span.end, end: outer.span.end }
  return {
    label: `Write ${writtenEntries([inner])} instead`,
    edits: [before, after].filter(({ start, end }) => start < end).map(span => ({ span, text: '' })),
  }
}

/** Something that would be a second outcome. */
function second(entry: Entry, all: readonly Entry[]): Misplaced | undefined {
  const first = all.find(({ key }) => [...kinds, 'event'].some(kind => kind === key))
  const meant = synonymOf(entry.key, kinds)?.meant ?? misspelt(entry.key, kinds)
  if (first === undefined || meant === undefined || misspelt(entry.key, keys.rule) !== misspelt(entry.key, kinds)) {
    return undefined
  }
  const does = first.key === 'event' ? 'has an event' : `${first.key}s`
  if (meant === first.key) return { hint: `This rule already ${does}: keep one of the two` }
  if (meant === 'allow') return exception(entry, has(all, 'unless'))
  return { hint: `A rule has one outcome, and this one already ${does}: write a separate rule with ${meant}` }
}

function has(all: readonly Entry[], key: string): boolean {
  return all.some(other => other.key === key)
}

/** Users that a rule exempts: their value decides whether `unless` can express it. */
function exception({ keySpan, value }: Entry, hasOne: boolean): Misplaced {
  const hint = 'A rule has one outcome. For an exception, write unless: { userID: [u-1, u-2] } (or another condition)'
  const isCondition = value.kind === 'map' && value.entries.some(({ key }) => isOfCondition(key))
  if (!isCondition || hasOne) return { hint }
  return { hint: 'For an exception, write unless', fixes: [replacing(keySpan, 'unless')] }
}

/** What other systems do to users or messages. A rule can only reject the call. */
const refusals: ReadonlyMap<string, 'is a refusal' | 'cannot be done'> = new Map([
  ...(
    [
      'ban',
      'block',
      'delete',
      'remove',
      'drop',
      'discard',
      'forbid',
      'deny',
      'refuse',
      'error',
      'fail',
      'response',
    ] as const
  ).map(word => [word, 'is a refusal'] as const),
  ...(['mute', 'kick', 'warn', 'silence', 'suspend', 'notify', 'report', 'alert'] as const).map(
    word => [word, 'cannot be done'] as const,
  ),
])

function refusal(entry: Entry, all: readonly Entry[]): Misplaced | undefined {
  const { key, keySpan, value } = entry
  const kind = refusals.get(key)
  if (kind === undefined) return undefined
  if (kind === 'cannot be done') {
    const hint = `A rule cannot ${key} a user: it can reject a call with reject: { code: 5001, message: … }, rewrite it or allow it`
    return { hint, meant: 'reject' }
  }
  if (kinds.some(name => has(all, name)))
    return { hint: 'A rule has one outcome, and this one already has it: remove this' }
  if (isCode(value)) return { hint: 'Write reject', meant: 'reject', fixes: [replacing(keySpan, 'reject')] }
  const isYes = value.kind === 'scalar' && (value.value === true || value.value === 'yes')
  const choice = { label: 'Write reject: 5001', edits: [inPlaceOf(entry, 'reject: 5001')] }
  return { hint: 'Write reject: 5001, or another code', meant: 'reject', ...(isYes && { fixes: [choice] }) }
}

function isCode(value: Node): boolean {
  if (value.kind === 'map') return value.entries.every(({ key }) => keys.code.some(other => other === key))
  return value.kind === 'scalar' && typeof value.value === 'number' && value.value >= 5000 && value.value <= 9999
}

/** A new name for somebody. */
function renamed({ key, value }: Entry, all: readonly Entry[]): Misplaced | undefined {
  if (key !== 'rename') return undefined
  if (kinds.some(name => has(all, name))) {
    return { hint: 'A rule has one outcome: write a separate rule, with rewrite: { nickName: { set: … } }' }
  }
  const name = value.kind === 'scalar' ? inBraces(value) : '…'
  return { hint: `Write rewrite: { nickName: { set: ${name} } }, with the field to change`, meant: 'rewrite' }
}
/** Whether a key is valid in a condition: a field of some callback, a part of one, or a word such as `any`. */
export function isOfCondition(key: string): boolean {
  const [name = ''] = key.replace(/^original\./, '').split('.')
  return fieldNames.has(name) || keys.condition.some(other => other === key)
}

const fieldNames: ReadonlySet<string> = new Set(callbacks.flatMap(({ fields }) => fields.map(({ name }) => name)))
