import { callbacks as allCallbacks } from '../callbacks/catalogue.ts'
import type { Edit, Fix } from './diagnostic.ts'
import { replacing } from './fix.ts'
import { areTogether, inOneLine, inPlaceOf, takeOut, textAt } from './layout.ts'
import type { Form, Misplaced } from './mapping.ts'
import type { Entry, MapNode } from './node.ts'
import { inBraces, written } from './shape.ts'
import { misspelt, synonymOf } from './suggest.ts'
import { keys } from './vocabulary.ts'

const example = '- rule: no-links, and its other lines below'

/** What a rule may hold, and where other keys belong that stand in one. `text` is that of its file. Pure. */
export function ruleForm(text: string): Form {
  return { place: 'a rule', keys: keys.rule, example, misplaced: (entry, all) => misplaced(entry, { all, text }) }
}

/** The entries of a rule, and the text of its file. */
type Around = { all: readonly Entry[]; text: string }

function misplaced(entry: Entry, around: Around): Misplaced | undefined {
  const { key, value } = entry
  if (isOfCondition(key)) return underWhen(entry, around)
  if (isOfCode(key)) return insideReject(around)
  if (keys.file.some(other => other === key)) {
    const hint = `"${key}" stands at the top of the file, not in a rule`
    // A list of rules inside a rule is what its author began instead of all else.
    return key === 'rules' ? { hint, isUnclear: true } : { hint }
  }
  const outcome = wrappedOutcome(entry, around) ?? secondOutcome(entry, around)
  if (outcome !== undefined) return outcome
  if (synonymOf(key, keys.rule) !== undefined) return undefined
  if (value.kind !== 'map' || !value.entries.some(({ key: inner }) => keys.rule.some(other => other === inner)))
    return undefined
  return { hint: `Write - rule: ${key}, and its other lines below, as far in as "rule"`, isUnclear: true }
}

function isOfCondition(key: string): boolean {
  const [name = ''] = key.replace(/^original\./, '').split('.')
  const isField = allCallbacks.some(({ fields }) => fields.some(field => field.name === name))
  return isField || keys.condition.some(other => other === key)
}

function isOfCode(key: string): boolean {
  return keys.code.some(other => other === key)
}

/** Conditions straight in a rule. */
function underWhen({ key }: Entry, { all, text }: Around): Misplaced {
  const hint = `Conditions stand under "when", indented deeper: when: { ${key}: … }`
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

/** A refusal whose code and texts stand beside it. */
function insideReject({ all }: Around): Misplaced {
  const parts = all.filter(({ key }) => isOfCode(key))
  const hint = `Write reject: ${rejectOf(all)}`
  const reject = all.find(({ key, value }) => key === 'reject' && value.kind === 'scalar')
  const isMovable =
    parts.every(({ value }) => value.kind === 'scalar' && inBraces(value) !== '…') && areTogether(parts, all)
  const isWhole = parts.some(({ key }) => key === 'code') !== (reject !== undefined)
  if (!isMovable || !isWhole || has(all, 'event')) return { hint, meant: 'reject' }
  const edits: readonly Edit[] =
    reject === undefined
      ? inPlaceOfAll(parts, hint.slice('Write '.length)).edits
      : [inPlaceOf(reject, hint.slice('Write '.length)), ...takeOut(parts, all)]
  return { hint, meant: 'reject', fixes: [{ label: hint, edits }] }
}

function rejectOf(all: readonly Entry[]): string {
  const parts = all.filter(({ key }) => isOfCode(key))
  const code = all.find(({ key, value }) => key === 'reject' && value.kind === 'scalar')
  const [only] = parts
  if (parts.length === 1 && only?.key === 'code') return only.value.kind === 'scalar' ? only.value.raw : '5001'
  const hasCode = parts.some(({ key }) => key === 'code')
  const number = hasCode ? '' : `code: ${code?.value.kind === 'scalar' ? code.value.raw : '5001'}, `
  return `{ ${number}${written(parts)} }`
}

const kinds = ['reject', 'rewrite', 'allow'] as const

/** What other languages put around an outcome: `then: { reject: 5001 }`, `action: reject`. */
function wrappedOutcome({ key, keySpan, value }: Entry, { all }: Around): Misplaced | undefined {
  const synonym = synonymOf(key, ['reject'])
  if (synonym?.instead === undefined) return undefined
  const inner = value.kind === 'map' && value.entries.length === 1 ? value.entries[0] : undefined
  const kind = kinds.find(name => name === inner?.key)
  if (value.kind !== 'map' || inner === undefined || kind === undefined || kinds.some(name => has(all, name))) {
    return { hint: synonym.instead, meant: 'reject' }
  }
  return { hint: `Write ${written([inner])} in its place`, meant: kind, fixes: [unwrapped(keySpan, value, inner)] }
}

/** An entry in the place of the mapping that it stands in, and of the key of that. */
function unwrapped({ file, start }: Entry['keySpan'], outer: MapNode, inner: Entry): Fix {
  const before = { file, start, end: inner.keySpan.start }
  const after = { file, start: inner.value.span.end, end: outer.span.end }
  return {
    label: `Write ${written([inner])} in its place`,
    edits: [before, after].filter(({ start, end }) => start < end).map(span => ({ span, text: '' })),
  }
}

/** Something that would be a second outcome: nobody can tell what is meant by its value, and it is not judged. */
function secondOutcome(entry: Entry, { all }: Around): Misplaced | undefined {
  const first = all.find(({ key }) => [...kinds, 'event'].some(kind => kind === key))
  const meant = synonymOf(entry.key, kinds)?.meant ?? misspelt(entry.key, kinds)
  if (first === undefined || meant === undefined || misspelt(entry.key, keys.rule) !== misspelt(entry.key, kinds)) {
    return undefined
  }
  const does = first.key === 'event' ? 'has an event' : `${first.key}s`
  if (meant === first.key) return { hint: `This rule ${does} already: keep one of the two` }
  if (meant === 'allow') return exception(entry, has(all, 'unless'))
  return { hint: `A rule does one thing, and this one ${does}: make it a rule of its own, with ${meant}` }
}

/** Whom a rule is to leave alone: what stands in it tells whether that can be said in `unless`. */
function exception({ keySpan, value }: Entry, hasOne: boolean): Misplaced {
  const hint = 'A rule does one thing. For an exception, write unless: { userID: [u-1, u-2] } (or another condition)'
  const isCondition = value.kind === 'map' && value.entries.some(({ key }) => isOfCondition(key))
  if (!isCondition || hasOne) return { hint }
  return { hint: 'For an exception, write unless', fixes: [replacing(keySpan, 'unless')] }
}
