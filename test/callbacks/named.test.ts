import test from 'ava'
import type { Field } from '../../src/callbacks/callback.ts'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { namedIn, namedInConversation, namingFields } from '../../src/callbacks/named.ts'

/** The paths of all fields of a callback that may hold ids. */
function idPaths(fields: readonly Field[]): string[] {
  return fields.flatMap(({ name, kind, items }) => {
    if (Array.isArray(items)) return idPaths(items).map(path => `${name}.${path}`)
    return kind === 'id' || items === 'id' ? [name] : []
  })
}

test('every id and every list of ids of the 52 callbacks says what it names', t => {
  t.is(callbacks.length, 52)
  const paths = callbacks.flatMap(({ fields }) => idPaths(fields))
  t.deepEqual(
    [...new Set(paths)].filter(path => namedIn(path) === undefined),
    [],
  )
})

test('no field of another kind names anybody', t => {
  const named = callbacks.flatMap(callback =>
    namingFields(callback)
      .map(({ name, item }) => (item === undefined ? name : `${name}.${item}`))
      .filter(path => !idPaths(callback.fields).includes(path)),
  )
  t.deepEqual(named, [])
})

test('every callback names a user, a group or a conversation', t => {
  t.deepEqual(
    callbacks.filter(callback => namingFields(callback).length === 0).map(({ name }) => name),
    [],
  )
})

test('a conversation names its members where they can be told apart', t => {
  t.deepEqual(namedInConversation('si_u-1_u-2'), { users: ['u-1', 'u-2'], groups: [] })
  t.deepEqual(namedInConversation('sg_g_1'), { users: [], groups: ['g_1'] })
  t.deepEqual(namedInConversation('n_g-1'), { users: [], groups: ['g-1'] })
  t.deepEqual(namedInConversation('n_u-1_u-2'), { users: ['u-1', 'u-2'], groups: [] })
  t.deepEqual(namedInConversation('si_u_1_u_2'), { users: [], groups: [] })
  t.deepEqual(namedInConversation(''), { users: [], groups: [] })
})
