import { type Advice, replacing } from '../../yaml/fix.ts'
import { indentOf, inOneLine } from '../../yaml/layout.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { inYaml } from '../../yaml/quoted.ts'
import type { Subject } from '../read/scope.ts'
import { inBraces } from '../read/shape.ts'
import { findTestWord, words } from '../vocabulary.ts'
import { nearest } from './suggest.ts'

const wordNames = words.map(({ name }) => name)

/** Whether the keys inside a JSON field are names of values in it, not test words. */
export function areInsideJson(entries: readonly Entry[], { field }: Subject): boolean {
  return field.kind === 'json' && field.part.kind === 'whole' && entries.every(isInside)
}

function isInside({ key }: Entry): boolean {
  return findTestWord(key) === undefined && nearest(key, wordNames) === undefined && !/[\s.]/.test(key)
}

/** Advice for values inside a JSON field: their names belong to the field's name. */
export function asParts(entries: readonly Entry[], { field, place, scope }: Subject): Advice {
  const parts = entries.flatMap(entry => partsOf(field.text, entry, scope.text))
  const shown = parts.map(({ name, value }) => `${inYaml(name)}: ${value ?? '…'}`)
  const hint = `Write ${shown.join(' and ')} for a value inside the JSON`
  if (place === undefined || parts.some(({ value }) => value === undefined)) return { hint }
  const { keySpan, value } = place.entry
  if (value.kind !== 'map' || value.entries !== entries) return { hint }
  const between = place.inBraces ? ', ' : `\n${indentOf(keySpan.start, scope.text)}`
  const span = { ...keySpan, end: value.span.end }
  return { hint, fixes: [replacing(span, shown.join(between), `Write ${shown.join(' and ')}`)] }
}

type Part = { name: string; value: string | undefined }

function partsOf(path: string, { key, value }: Entry, text: string): Part[] {
  const name = `${path}.${key}`
  const isDeeper = value.kind === 'map' && value.entries.length > 0 && value.entries.every(isInside)
  return isDeeper ? value.entries.flatMap(entry => partsOf(name, entry, text)) : [{ name, value: written(value, text) }]
}

function written(value: Node, text: string): string | undefined {
  if (value.kind === 'scalar' && value.style === 'plain') return inBraces(value)
  const whole = inOneLine(value, text)
  // A bare list would mean that the value is one of these.
  return value.kind === 'list' && whole !== undefined ? `{ any item: ${whole} }` : whole
}
