import type { Fix } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import { inOneLine, takeOut } from '../../yaml/layout.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { compareOf } from '../compare.ts'
import { type FieldRef, linkParts, partsOf } from '../field.ts'
import { itemFields, itemItself, itemsName } from '../item.ts'
import type { ItemScope, Subject } from '../read/scope.ts'
import { inBraces } from '../read/shape.ts'
import { findTestWord, type Word } from '../vocabulary.ts'
import { synonymOf } from './suggest.ts'
import { negatedWord } from './word-meant.ts'

/**
 * Advice for a key inside a field that is not a test word: a group, a field, a negated word, a part. `all` are the
 * entries beside it. Undefined if the key is none of these.
 */
export function adviceFor(entry: Entry, all: readonly Entry[], subject: Subject): Advice | undefined {
  const { field, scope } = subject
  const { key } = entry
  const list = field.ofItem === 'itself' ? scope.item?.list.text : undefined
  if (key === 'how often' || key === 'how long since') {
    return { hint: `It counts calls: write it beside "${list ?? field.text}", not inside it` }
  }
  if (field.ofItem === 'itself' && scope.item !== undefined) return adviceForItem(entry, all, subject, scope.item)
  const ofItems = field.kind === 'list' ? itemFields(field.field).find(({ name }) => name === key) : undefined
  if (ofItems !== undefined) return { hint: `Write any item: { ${key}: … }`, fixes: inAnyItem(entry, all, subject) }
  if (key === 'all' || key === 'any' || key === 'none') {
    return { hint: `Write it beside fields, as in ${key}: [{ ${field.text}: … }, { ${field.text}: … }]` }
  }
  if (/^(?:ignore[ _-]?case|case[ _-]?(?:in)?[ _-]?sensitive)$/i.test(key)) return withoutCase(entry, all, field)
  if (key === field.text) return { hint: `Write the test words directly under "${key}"` }
  if (scope.callbacks.some(({ fields }) => fields.some(({ name }) => name === key))) {
    return { hint: `"${key}" is a field: write it beside "${field.text}", not inside it` }
  }
  const part = partContained(key, field)
  if (part !== undefined) return { hint: `Write ${field.text}.${part}` }
  const isPart = field.part.kind === 'whole' && partsOf(field.field).includes(key)
  return isPart ? partOf(entry, all, subject) : negatedWord(entry, all, subject)
}

/** A word such as `has emoji` or `is upper case`, where a part of the text tells it; with how such a part is tested. */
function partContained(key: string, { field, kind, part }: FieldRef): string | undefined {
  if (kind !== 'text' || part.kind !== 'whole') return undefined
  const [, thing = ''] = /^(?:(?:has|contains|is|all)[ _-])?(?:an?[ _-]|any[ _-])?(.+)$/i.exec(key) ?? []
  const name = nearestPart(thing, partsOf(field)) ?? nearestPart(key, partsOf(field))
  if (name === undefined || name === key) return undefined
  return `${name}: ${tested[name] ?? '{ at least: … }'}`
}

function nearestPart(thing: string, parts: readonly string[]): string | undefined {
  const [plain = ''] = [thing, `${thing}s`, thing.replace(/s$/, '')].filter(each => parts.includes(each))
  return plain === '' ? synonymOf(thing, parts)?.meant : plain
}

/** How parts are tested that are more than a number to compare. */
const tested: Readonly<Record<string, string>> = {
  links: 'present',
  emoji: '{ more than: 0 }',
  scripts: '{ any item: … }',
  gist: '…',
  mentions: '{ more than: 0 }',
}

function withoutCase(entry: Entry, all: readonly Entry[], field: FieldRef): Advice {
  const isFolded = compareOf({ field, word: 'contains', isExact: false }) === 'folded'
  const fixes = all.length > 1 && isFolded ? [{ label: 'Remove it', edits: takeOut([entry], all) }] : []
  const hint = isFolded
    ? 'Remove it: tests of a text ignore case; use exactly: { … } to match case'
    : 'Remove it: a pattern for matches takes (?i) at its start; other words always match case'
  return { hint, fixes }
}

