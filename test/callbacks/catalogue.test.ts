import test from 'ava'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import { isNeverSent } from '../../src/callbacks/fields.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'
import { readCall } from '../../src/protocol/request.ts'
import { requestsOf } from './_requests.ts'
import { type Body, sampleFiles, samplesOf } from './_samples.ts'

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

for (const callback of callbacks) {
  test(`the request that is made up for ${callback.name} is like a real one`, t => {
    const made = sampleOf(callback)
    for (const { body } of requestsOf(callback)) {
      const real: Body = JSON.parse(body)
      t.deepEqual(Object.keys(made).sort(), Object.keys(real).sort())
      for (const [key, value] of Object.entries(made)) {
        const kinds = [kindOf(value), kindOf(real[key])]
        t.true(kinds.includes('null') || kinds[0] === kinds[1], `${key}: ${kinds.join(', ')}`)
      }
    }
  })

  for (const { name, neverSent = 'no key' } of callback.fields.filter(isNeverSent)) {
    test(`no request of ${callback.name} has a value for ${name}`, t => {
      const instead = { 'no key': undefined, null: null, 'empty text': '' }
      for (const { body } of requestsOf(callback)) t.is(JSON.parse(body)[name], instead[neverSent])
    })
  }
}

test('what is never sent is told of where fields are', t => {
  const names = callbacks.flatMap(({ name, fields }) =>
    fields.filter(({ neverSent }) => neverSent !== undefined).map(field => `${name} ${field.name}`),
  )
  t.deepEqual(names, [
    ...['beforeSetGroupInfo', 'beforeSetGroupInfoEx', 'afterSetGroupInfo', 'afterSetGroupInfoEx'].map(
      name => `${name} operationID`,
    ),
    ...['beforeUpdateUserInfo', 'beforeUpdateUserInfoEx', 'afterUpdateUserInfo', 'afterUpdateUserInfoEx'].map(
      name => `${name} ex`,
    ),
    ...['title', 'desc', 'ex', 'iOSPushSound', 'iOSBadgeCount', 'signalInfo'].map(name => `beforeOnlinePush ${name}`),
    'beforeCreateGroupChatConversations ownerUserId',
    'afterCreateGroupChatConversations ownerUserId',
  ])
})

test('the request that is made up for the conversations of a group has no owner', t => {
  const callback = findCallback('beforeCreateGroupChatConversations') as Callback
  t.like(sampleOf(callback), { ownerUserId: '', conversationId: 'sg_g1', conversationType: 3 })
})

test('the samples and what is shown of a callback are the same request', t => {
  const samples = new Map(sampleFiles.map(({ file, body }) => [file, body]))
  for (const callback of callbacks) {
    t.deepEqual(samples.get(`${callback.name}.json`), sampleOf(callback), 'test/docs/refresh.ts makes it anew')
  }
})

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value
}

function withItems(field: Field): Field[] {
  return [field, ...(Array.isArray(field.items) ? (field.items as readonly Field[]) : [])]
}
