import { type Step, steps } from '../vocabulary.ts'
import { durationShape } from './counts.ts'
import { anyOf, fieldValues } from './fields.ts'
import { fuseMeanings, meanings, modeMeanings, shareMeanings, unsureMeanings } from './meanings.ts'
import {
  choice,
  countriesShape,
  countShape,
  described,
  type Holding,
  type Items,
  type KnownField,
  keyed,
  mapping,
  oneOrMore,
  ref,
  type Schema,
  textShape,
  trueShape,
} from './shapes.ts'
import { listOf } from './tests.ts'

/** A rule and everything in it except its conditions, each defined once in the schema. */
export function ruleParts(fields: readonly KnownField[]): Record<string, Schema> {
  return {
    rule: rule(fields),
    code: { type: 'integer', minimum: 5000, maximum: 9999 },
    'code-with-texts': keyed(
      meanings.code,
      { code: ref('code'), message: textShape, detail: textShape },
      { required: ['code'] },
    ),
    reject: { anyOf: [ref('code'), ref('name-of-code'), rejectWithTexts()] },
    rewrite: rewrite(fields),
    allow: { anyOf: [{ type: 'string', enum: ['everything'] }, oneOrMore(ref('name-of-rule'))] },
    case: testCase(),
    earlier: earlierCall(),
    given: given(fields),
    expect: { anyOf: [{ type: 'string', enum: ['allow'] }, expected(fields)] },
  }
}

function rule(fields: readonly KnownField[]): Schema {
  return keyed(
    meanings.rule,
    {
      rule: { type: 'string', pattern: '^[^A-Z_\\s]+$' },
      why: textShape,
      callback: ref('callback'),
      when: ref('condition'),
      conditions: ref('condition'),
      unless: ref('condition'),
      reject: ref('reject'),
      rewrite: ref('rewrite'),
      allow: ref('allow'),
      event: event(),
      mode: { anyOf: [choice(modeMeanings), share(fields)] },
      order: { type: 'integer' },
      from: textShape,
      until: textShape,
      'if unsure': choice(unsureMeanings),
      fuse: choice(fuseMeanings),
      tests: { type: 'array', items: ref('case') },
    },
    {
      required: ['rule'],
      allOf: [oneKeyOf('when', 'conditions'), oneKeyOf('reject', 'rewrite', 'allow', 'event')],
    },
  )
}

/** The share for which a rule is in force, by a field with an id or a text. */
function share(fields: readonly KnownField[]): Schema {
  const drawn = fields.filter(field => field.fields.some(({ kind }) => kind === 'id' || kind === 'text'))
  const percent: Schema = {
    type: 'string',
    pattern: '^\\s*[0-9]{1,3}(\\.[0-9]{1,6})?\\s*(%|％|[Pp][Ee][Rr][Cc][Ee][Nn][Tt])\\s*$',
  }
  const by: Schema = { type: 'string', enum: drawn.map(({ name }) => name) }
  return keyed(meanings.mode, { enforce: percent, by }, { required: ['enforce', 'by'] })
}

/** The values of a call, and on which side of all shares it is. */
function given(fields: readonly KnownField[]): Schema {
  const values = fieldValues(fields, 'given')
  const side = { ...choice(shareMeanings), description: 'Whether the call is in the share of rules that have one.' }
  return { ...values, properties: { ...values.properties, share: side } }
}

/** Requires exactly one of some keys. */
export function oneKeyOf(...keys: string[]): Schema {
  return { oneOf: keys.map(key => ({ required: [key] })) }
}

function rejectWithTexts(): Schema {
  const code: Schema = { anyOf: [ref('code'), ref('name-of-code')] }
  return keyed(meanings.code, { code, message: textShape, detail: textShape }, { required: ['code'] })
}

function event(): Schema {
  const params: Schema = { anyOf: [ref('reject'), ref('rewrite'), ref('allow')] }
  const type: Schema = { type: 'string', enum: ['reject', 'rewrite', 'allow'] }
  return keyed(meanings.event, { type, params }, { required: ['type', 'params'] })
}

function rewrite(fields: readonly KnownField[]): Schema {
  const rewritable = fields.filter(field => field.fields.some(({ rewrite }) => rewrite !== undefined))
  const properties = rewritable.map(field => [field.name, described(anyOf(field, 'steps'), { meaning: field.about })])
  return mapping(Object.fromEntries(properties), { minProperties: 1 })
}

