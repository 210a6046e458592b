import test from 'ava'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { schemaOf } from '../../src/language/schema/schema.ts'
import type { Schema } from '../../src/language/schema/shapes.ts'

const noNames = { list: [], date: [], condition: [], code: [], counter: [], rule: [] }

function callbackOf(name: string, fields: readonly Field[]): Callback {
  return {
    name,
    command: `callback${name}Command`,
    formerly: [],
    phase: 'before',
    rejectable: true,
    fields,
    about: `before ${name}`,
    source: '',
  }
}

const message = callbackOf('Message', [
  { name: 'sessionType', kind: 'enum', nullable: false, names: new Map([['single', 1]]), about: 'the kind of chat' },
  { name: 'content', kind: 'json', nullable: false, rewrite: {}, about: 'what is sent' },
  { name: 'isPrivate', kind: 'flag', nullable: false, about: 'whether it is private' },
])
const group = callbackOf('Group', [
  { name: 'sessionType', kind: 'enum', nullable: false, names: new Map([['group', 3]]), about: 'the kind of chat' },
  { name: 'content', kind: 'text', nullable: false, about: 'the notice' },
  { name: 'memberList', kind: 'list', nullable: false, items: 'id', about: 'the members' },
  {
    name: 'memberList',
    kind: 'list',
    nullable: false,
    items: [{ name: 'userID', kind: 'id', nullable: false, about: 'the member' }],
    about: 'the members',
  },
])

test('a field that callbacks have in different kinds takes the words of each', t => {
  const { definitions = {} } = schemaOf([message, group], noNames)
  t.deepEqual(definitions.condition?.properties?.content, {
    anyOf: [{ $ref: '#/definitions/test-json' }, { $ref: '#/definitions/test-text' }],
    description: 'What is sent; or the notice.',
  })
  const [json, text] = ['words-json', 'words-text'].map(name => Object.keys(definitions[name]?.properties ?? {}))
  t.true(json?.includes('is json') && !text?.includes('is json'))
})

test('names of numbers are those of all callbacks', t => {
  const { definitions = {} } = schemaOf([message, group], noNames)
  t.deepEqual(definitions['value-enum-sessionType'], {
    anyOf: [{ type: 'string', enum: ['single', 'group'] }, { type: 'integer' }],
  })
})

test('editors know every callback of the catalogue and its fields', t => {
  const { definitions = {} } = schemaOf(callbacks, noNames)
  const [names] = definitions['name-of-callback']?.anyOf ?? []
  const known = ['condition', 'given', 'rewrite'].map(part => Object.keys(definitions[part]?.properties ?? {}))
  for (const { name, fields } of callbacks) {
    t.true(names?.enum?.includes(name), name)
    for (const field of fields) {
      const isIn = known.map(properties => properties.includes(field.name))
      t.true(isIn[0] && isIn[1] && (isIn[2] || field.rewrite === undefined), `${name} ${field.name}`)
    }
  }
})

test('an item of a list takes a test of its value or a condition on its fields', t => {
  const { definitions = {} } = schemaOf([group], noNames)
  t.deepEqual(
    definitions['words-list-memberList']?.properties?.['any item']?.$ref,
    '#/definitions/item-list-memberList',
  )
  const [value, condition] = definitions['item-list-memberList']?.anyOf ?? []
  t.deepEqual(value, { $ref: '#/definitions/test-id' })
  t.deepEqual(condition?.properties?.userID?.$ref, '#/definitions/test-id')
})

test('every reference leads somewhere, and nothing stands there for nothing', t => {
  for (const some of [callbacks, [message, group], [message]]) {
    const schema = schemaOf(some, noNames)
    const named = new Set(Object.keys(schema.definitions ?? {}))
    const used = new Set(
      [...JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name]) => name as string),
    )
    t.deepEqual(
      [...used].filter(name => !named.has(name)),
      [],
    )
    t.deepEqual(
      [...named].filter(name => !used.has(name)),
      [],
    )
  }
})

test('every key says what it means', t => {
  const silent: string[] = []
  walk(schemaOf(callbacks, noNames), '', (schema, path) => {
    for (const [key, { description, markdownDescription, $ref }] of Object.entries(schema.properties ?? {})) {
      const isTold = description !== undefined || markdownDescription !== undefined
      if (!isTold && !$ref?.startsWith('#/definitions/word-')) silent.push(`${path}/${key}`)
    }
  })
  t.deepEqual(silent, [])
})

function walk(schema: Schema, path: string, see: (schema: Schema, path: string) => void): void {
  see(schema, path)
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'enum' || key === 'required') continue
    const inner = key === 'definitions' || key === 'properties' || Array.isArray(value) ? Object.entries(value) : []
    for (const [name, part] of inner) walk(part, `${path}/${name}`, see)
    if (key === 'items') walk(value as Schema, `${path}/items`, see)
  }
}
