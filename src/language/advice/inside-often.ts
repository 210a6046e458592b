import { replacing } from '../../yaml/fix.ts'
import { inOneLine, takeOut } from '../../yaml/layout.ts'
import type { Entry } from '../../yaml/node.ts'
import type { Misplaced } from '../read/mapping.ts'
import { countLimits, keys } from '../vocabulary.ts'
import { isOfCondition } from './meant-outcome.ts'

/** The text of the file, and the keys that the count can have. */
type Place = { text: string; form: readonly string[] }

/** What stands inside a count and is no key of it: a limit written otherwise, or what belongs beside or outside. */
export function insideOften(entry: Entry, place: Place): Misplaced | undefined {
  return glued(entry, place) ?? negated(entry, place) ?? beside(entry)
}

/** A limit with its number in the key, as in `more than 5: true`. */
function glued({ key, keySpan, value }: Entry, { form }: Place): Misplaced | undefined {
  const [, word = '', number = ''] = /^([a-z ]+?) ?(\d+)(?: .*)?$/.exec(key) ?? []
  if (!isLimit(word) || !form.includes(word) || form.includes(key)) return undefined
  const hint = `Write ${word}: ${number}`
  const isShort = value.kind === 'scalar'
  const fixes = isShort ? [replacing({ ...keySpan, end: value.span.end }, `${word}: ${number}`)] : []
  return { hint, meant: word, fixes }
}

const opposites: ReadonlyMap<string, string> = new Map([
  ['more than', 'at most'],
  ['at least', 'less than'],
  ['at most', 'more than'],
  ['less than', 'at least'],
])

/** A limit turned round, as in `not: { more than: 5 }`. */
function negated({ key, keySpan, value }: Entry, { text, form }: Place): Misplaced | undefined {
  const [inner, ...others] = key === 'not' && value.kind === 'map' ? value.entries : []
  const word = inner && others.length === 0 ? opposites.get(inner.key) : undefined
  const limit = inner && inOneLine(inner.value, text)
  if (word === undefined || limit === undefined || !form.includes(word)) return undefined
  const hint = `Write ${word}: ${limit}`
  return { hint, meant: word, fixes: [replacing({ ...keySpan, end: value.span.end }, `${word}: ${limit}`)] }
}

/** A condition, or a key of a rule, that was indented too deep. */
function beside({ key }: Entry): Misplaced | undefined {
  if (isOfCondition(key)) return { hint: `Write "${key}" beside the count, not inside it`, isUnclear: true }
  if (key === 'when' || key === 'unless') return { hint: `Write its conditions beside the count, not inside it` }
  const isOfRule = keys.rule.some(other => other === key)
  return isOfRule ? { hint: `It belongs to the rule: indent "${key}" to the level of "when"` } : undefined
}

/** Whether a key is a limit of a count. Pure. */
export function isLimit(key: string): boolean {
  return countLimits.some(word => word === key)
}

/** Advice for a limit beside another one. */
export function second(entry: Entry, all: readonly Entry[], meant: string): Misplaced {
  const label = `Remove "${entry.key}"`
  return { hint: `${label}: a count has one limit`, meant, fixes: [{ label, edits: takeOut([entry], all) }] }
}
