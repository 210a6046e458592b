import test from 'ava'
import type { Field } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
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

test('every callback has a request among the samples that is named for it', t => {
  const commands = new Map(sampleFiles.map(({ file, body }) => [file, body.callbackCommand]))
  t.deepEqual(
    callbacks.filter(({ name, command }) => commands.get(`${name}.json`) !== command),
    [],
  )
})

function withItems(field: Field): Field[] {
  return [field, ...(Array.isArray(field.items) ? (field.items as readonly Field[]) : [])]
}
