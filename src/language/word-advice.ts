import { partsOf } from './field.ts'
import type { Subject } from './subject.ts'
import { misspelt } from './suggest.ts'
import { findWord, words } from './vocabulary.ts'

/**
 * What to write where something else than a test word stands inside a field: a group, a field, a word with `not`
 * before it, a part. Undefined when the key is none of these. Pure.
 */
export function adviceFor(key: string, { field, scope }: Subject): string | undefined {
  if (key === 'all' || key === 'any' || key === 'none') {
    return `It stands beside fields: ${key}: [{ ${field.text}: … }, { ${field.text}: … }]`
  }
  if (/^(?:ignore[ _-]?case|case[ _-]?(?:in)?[ _-]?sensitive)$/i.test(key)) {
    return field.kind === 'text'
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

/** `not contains`, `does not contain`, `doesNotContain`. */
function negated(key: string): string | undefined {
  const [, rest] = /^(?:does ?not|not) ?(.+)$/i.exec(key) ?? []
  if (rest === undefined) return undefined
  const word = findWord(rest)?.name ?? misspelt(rest, wordNames)
  if (word === undefined) return undefined
  return word === 'present' ? 'Write absent' : `Write not: { ${word}: … }`
}

const wordNames = words.map(({ name }) => name)
