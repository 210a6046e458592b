import { compareOf } from './compare.ts'
import { type FieldRef, partsOf } from './field.ts'
import { itemFields, itemItself, itemsName } from './item.ts'
import type { Node } from './node.ts'
import type { ItemScope } from './scope.ts'
import { inBraces } from './shape.ts'
import type { Subject } from './subject.ts'
import { misspelt } from './suggest.ts'
import { findWord, type Word, words } from './vocabulary.ts'

/**
 * What to write where something else than a test word stands inside a field: a group, a field, a word with `not`
 * before it, a part. Undefined when the key is none of these. Pure.
 */
export function adviceFor(key: string, { field, scope }: Subject): string | undefined {
  if (field.ofItem === 'itself' && scope.item !== undefined) return adviceForItem(key, scope.item)
  const ofItems = field.kind === 'list' ? itemFields(field.field).find(({ name }) => name === key) : undefined
  if (ofItems !== undefined) return `Write any item: { ${key}: … }`
  if (key === 'all' || key === 'any' || key === 'none') {
    return `It stands beside fields: ${key}: [{ ${field.text}: … }, { ${field.text}: … }]`
  }
  if (/^(?:ignore[ _-]?case|case[ _-]?(?:in)?[ _-]?sensitive)$/i.test(key)) {
    return compareOf({ field, word: 'contains', isExact: false }) === 'folded'
      ? 'Leave it out: the letters of a text count the same, big or small; exactly: { … } tells them apart'
      : 'Leave it out: matches takes (?i) at the beginning of a pattern; other words compare letter by letter'
  }
  if (key === field.text) return `Write the test words straight under "${key}"`
  if (scope.callbacks.some(({ fields }) => fields.some(({ name }) => name === key))) {
    return `"${key}" is a field: write it beside "${field.text}", not inside it`
  }
  const isPart = field.part.kind === 'whole' && partsOf(field.field).includes(key)
  return isPart ? `Write ${field.text}.${key}: …` : negated(key)
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

function onList({ name, kinds }: Word, node: Node, { field }: FieldRef): string | undefined {
  if (name === 'longer than' || name === 'shorter than') {
    return `Write how many: { ${name === 'longer than' ? 'more' : 'less'} than: … }`
  }
  if (name === 'is blank') return 'Write how many: 0'
  const value = node.kind === 'scalar' ? inBraces(node) : '…'
  if (kinds.includes('integer') && !kinds.includes('text')) return `Write how many: { ${name}: ${value} }`
  const { items = 'text' } = field
  // A list has an item when that item is this value; a piece of text is in one of its items.
  const test = `{ ${name === 'contains' && items === 'id' ? 'is' : name}: ${value} }`
  if (typeof items !== 'string') return `Write any item: { ${items[0]?.name}: ${test} }`
  return kinds.includes(itemItself(items).kind) ? `Write any item: ${test}` : undefined
}

function adviceForItem(key: string, { list, holds, outer }: ItemScope): string | undefined {
  if (key === 'all' || key === 'any' || key === 'none') {
    return `It stands beside fields: ${key}: [{ ${list.text}: { any item: … } }, { ${list.text}: { any item: … } }]`
  }
  if (outer.callbacks.some(({ fields }) => fields.some(({ name }) => name === key))) {
    return `"${key}" is a field of the call: write it beside "${list.text}", not inside it`
  }
  if (findWord(key) !== undefined || holds === 'json') return undefined
  return negated(key) ?? fieldless(key, list, holds)
}

/** What looks like the name of a field. A word that is misspelt is left to be guessed. */
function fieldless(key: string, { text }: FieldRef, holds: ItemScope['holds']): string | undefined {
  if (!/^[a-z]+[A-Z]/.test(key)) return undefined
  return `The items of "${text}" are ${itemsName(holds)} and have no fields: write any item: { is: … }`
}

/** `not contains`, `does not contain`, `doesNotContain`. */
function negated(key: string): string | undefined {
  const [, rest] = /^(?:does ?not|not) ?(.+)$/i.exec(key) ?? []
  if (rest === undefined) return undefined
  const word = findWord(rest)?.name ?? misspelt(rest, wordNames)
  if (word === undefined) return undefined
  return word === 'present' ? 'Write absent' : `Write not: { ${word}: … }`
}

const wordNames = words.map(({ name }) => name)
