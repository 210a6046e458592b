import test from 'ava'
import fc from 'fast-check'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import type { Call, Value } from '../../src/decide/call.ts'
import { affectedBy, affectedOnRecord } from '../../src/record/affected.ts'
import { FuseTrial, type KnownPeople } from '../../src/record/fuse-trial.ts'
import { peopleOf } from '../../src/record/people.ts'
import { PeopleSet, personNumber } from '../../src/record/people-set.ts'
import { atOnce } from '../../src/yaml/steps.ts'

const setOf = (people: Iterable<number>, most = 1_000_000) => {
  const set = new PeopleSet(most)
  for (const person of people) set.add(person)
  return set
}
const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at)
const knownOf = (people: Iterable<number>, seen: number[] = [], refused: number[] = []): KnownPeople => ({
  people: setOf(people),
  seen: setOf(seen),
  refused: new Map(refused.length === 0 ? [] : [['r', setOf(refused)]]),
})

test('a set of people has those that were added, up to its bound', t => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 53 - 1 })), fc.integer({ min: 1, max: 100 }), (all, most) => {
      const [set, plain] = [setOf(all, most), new Set<number>()]
      for (const each of all) if (plain.size < most) plain.add(each)
      t.deepEqual([...set].sort(), [...plain].sort())
      t.is(set.size, plain.size)
      t.is(set.isFull, plain.size === most)
      for (const each of all) t.is(set.has(each), plain.has(each))
      const there = PeopleSet.from(set.moved)
      t.deepEqual([...there].sort(), [...plain].sort())
    }),
  )
})

test('people have different numbers, and others by another seed', t => {
  const ids = upTo(200_000).map(at => `user-${at}`)
  t.is(new Set(ids.map(id => personNumber(id, 7))).size, ids.length)
  t.not(personNumber('u-1', 7), personNumber('u-1', 8))
  t.is(personNumber('u-1', 7), personNumber('u-1', 7))
})

test('a rule refuses too many if it refuses 50 people and more than one in a hundred of those seen', t => {
  const trial = new FuseTrial(0, ['r'])
  t.deepEqual(atOnce(trial.know(knownOf(upTo(10_000)))), [])
  for (const person of upTo(5_000)) trial.saw(person, undefined)
  for (const person of upTo(50)) t.is(trial.saw(person, 'r'), undefined, `${person} of 5,000 are one in a hundred`)
  for (const person of upTo(50)) t.is(trial.saw(person, 'r'), undefined, 'nobody counts twice')
  t.deepEqual(trial.saw(51, 'r'), { rule: 'r', refused: 51, seen: 5_000 })
})

test('fewer than 50 people are never too many', t => {
  const trial = new FuseTrial(0, ['r'])
  atOnce(trial.know(knownOf(upTo(10_000))))
  for (const person of upTo(49)) t.is(trial.saw(person, 'r'), undefined)
  t.truthy(trial.saw(50, 'r'))
})

test('people who were not on record do not count, nor what other rules refuse', t => {
  const trial = new FuseTrial(0, ['r'])
  atOnce(trial.know(knownOf(upTo(40))))
  for (const person of upTo(1_000)) t.is(trial.saw(person, 'r'), undefined)
  for (const person of upTo(40)) t.is(trial.saw(person, 's'), undefined)
  t.deepEqual(trial.found, { people: 40, seen: 40, refused: { rule: 'r', refused: 40, seen: 40 } })
})

test('what was seen before it was known who counts is taken in, with what the record has of it', t => {
  const trial = new FuseTrial(0, ['r'])
  for (const person of upTo(100)) t.is(trial.saw(person, person <= 30 ? 'r' : undefined), undefined)
  t.deepEqual(trial.found, { people: null, seen: 0, refused: null })
  const known = trial.know(knownOf(upTo(90), upTo(20, 51), upTo(20, 51)))
  t.deepEqual(atOnce(known), [{ rule: 'r', refused: 50, seen: 90 }])
})

test('a rule that is not watched any more blows nothing', t => {
  const trial = new FuseTrial(0, ['r'])
  for (const person of upTo(100)) trial.saw(person, 'r')
  trial.leave('r')
  t.deepEqual(atOnce(trial.know(knownOf(upTo(100)))), [])
  for (const person of upTo(100)) t.is(trial.saw(person, 'r'), undefined)
})

test('whom a decision hits is the same for a call and for its line on record', t => {
  const hit = (name: string, values: Record<string, Value>) => {
    const callback = findCallback(name) as Call['callback']
    const call: Call = { callback, values: new Map(Object.entries(values)) }
    const live = affectedBy(call, undefined)
    t.deepEqual(affectedOnRecord(name, peopleOf(call, undefined).users), live, name)
    return live
  }
  t.deepEqual(hit('beforeSendGroupMsg', { sendID: 'a', groupID: 'g', atUserList: ['b'] }), ['a'])
  t.deepEqual(hit('beforeAddFriend', { fromUserID: 'a', toUserID: 'b' }), ['a'])
  t.deepEqual(hit('beforeInviteJoinGroup', { groupID: 'g', invitedUserIDs: ['a', 'b'] }), ['a', 'b'])
  t.deepEqual(hit('beforeMembersJoinGroup', { groupID: 'g', memberList: [{ userID: 'a' }, { userID: 'b' }] }), [
    'a',
    'b',
  ])
  t.deepEqual(hit('beforeSetGroupInfo', { groupID: 'g' }), [])
})
