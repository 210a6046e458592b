import test from 'ava'
import type { Field } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'
import { readCall } from '../../src/protocol/request.ts'
import { sampleFiles, samplesOf } from './_samples.ts'

test('there are 52 callbacks, 29 of which come after', t => {
  t.is(callbacks.length, 52)
  t.is(callbacks.filter(({ phase }) => phase === 'after').length, 29)
})

test('no name of a callback is that of another', t => {
  const names = callbacks.flatMap(({ name, command, formerly }) => [
    ...new Set([name, command, ...formerly].map(each => each.toLowerCase())),
  ])
  t.is(new Set(names).size, names.length)
})

for (const callback of callbacks) {
  const { name, command, fields, phase, echo = [], unsafe = [], flattened } = callback
  test(`the entry of ${name} is whole`, t => {
    t.is(command, `callback${name.charAt(0).toUpperCase()}${name.slice(1)}Command`)
    t.is(findCallback(command.toUpperCase()), callback)
    t.is(callback.rejectable, phase === 'before')
    t.truthy(callback.setting)
    t.regex(callback.source, /open-im-server 7848d7c/)
    t.is(new Set(fields.map(each => each.name)).size, fields.length)
    for (const field of fields.flatMap(withItems)) {
      t.is(field.names !== undefined, field.kind === 'enum', field.name)
      t.is(field.items !== undefined, field.kind === 'list', field.name)
      if (phase === 'after') t.is(field.rewrite, undefined, field.name)
      if (field.origin === 'answer') t.truthy(field.rewrite, field.name)
      t.false(unsafe.includes(field.rewrite?.within ?? field.rewrite?.as ?? (field.rewrite ? field.name : '')))
    }
    for (const key of [...echo, ...(flattened ? [flattened] : [])]) t.true(fields.some(field => field.name === key))
  })

  test(`requests of ${name} are read whole`, t => {
    for (const body of samplesOf(callback)) {
      const read = readCall(callback, body)
      t.true(read.ok, JSON.stringify(read))
      const known = new Set(['callbackCommand', 'operationID', ...fields.map(field => field.name)])
      t.deepEqual(
        Object.keys(body).filter(key => !known.has(key)),
        [],
      )
    }
  })
}

test('the samples and what is shown of a callback are the same request', t => {
  const samples = new Map(sampleFiles.map(({ file, body }) => [file, body]))
  for (const callback of callbacks) {
    t.deepEqual(samples.get(`${callback.name}.json`), sampleOf(callback), 'test/docs/refresh.ts makes it anew')
  }
})

test('every number in a sample has a name', t => {
  for (const callback of callbacks) {
    const sample = sampleOf(callback)
    for (const { name, names, origin } of callback.fields) {
      const value = origin === 'character' ? String(sample[name]).codePointAt(0) : sample[name]
      if (names !== undefined && typeof value === 'number') t.true([...names.values()].includes(value), name)
    }
  }
})

test('a sample says of a field what its description says is always so', t => {
  for (const callback of callbacks) {
    const sample = sampleOf(callback)
    for (const { name, about } of callback.fields) if (about === 'always ""') t.is(sample[name], '', callback.name)
  }
})

function withItems(field: Field): Field[] {
  return [field, ...(Array.isArray(field.items) ? (field.items as readonly Field[]) : [])]
}
