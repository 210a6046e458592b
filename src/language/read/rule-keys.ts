import type { Edit, Fix } from '../../yaml/diagnostic.ts'
import { replacing } from '../../yaml/fix.ts'
import { areTogether, inOneLine, inPlaceOf, takeOut, textAt } from '../../yaml/layout.ts'
import type { Entry } from '../../yaml/node.ts'
import { isOfCondition, meantOutcome } from '../advice/meant-outcome.ts'
import { nearest, synonymOf } from '../advice/suggest.ts'
import { keys } from '../vocabulary.ts'
import type { MappingForm, Misplaced } from './mapping.ts'
import { inBraces, writtenEntries as inside } from './shape.ts'

const example = '- rule: no-links, with its other lines below'

/** The keys of a rule, and where misplaced keys belong. `text` is that of its file. */
export function ruleForm(text: string): MappingForm {
  return { place: 'a rule', keys: keys.rule, example, misplaced: (entry, all) => misplaced(entry, { all, text }) }
}

/** The entries of a rule, and the text of its file. */
type Around = { all: readonly Entry[]; text: string }

function misplaced(entry: Entry, around: Around): Misplaced | undefined {
  const { key, value } = entry
  if (isOfCondition(key)) return underWhen(entry, around)
  const counts = nearest(key, keys.rule) === undefined && nearest(key, ['how often', 'how long since'])
  if (counts) return { hint: `Write ${counts}: … under "when", indented deeper`, meant: 'when', isUnclear: true }
  // A code with its texts in braces needs only another key; alone or with texts beside it, it needs the braces.
  const whole = value.kind === 'map' ? meantOutcome(entry, around.all) : undefined
  if (whole !== undefined) return whole
  if (codeKey(key) !== undefined || isWrapper(entry, around)) return insideReject(around)
  if (keys.file.some(other => other === key)) {
    const hint = `Write "${key}" at the top of the file, not in a rule`
    // The author wrote a list of rules here instead of the rest of the rule.
    return key === 'rules' ? { hint, isUnclear: true } : { hint }
  }
  const outcome = meantOutcome(entry, around.all)
  if (outcome !== undefined) return outcome
  if (synonymOf(key, keys.rule) !== undefined) return undefined
  if (value.kind !== 'map' || !value.entries.some(({ key: inner }) => keys.rule.some(other => other === inner)))
    return undefined
  return { hint: `Write - rule: ${key}, with its other lines below, at the level of "rule"`, isUnclear: true }
}

/** The part of a rejection that a key stands for, by our name or by the name on the wire. */
function codeKey(key: string): string | undefined {
  if (keys.code.some(other => other === key)) return key
  const meant = synonymOf(key, keys.code)?.meant
  return synonymOf(key, keys.rule) === undefined ? meant : undefined
}

/** `action: reject` with the code beside it. */
function isWrapper({ key, value }: Entry, { all }: Around): boolean {
  const isAround = synonymOf(key, ['reject'])?.instead !== undefined && value.kind === 'scalar'
  return isAround && all.some(other => codeKey(other.key) === 'code')
}

/** Conditions directly in a rule. */
function underWhen({ key }: Entry, { all, text }: Around): Misplaced {
  const hint = `Write conditions under "when", indented deeper: when: { ${key}: … }`
  const fields = all.filter(each => isOfCondition(each.key))
  const values = fields.map(({ value }) => inOneLine(value, text))
  const isMovable = areTogether(fields, all) && !values.includes(undefined) && !has(all, 'when')
  if (!isMovable) return { hint, meant: 'when' }
  const inside = fields.map((each, at) => `${textAt(each.keySpan, text)}: ${values[at]}`).join(', ')
  return { hint, meant: 'when', fixes: [inPlaceOfAll(fields, `when: { ${inside} }`)] }
}

function inPlaceOfAll(entries: readonly Entry[], text: string): Fix {
  const [first, last] = [entries[0] as Entry, entries.at(-1) as Entry]
  return replacing({ ...first.keySpan, end: last.value.span.end }, text)
}

function has(all: readonly Entry[], key: string): boolean {
  return all.some(other => other.key === key)
}

/** A rejection with its code and texts beside it. */
function insideReject(around: Around): Misplaced {
  const { all } = around
  const parts = all.flatMap(entry => {
    const key = codeKey(entry.key)
    return key === undefined ? [] : [{ entry, part: { ...entry, key } }]
  })
  const reject = all.find(({ key, value }) => key === 'reject' && value.kind === 'scalar')
  const written = `reject: ${rejectOf(
    parts.map(({ part }) => part),
    reject,
  )}`
  const advice = { hint: `Write ${written}`, meant: 'reject' }
  const stray = all.filter(entry => isWrapper(entry, around) || parts.some(each => each.entry === entry))
  const isShort = parts.every(({ entry: { value } }) => value.kind === 'scalar' && inBraces(value) !== '…')
  const hasCode = parts.some(({ part }) => part.key === 'code')
  if (!isShort || !areTogether(stray, all) || hasCode === (reject !== undefined) || has(all, 'event')) return advice
  const edits: readonly Edit[] =
    reject === undefined ? inPlaceOfAll(stray, written).edits : [inPlaceOf(reject, written), ...takeOut(stray, all)]
  return { ...advice, fixes: [{ label: advice.hint, edits }] }
}

function rejectOf(parts: readonly Entry[], reject: Entry | undefined): string {
  const [only] = parts
  if (parts.length === 1 && only?.key === 'code') return only.value.kind === 'scalar' ? only.value.raw : '5001'
  const hasCode = parts.some(({ key }) => key === 'code')
  const number = hasCode ? '' : `code: ${reject?.value.kind === 'scalar' ? reject.value.raw : '5001'}, `
  return `{ ${number}${inside(parts)} }`
}
