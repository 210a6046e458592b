import type { Callback } from '../../callbacks/callback.ts'
import type { NamesInFolder } from '../folder/names-defined.ts'
import { newestLanguage } from '../language-number.ts'
import type { Noun } from '../read/scope.ts'
import { countParts } from './counts.ts'
import { fieldTests, holdingsOfAll, knownFields } from './fields.ts'
import { meanings } from './meanings.ts'
import { oneKeyOf, ruleParts, step, stepsOf } from './rules.ts'
import { choice, type Holding, type KnownField, keyed, oneOrMore, ref, type Schema, textShape } from './shapes.ts'
import { sharedWords, testsOf } from './tests.ts'

/**
 * A rule file as a JSON Schema of draft 7, for editors: every key, field, word, step and name, with its meaning.
 *
 * It reports less than `check` and never more: whatever it marks is a mistake. It cannot know which callback a part of
 * a file is for, so the fields of all callbacks are valid everywhere; names of the folder are offered, but others are
 * valid too, since a name may be newer than the schema. Pure: the same callbacks and names give the same text.
 */
export function schemaOf(callbacks: readonly Callback[], names: NamesInFolder): Schema {
  const fields = knownFields(callbacks)
  const holdings = holdingsIn(fields)
  const file = ruleFile()
  const definitions = {
    ...namesOf(names),
    callback: oneOrMore(ref('name-of-callback')),
    'name-of-callback': callbackName(callbacks),
    condition: condition(fields),
    time: time(),
    ...countParts(fields),
    ...ruleParts(fields),
    step: step(),
    ...sharedWords(),
    ...Object.assign({}, ...holdings.map(testsOf)),
    ...Object.fromEntries(holdings.map(holding => [`steps-${holding.name}`, stepsOf(holding)])),
  }
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...file, definitions: needed(file, definitions) }
}

/** The definitions that a schema refers to, directly or indirectly. */
function needed(schema: Schema, definitions: Record<string, Schema>): Record<string, Schema> {
  const wanted = new Set<string>()
  const visit = (part: Schema | undefined) => {
    for (const [, name = ''] of JSON.stringify(part ?? {}).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      if (wanted.has(name)) continue
      wanted.add(name)
      visit(definitions[name])
    }
  }
  visit(schema)
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => wanted.has(name)))
}

function ruleFile(): Schema {
  const file = keyed(meanings.file, {
    callback: ref('callback'),
    when: ref('condition'),
    zone: textShape,
    codes: { type: 'object', additionalProperties: { anyOf: [ref('code'), ref('code-with-texts')] } },
    lists: { type: 'object', additionalProperties: listShape() },
    dates: { type: 'object', additionalProperties: { type: 'array', items: dayOrRange, minItems: 1 } },
    conditions: { type: 'object', additionalProperties: ref('condition') },
    counters: { type: 'object', additionalProperties: ref('counter') },
    protect: oneOrMore(ref('name-of-list')),
    rules: { type: 'array', items: ref('rule') },
    tests: { type: 'array', items: ref('case') },
    language: { type: 'integer', minimum: 1, maximum: newestLanguage },
  })
  // An empty file is fine.
  return { ...file, type: ['object', 'null'] }
}

/** Its entries, or its parts. */
function listShape(): Schema {
  const entries: Schema = { type: 'array', items: textShape }
  const pairs: Schema = { type: 'object', additionalProperties: textShape, minProperties: 1 }
  const parts = keyed(meanings.list, { words: entries, pairs, except: entries }, oneKeyOf('words', 'pairs'))
  return { anyOf: [entries, parts] }
}

/** One holding of each kind that fields and parts of fields hold. */
function holdingsIn(fields: readonly KnownField[]): readonly Holding[] {
  const ofParts = (['id', 'integer', 'text', 'part', 'url'] as const).map(kind => ({
    name: kind,
    kind,
    numberNames: [],
  }))
  const links: Holding = { name: 'links', kind: 'list', numberNames: [], items: { kinds: ['url'], fields: [] } }
  const scripts: Holding = { name: 'list', kind: 'list', numberNames: [], items: { kinds: ['text'], fields: [] } }
  const all = [...holdingsOfAll(fields), ...ofParts, links, scripts]
  return [...new Map(all.map(holding => [holding.name, holding])).values()]
}

const nouns: readonly Noun[] = ['list', 'date', 'condition', 'counter', 'code', 'rule']

function namesOf(names: NamesInFolder): Record<string, Schema> {
  return Object.fromEntries(nouns.map(noun => [`name-of-${noun}`, nameOf(names[noun])]))
}

/** Any text is valid. A longer list helps nobody. */
function nameOf(known: readonly string[]): Schema {
  const offered = known.slice(0, 1_000)
  return offered.length === 0 ? textShape : { anyOf: [{ type: 'string', enum: offered }, textShape] }
}

/** Short names are offered; names on the wire are also valid. */
function callbackName(callbacks: readonly Callback[]): Schema {
  const short = choice(Object.fromEntries(callbacks.map(({ name, about }) => [name, about])))
  return { anyOf: [short, { type: 'string', pattern: '^[Cc]allback[A-Za-z]+$' }] }
}

function condition(fields: readonly KnownField[]): Schema {
  const group: Schema = { type: 'array', items: ref('condition'), minItems: 1 }
  const own = {
    all: group,
    any: group,
    none: group,
    not: ref('condition'),
    use: ref('name-of-condition'),
    time: ref('time'),
    'how often': ref('how-often'),
    'how long since': ref('how-long-since'),
  }
  const { properties: groups } = keyed(meanings.condition, own)
  const { properties: native } = keyed(meanings.native, { fact: textShape, operator: textShape, value: {} })
  const { properties: tests = {}, patternProperties = {} } = fieldTests(fields)
  return {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: { ...tests, ...groups, ...native },
    patternProperties,
  }
}

const dayOrRange: Schema = {
  type: 'string',
  pattern: '^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}(\\s+to\\s+[0-9]{4}-[0-9]{2}-[0-9]{2})?\\s*$',
}

function time(): Schema {
  const day = 'mon|tue|wed|thu|fri|sat|sun'
  const dayName: Schema = {
    anyOf: [
      { type: 'string', enum: ['weekdays', 'weekends', ...day.split('|')] },
      { type: 'string', pattern: `^(${day})\\s*-\\s*(${day})$` },
    ],
  }
  const within: Schema = { type: 'string', pattern: '^\\s*[0-9]{2}:[0-9]{2}\\s*-\\s*[0-9]{2}:[0-9]{2}\\s*$' }
  const required = { anyOf: ['within', 'days', 'on', 'not on'].map(key => ({ required: [key] })) }
  const on = oneOrMore({ anyOf: [ref('name-of-date'), dayOrRange] })
  return keyed(meanings.time, { within, days: oneOrMore(dayName), on, 'not on': on, zone: textShape }, required)
}
