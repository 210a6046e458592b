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
import { negatedWord } from './word-meant.ts'

/**
 * What to write where something else than a test word stands inside a field: a group, a field, a word with `not`
 * in it, a part. `all` are the entries beside it. Undefined when the key is none of these. Pure.
 */
export function adviceFor(entry: Entry, all: readonly Entry[], subject: Subject): Advice | undefined {
  const { field, scope } = subject
  const { key } = entry
  if (field.ofItem === 'itself' && scope.item !== undefined) return adviceForItem(entry, all, subject, scope.item)
  const ofItems = field.kind === 'list' ? itemFields(field.field).find(({ name }) => name === key) : undefined
  if (ofItems !== undefined) return { hint: `Write any item: { ${key}: … }`, fixes: inAnyItem(entry, all, subject) }
  if (key === 'all' || key === 'any' || key === 'none') {
    return { hint: `It stands beside fields: ${key}: [{ ${field.text}: … }, { ${field.text}: … }]` }
  }
  if (/^(?:ignore[ _-]?case|case[ _-]?(?:in)?[ _-]?sensitive)$/i.test(key)) return withoutCase(entry, all, field)
  if (key === field.text) return { hint: `Write the test words straight under "${key}"` }
  if (scope.callbacks.some(({ fields }) => fields.some(({ name }) => name === key))) {
    return { hint: `"${key}" is a field: write it beside "${field.text}", not inside it` }
  }
  if (field.kind === 'text' && /^(?:has|contains)[ _-](?:an?[ _-]|any[ _-])?(?:link|url)s?$/i.test(key)) {
    return { hint: `Write ${field.text}.links: present` }
  }
  const isPart = field.part.kind === 'whole' && partsOf(field.field).includes(key)
  return isPart ? partOf(entry, all, subject) : negatedWord(entry, all, subject)
}

function withoutCase(entry: Entry, all: readonly Entry[], field: FieldRef): Advice {
  const isFolded = compareOf({ field, word: 'contains', isExact: false }) === 'folded'
  const fixes = all.length > 1 && isFolded ? [{ label: 'Leave it out', edits: takeOut([entry], all) }] : []
  const hint = isFolded
    ? 'Leave it out: the letters of a text count the same, big or small; exactly: { … } tells them apart'
    : 'Leave it out: matches takes (?i) at the beginning of a pattern; other words compare letter by letter'
  return { hint, fixes }
}

/** A part that was written as a word: it belongs to the name of the field. */
function partOf({ key, value }: Entry, all: readonly Entry[], { field, place, scope }: Subject): Advice {
  const hint = `Write ${field.text}.${key}: …`
  const written = inOneLine(value, scope.text)
  if (place === undefined || all.length > 1 || written === undefined || !isItsTest(all, place.entry)) return { hint }
  const { keySpan, value: test } = place.entry
  const fix = replacing({ ...keySpan, end: test.span.end }, `${field.text}.${key}: ${written}`)
  return { hint: fix.label, fixes: [fix] }
}

/** Whether entries are all that a field is tested by. */
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

/** What to write for a word that does not fit a list, or for a word on lists that does not fit a field. Pure. */
export function listAdvice(word: Word, node: Node, { field }: Subject): string | undefined {
  if (field.kind === 'list') return onList(word, node, field)
  if (!word.kinds.includes('list')) return undefined
  if (field.kind === 'json')
    return `For a list inside the JSON, write its name: ${field.text}.tags: { ${word.name}: … }`
  if (word.operand === 'item') return `Only lists have items: write the test straight under "${field.text}"`
  const isCounted = partsOf(field.field).includes('length') && field.part.kind === 'whole'
  return isCounted ? `For the number of its characters, write ${field.text}.length: …` : undefined
}

function onList({ name, kinds }: Word, node: Node, { field, part }: FieldRef): string | undefined {
  if (name === 'longer than' || name === 'shorter than') {
    return `Write how many: { ${name === 'longer than' ? 'more' : 'less'} than: … }`
  }
  if (name === 'is blank') return part.kind === 'links' ? 'Write absent: true' : 'Write how many: 0'
  const value = node.kind === 'scalar' ? inBraces(node) : '…'
  if (kinds.includes('integer') && !kinds.includes('text')) return `Write how many: { ${name}: ${value} }`
  const items = part.kind === 'links' ? 'url' : (field.items ?? 'text')
  // A list has an item when that item is this value; a piece of text is in one of its items.
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
    return { hint: `It stands beside fields: ${key}: [${items}, ${items}]` }
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

/** What looks like the name of a field. A word that is misspelt is left to be guessed. */
function fieldless(key: string, { text }: FieldRef, holds: ItemScope['holds']): Advice | undefined {
  if (!/^[a-z]+[A-Z]/.test(key)) return undefined
  return { hint: `The items of "${text}" are ${itemsName(holds)} and have no fields: write any item: { is: … }` }
}