/** The steps for a field, by what it holds: steps on texts, `set` on anything. */
export function stepsOf({ name, kind, items }: Holding): Schema {
  if (items !== undefined) return stepsOfList(name, items)
  const value = ref(`value-${name}`)
  const isText = kind === 'text' || kind === 'id' || kind === 'url' || kind === 'json'
  const set = mapping({ set: described(value, stepNamed('set')) }, { required: ['set'] })
  const one = isText ? [ref('step'), set] : [set, value]
  const list: Schema = { type: 'array', minItems: 1, items: { anyOf: one } }
  return { anyOf: [...one, list, ...(isText ? [value] : [])] }
}

/** `set` for a list of values, `each item` for a list of objects. */
function stepsOfList(name: string, { kinds, fields }: Items): Schema {
  const set = mapping({ set: described(ref(`value-${name}`), stepNamed('set')) }, { required: ['set'] })
  const when = described(ref(`item-${name}`), meanings.rule.when)
  const each = mapping({ when, ...rewrite(fields).properties }, { minProperties: 1 })
  const eachItem = mapping({ 'each item': described(each, stepNamed('each item')) }, { required: ['each item'] })
  const one = [...(kinds.length > 0 ? [set] : []), ...(fields.length > 0 ? [eachItem] : [])]
  return { anyOf: [...one, { type: 'array', minItems: 1, items: { anyOf: one } }] }
}

/** A step on a text, except `set`. */
export function step(): Schema {
  const plain = (steps as readonly Step[]).filter(({ operand }) => operand === 'none' || operand === 'kind')
  const kinds = (steps as readonly Step[]).filter(({ operand }) => operand === 'kind')
  const withOperand = (name: string, operand: Schema, others: Record<string, Schema> = {}) =>
    mapping({ [name]: described(operand, stepNamed(name)), ...others }, { required: [name] })
  const mask = described(textShape, { meaning: 'the character that replaces each character' })
  const found = keyed(meanings['replace pattern'], { find: textShape, with: textShape }, { required: ['find', 'with'] })
  const pairs: Schema = { type: 'object', additionalProperties: textShape, minProperties: 1 }
  const replaced = keyed(meanings.replace, { text: textShape, with: textShape }, { required: ['text', 'with'] })
  return {
    anyOf: [
      choice(Object.fromEntries(plain.map(({ name, meaning }) => [name, meaning]))),
      withOperand('cut to', countShape),
      withOperand('mask words in', listOf(textShape), { with: mask }),
      withOperand('mask links', { type: 'boolean', enum: [true] }, { with: mask }),
      ...kinds.map(({ name }) =>
        withOperand(name, name === 'mask phone numbers' ? countriesShape : trueShape, { with: mask }),
      ),
      withOperand('mask pattern', textShape, { with: mask }),
      withOperand('replace pattern', found),
      withOperand('replace words in', { anyOf: [ref('name-of-list'), pairs] }),
      withOperand('replace', replaced),
    ],
  }
}

function stepNamed(wanted: string): Step {
  return (steps as readonly Step[]).find(({ name }) => name === wanted) as Step
}

function testCase(): Schema {
  return keyed(
    meanings.case,
    {
      name: textShape,
      after: { type: 'array', items: ref('earlier'), minItems: 1 },
      given: ref('given'),
      at: textShape,
      callback: ref('name-of-callback'),
      expect: ref('expect'),
    },
    { required: ['given', 'expect'] },
  )
}

function earlierCall(): Schema {
  const times: Schema = { type: 'integer', minimum: 1, maximum: 1_000 }
  const callback = ref('name-of-callback')
  return keyed(meanings.earlier, { ago: durationShape, times, given: ref('given'), callback }, { required: ['ago'] })
}

function expected(fields: readonly KnownField[]): Schema {
  const rewritable = fields.filter(field => field.fields.some(({ rewrite }) => rewrite !== undefined))
  const code: Schema = { anyOf: [ref('code'), ref('name-of-code')] }
  const rewritten = fieldValues(rewritable, 'value', { minProperties: 1 })
  return keyed(
    meanings.expect,
    { reject: code, message: textShape, rewrite: rewritten, by: ref('name-of-rule') },
    oneKeyOf('reject', 'rewrite'),
  )
}