/** A part written as a word: it belongs to the name of the field. */
function partOf({ key, value }: Entry, all: readonly Entry[], { field, place, scope }: Subject): Advice {
  const hint = `Write ${field.text}.${key}: …`
  const written = inOneLine(value, scope.text)
  if (place === undefined || all.length > 1 || written === undefined || !isItsTest(all, place.entry)) return { hint }
  const { keySpan, value: test } = place.entry
  const fix = replacing({ ...keySpan, end: test.span.end }, `${field.text}.${key}: ${written}`)
  return { hint: fix.label, fixes: [fix] }
}

/** Whether these entries are the whole test of a field. */
function isItsTest(all: readonly Entry[], { value }: Entry): boolean {
  return value.kind === 'map' && value.entries === all
}

function inAnyItem({ keySpan, value }: Entry, all: readonly Entry[], { scope }: Subject): readonly Fix[] {
  const written = inOneLine(value, scope.text)
  if (written === undefined || all.some(({ key }) => key === 'any item')) return []
  const { file, start, end } = keySpan
  const name = scope.text.slice(start, end)
  return [replacing({ file, start, end: value.span.end }, `any item: { ${name}: ${written} }`)]
}

/** Advice for a word that does not fit a list, or for a list word that does not fit a field. */
export function listAdvice(word: Word, node: Node, { field }: Subject): string | undefined {
  if (field.kind === 'list') return onList(word, node, field)
  if (!word.kinds.includes('list')) return undefined
  if (field.kind === 'json')
    return `For a list inside the JSON, write its path: ${field.text}.tags: { ${word.name}: … }`
  if (word.operand === 'item') return `Only lists have items: write the test directly under "${field.text}"`
  const isCounted = partsOf(field.field).includes('length') && field.part.kind === 'whole'
  return isCounted ? `For the number of its characters, write ${field.text}.length: …` : undefined
}

function onList({ name, kinds }: Word, node: Node, { field, part }: FieldRef): string | undefined {
  if (name === 'longer than' || name === 'shorter than') {
    return `Write how many: { ${name === 'longer than' ? 'more' : 'less'} than: … }`
  }
  if (name === 'is blank') return part.kind === 'links' ? 'Write absent: true' : 'Write how many: 0'
  const value = node.kind === 'scalar' ? inBraces(node) : '…'
  if (name === 'is' && node.kind === 'scalar' && typeof node.value === 'number') return `Write how many: ${value}`
  if (kinds.includes('integer') && !kinds.includes('text')) return `Write how many: { ${name}: ${value} }`
  const items = part.kind === 'links' ? 'url' : (field.items ?? 'text')
  // A list contains a value if an item equals it; a piece of text is inside an item.
  const test = `{ ${name === 'contains' && items === 'id' ? 'is' : name}: ${value} }`
  if (typeof items !== 'string') return `Write any item: { ${items[0]?.name}: ${test} }`
  return kinds.includes(itemItself(items).kind) ? `Write any item: ${test}` : undefined
}

function adviceForItem(
  entry: Entry,
  all: readonly Entry[],
  subject: Subject,
  { list, holds, outer }: ItemScope,
): Advice | undefined {
  const { key } = entry
  if (key === 'all' || key === 'any' || key === 'none') {
    const items = `{ ${list.text}: { any item: … } }`
    return { hint: `Write it beside fields, as in ${key}: [${items}, ${items}]` }
  }
  if (outer.callbacks.some(({ fields }) => fields.some(({ name }) => name === key))) {
    return { hint: `"${key}" is a field of the call: write it beside "${list.text}", not inside it` }
  }
  if (findTestWord(key) !== undefined || holds === 'json') return undefined
  if (holds === 'url' && linkParts.includes(`.${key}`)) {
    return { hint: `Did you mean ".${key}"?`, fixes: [replacing(entry.keySpan, `.${key}`)] }
  }
  return negatedWord(entry, all, subject) ?? fieldless(key, list, holds)
}

/** A key that looks like a field name. A misspelt word is left to the spelling check. */
function fieldless(key: string, { text }: FieldRef, holds: ItemScope['holds']): Advice | undefined {
  if (!/^[a-z]+[A-Z]/.test(key)) return undefined
  return { hint: `The items of "${text}" are ${itemsName(holds)} without fields: write any item: { is: … }` }
}
