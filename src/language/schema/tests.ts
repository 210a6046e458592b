import { linkParts, shownHost } from '../field.ts'
import { type Word, words } from '../vocabulary.ts'
import { fieldTests, fieldValues } from './fields.ts'
import { meanings, partMeanings } from './meanings.ts'
import {
  countriesShape,
  countShape,
  definition,
  described,
  type Holding,
  type Items,
  type KnownField,
  mapping,
  oneOrMore,
  ref,
  type Schema,
  textShape,
  trueShape,
} from './shapes.ts'

/** The values, tests and test words of one kind of field, each defined once in the schema. */
export function testsOf(holding: Holding): Record<string, Schema> {
  const { name } = holding
  return {
    [`value-${name}`]: valuesOf(holding),
    // Null means that a field is absent.
    [`given-${name}`]: { anyOf: [ref(`value-${name}`), { type: 'null' }] },
    [`values-${name}`]: listOf(ref(`value-${name}`)),
    [`test-${name}`]: testOf(holding),
    [`words-${name}`]: wordsOf(holding),
    ...(holding.items && { [`item-${name}`]: name === 'links' ? linkTest() : itemOf(name, holding.items) }),
    ...(holding.kind === 'part' && { [`item-${name}`]: { anyOf: [ref(`test-${name}`), conditionInJson] } }),
  }
}

/** Words with the same operand for every kind are defined once in the schema. */
export function sharedWords(): Record<string, Schema> {
  const shared = allWords.flatMap(word => {
    const operand = sharedOperand(word)
    return operand === undefined ? [] : [[definition(`word ${word.name}`), described(operand, word)] as const]
  })
  const presence: Schema = {
    type: 'string',
    enum: ['present', 'absent'],
    enumDescriptions: ['The call sets it, even if to nothing.', 'The call does not set it.'],
  }
  return { presence, ...Object.fromEntries(shared) }
}

const allWords: readonly Word[] = words

/** A condition on an object inside JSON, whose keys are unknown. */
const conditionInJson: Schema = { type: 'object', minProperties: 1 }

function givenItem({ kinds, fields }: Items = { kinds: [], fields: [] }): Schema {
  return {
    anyOf: [...kinds.map(kind => ref(`value-${kind}`)), ...(fields.length > 0 ? [fieldValues(fields, 'given')] : [])],
  }
}

function valuesOf({ kind, numberNames, items }: Holding): Schema {
  switch (kind) {
    case 'text':
    case 'id':
    case 'url':
    case 'json':
      return textShape
    case 'flag':
      return { type: 'boolean' }
    case 'part':
      return { type: ['string', 'number', 'boolean'] }
    case 'list':
      return { type: 'array', items: givenItem(items) }
    case 'enum':
    case 'integer':
      return numberNames.length === 0
        ? { type: 'integer' }
        : { anyOf: [{ type: 'string', enum: numberNames }, { type: 'integer' }] }
  }
}

/** Test words, `present` or `absent`, a value, or several. */
function testOf({ name, kind }: Holding): Schema {
  const values = kind === 'list' ? [] : (oneOrMore(ref(`value-${name}`)).anyOf ?? [])
  return { anyOf: [ref(`words-${name}`), ref('presence'), ...values] }
}

function wordsOf(holding: Holding): Schema {
  const fitting = allWords.filter(({ kinds }) => kinds.includes(holding.kind))
  const properties = Object.fromEntries(fitting.map(word => [word.name, wordOf(word, holding)]))
  return mapping(properties, { minProperties: 1 })
}

function wordOf(word: Word, { name, kind }: Holding): Schema {
  if (sharedOperand(word) !== undefined) return ref(`word ${word.name}`)
  const value = ref(`value-${name}`)
  const number = kind === 'part' ? { type: 'number' } : value
  switch (word.operand) {
    case 'values':
      return described(ref(`values-${name}`), word)
    case 'number':
      return described(number, word)
    case 'range':
      return described({ type: 'array', items: number, minItems: 2, maxItems: 2 }, word)
    case 'words':
      return described(ref(`words-${name}`), word)
    case 'item':
      return described(ref(`item-${name}`), word)
    case 'items':
      return described({ anyOf: [{ type: 'integer' }, ref('words-integer')] }, word)
    default:
      return described(value, word)
  }
}

function sharedOperand({ operand }: Word): Schema | undefined {
  switch (operand) {
    case 'text':
    case 'pattern':
      return textShape
    case 'texts':
    case 'host':
      return listOf(textShape)
    case 'countries':
      return countriesShape
    case 'count':
      return countShape
    case 'true':
      return trueShape
    default:
      return undefined
  }
}

/** A list name, or a literal list. */
export function listOf(value: Schema): Schema {
  return { anyOf: [{ type: 'array', items: value, minItems: 1 }, ref('name-of-list')] }
}

/** The condition on an item: a test of its value, or a condition on its fields. */
function itemOf(name: string, { kinds, fields }: Items): Schema {
  const tests = [...kinds.map(kind => ref(`test-${kind}`)), ...(fields.length > 0 ? [itemCondition(name, fields)] : [])]
  const [only] = tests
  return tests.length === 1 && only !== undefined ? only : { anyOf: tests }
}

/** A test of a link, or one with tests of its parts, or of several links in groups. */
function linkTest(): Schema {
  const group: Schema = { type: 'array', items: ref('item-links'), minItems: 1 }
  const { all, any, none, not } = meanings.condition
  const words = allWords.filter(({ kinds }) => kinds.includes('url'))
  const ofUrl = words.map(word => [word.name, wordOf(word, { name: 'url', kind: 'url', numberNames: [] })])
  const ofParts = linkParts.map(part => [part, described(ref('test-id'), { meaning: linkPartMeaning(part) })])
  const groups = { all: described(group, all), any: described(group, any), none: described(group, none) }
  const properties = { ...Object.fromEntries([...ofUrl, ...ofParts]), ...groups }
  const whole = mapping({ ...properties, not: described(ref('item-links'), not) }, { minProperties: 1 })
  return { anyOf: [ref('test-url'), whole] }
}

function linkPartMeaning(part: string): string {
  return part === shownHost.name ? shownHost.about : partMeanings[part.slice(1) as keyof typeof partMeanings]
}

/** The other keys are left to `check`. */
function itemCondition(name: string, fields: readonly KnownField[]): Schema {
  const group: Schema = { type: 'array', items: ref(`item-${name}`), minItems: 1 }
  const { all, any, none, not } = meanings.condition
  const negated = described(ref(`item-${name}`), not)
  const groups = { all: described(group, all), any: described(group, any), none: described(group, none), not: negated }
  const { properties, patternProperties } = fieldTests(fields)
  return {
    type: 'object',
    minProperties: 1,
    properties: { ...properties, ...groups },
    ...(patternProperties && { patternProperties }),
  }
}
