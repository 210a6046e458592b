import test from 'ava'
import type { CountQuestion } from '../../src/compile/counter.ts'
import { factsOf, recordedCounts } from '../../src/record/recorded-counts.ts'

const id = (count: string, key: string) => JSON.stringify([count, true, [key]])
const question = (of: string) => ({ id: of }) as CountQuestion
const counted = (count: number, others = {}) => [{ count, isWhole: true, ...others }]

test('counts are on record without the values they count by, and are told again in order', async t => {
  const [first, second, third] = [id('how often a', '"u-1"'), id('how often a', '"u-2"'), id('how often b', '"u-1"')]
  const told = [first, second, third].map((each, at) => ({ id: each, counted: counted(at + 1) }))
  const { facts, isUnsure } = factsOf(told)
  t.deepEqual(facts, { 'how often a': counted(1), 'how often a #2': counted(2), 'how often b': counted(3) })
  t.false(isUnsure)
  const counts = recordedCounts(facts)
  t.deepEqual([...(await counts.ask([question(first)]))], [[first, counted(1)]])
  const rest = await counts.ask([question(second), question(third), question(id('how often c', ''))])
  t.deepEqual([...rest.values()], [counted(2), counted(3)])
})

test('what nobody or not everybody answered is unsure', t => {
  t.deepEqual(factsOf([{ id: id('how often a', ''), counted: undefined }]), { facts: {}, isUnsure: true })
  t.true(factsOf([{ id: id('how often a', ''), counted: counted(1, { isPartial: true }) }]).isUnsure)
})
