import type { Leaf } from '../compile/judged.ts'
import type { Literal } from '../compile/needed.ts'
import type { Operand, Test } from '../language/condition.ts'
import { inOrder, rangeText } from '../language/dates.ts'
import { phrase } from '../language/show/phrase.ts'
import { trimBlanks } from '../text/spaces.ts'

/** True if a value passes by not being something. False for tests of presence. */
export function isNegative({ judged: { leaf }, wanted }: Literal): boolean {
  return leaf.presence === undefined && leaf.isPositive !== wanted
}

/** A literal as its author would phrase it. */
export function textOf({ judged: { condition }, wanted }: Literal): string {
  return phrase(condition, !wanted)
}

/** The test of a literal that is about a field. */
export function testOf({ judged: { condition } }: Literal): Test | undefined {
  return condition.kind === 'test' ? condition : undefined
}

/** True when the list of a test has exceptions: more around what it finds may make it no hit. Pure. */
export function hasExceptions(literal: Literal): boolean {
  const operand = testOf(literal)?.operand
  return operand !== undefined && 'except' in operand
}

/** The field whose value a literal is about, with its part: `nickName`, `original.faceURL`. */
export function rootOf(literal: Literal): string | undefined {
  const field = testOf(literal)?.field
  return field && `${field.original ? 'original.' : ''}${field.field.name}`
}

/** Two literals with the same key match the same calls: rules are compared by it again and again. */
export function keyOf(literal: Literal): string {
  const { leaf } = literal.judged
  const made = literal.wanted ? keysOfTrue : keysOfFalse
  const key = made.get(leaf) ?? makeKey(literal)
  made.set(leaf, key)
  return key
}

/** The keys of tests that must be definitely true, and of those that must be definitely false. */
const keysOfTrue = new WeakMap<Leaf, string>()
const keysOfFalse = new WeakMap<Leaf, string>()

function makeKey({ judged: { condition, leaf }, wanted }: Literal): string {
  if (condition.kind === 'time') {
    const { within, days, zone, on, notOn } = condition
    const [are, areNot] = [on, notOn].map(all => all && inOrder(all.flatMap(({ ranges }) => ranges)).map(rangeText))
    return `${wanted} time ${zone} ${within?.start} ${within?.end} ${[...(days ?? [])].sort()} ${are} not ${areNot}`
  }
  if (condition.kind === 'often' || condition.kind === 'since')
    return `${wanted} ${leaf.slot === 'time' ? '' : leaf.slot.id} ${JSON.stringify(condition.limit)}`
  const { word, operand, isExact, field } = condition as Test
  if (leaf.presence !== undefined) return `${field.text} ${(leaf.presence === 'present') === wanted}`
  const slot = leaf.slot === 'time' ? '' : leaf.slot.id
  return `${slot} ${leaf.isPositive === wanted} ${kindOfWord(word)} ${isExact} ${operandKey(operand, leaf)}`
}

/** Words that compare alike: slot and operand tell them apart. */
function kindOfWord(word: Test['word']): string {
  switch (word) {
    case 'is':
    case 'is not':
    case 'one of':
    case 'not one of':
    case 'in list':
    case 'not in list':
      return 'equals'
    case 'has no item':
      return 'has item'
    default:
      return word
  }
}

/** The operand of a test, folded if it is compared that way. */
function operandKey(operand: Operand, { needs }: Leaf): string {
  const isNamed = 'list' in operand && operand.list !== undefined
  if (!isNamed && needs !== undefined && needs.kind !== 'matches' && !hasSpaceAtAnEnd(operand)) {
    return JSON.stringify([...('values' in needs ? needs.values : needs.texts)].sort())
  }
  switch (operand.kind) {
    case 'none':
      return ''
    case 'value':
      return JSON.stringify([operand.value])
    case 'values':
      return operand.list === undefined ? JSON.stringify([...operand.values].sort()) : `list ${operand.list.name}`
    case 'number':
      return `${operand.value}`
    case 'range':
      return `${operand.low} ${operand.high}`
    case 'countries':
      return JSON.stringify([...operand.countries].sort())
    case 'pattern':
      return operand.pattern.source
    case 'hosts':
      return operand.list === undefined ? JSON.stringify([...operand.hosts].sort()) : `list ${operand.list.name}`
    case 'item':
      return JSON.stringify(operand.item, meaningful)
  }
}

/** `starts with: "Dr "` needs Dr, and more than that. */
function hasSpaceAtAnEnd(operand: Operand): boolean {
  const values = operand.kind === 'value' ? [operand.value] : operand.kind === 'values' ? operand.values : []
  return values.some(value => typeof value === 'string' && value !== trimBlanks(value))
}

/** The meaning of a condition: not how and where it is written, and not the contents of named lists. */
function meaningful(key: string, value: unknown): unknown {
  if (key === 'text' || key === 'span') return undefined
  if (key === 'field') return (value as Test['field']).text
  if (key === 'pattern') return (value as { source: string }).source
  const isNamed = typeof value === 'object' && value !== null && 'list' in value
  return isNamed ? `list ${(value as { list: { name: string } }).list.name}` : value
}
