import test from 'ava'
import { nearest, suggest } from '../../src/language/advice/suggest.ts'
import { keys, modes, words } from '../../src/language/vocabulary.ts'

const fields = ['groupID', 'userID', 'nickName', 'faceURL', 'roleLevel', 'ex']
const wordNames = words.map(({ name }) => name)

const means = test.macro<[string, readonly string[], string | undefined]>({
  exec: (t, written, known, meant) => t.is(nearest(written, known), meant),
  title: (_, written, __, meant) => `"${written}" ${meant === undefined ? 'is near to nothing' : `means "${meant}"`}`,
})

test(means, 'wehn', keys.rule, 'when')
test(means, 'Reject', keys.rule, 'reject')
test(means, 'rejct', keys.rule, 'reject')
test(means, 'if', keys.rule, 'when')
test(means, 'colour', keys.rule, undefined)
test(means, 'shadwo', modes, 'shadow')
test(means, 'off', modes, 'disabled')
test(means, 'nickname', fields, 'nickName')
test(means, 'nick_name', fields, 'nickName')
test(means, 'role', fields, 'roleLevel')
test(means, 'avatar', fields, 'faceURL')
test(means, 'e', fields, undefined)
test(means, 'startsWith', wordNames, 'starts with')
test(means, 'starts_with', wordNames, 'starts with')
test(means, 'is longer than', wordNames, 'longer than')
test(means, 'longer', wordNames, 'longer than')
test(means, '>=', wordNames, 'at least')
test(means, 'x'.repeat(100), wordNames, undefined)

test('a hint says what was meant, and what there is', t => {
  t.is(suggest('b', ['banana', 'cherry'], 'Fruits'), 'Fruits: banana, cherry')
  t.is(suggest('bananna', ['banana', 'cherry'], 'Fruits'), 'Did you mean "banana"? Fruits: banana, cherry')
  t.is(suggest('b', [], 'Fruits'), 'Fruits: none')
})

test('a hint lists at most forty names', t => {
  const many = Array.from({ length: 50 }, (_, at) => `name-${at}`)
  t.regex(suggest('zzzzzz', many, 'Names'), /name-39 and 10 more$/)
})
