import test from 'ava'
import { PeopleSet, personNumber } from '../../src/record/people-set.ts'
import { type PeopleAsked, readKnownPeople } from '../../src/state/known-people.ts'
import { readPeopleAside } from '../../src/state/known-people-thread.ts'
import { threadScript } from '../../src/thread-script.ts'
import { envelope, event, refusal, stateFolder, writeSegments } from '../record/_state.ts'

const since = Date.parse('2026-12-01T12:00:00Z')
const dayMs = 24 * 3_600_000
const asked = (dir: string, others: Partial<PeopleAsked> = {}): PeopleAsked => ({
  ...{ dir, since, until: since + 600_000, rules: ['r'], seed: 5, forMs: 60_000 },
  ...others,
})
const by = (...users: string[]) => ({ users })
const names = (people: PeopleSet, ids: readonly string[]) => ids.filter(id => people.has(personNumber(id, 5)))
const everybody = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus']

async function lately(t: Parameters<typeof stateFolder>[0]) {
  const dir = await stateFolder(t)
  await writeSegments(dir, [
    envelope(since - 40 * dayMs, by('gus')),
    refusal(since - 31 * dayMs, 'old', by('ann')),
    refusal(since - 29 * dayMs, 'old', by('bob')),
    event(since - dayMs, 'reloaded'),
    envelope(since - dayMs, { ...by('cat', 'dan'), callback: 'beforeAddFriend' }),
    envelope(since - dayMs, { ...by('dan', 'eve'), callback: 'beforeInviteJoinGroup', matches: [] }),
    envelope(since - 1000, { ...by('bob'), operationID: '","users":["x"],"decision":"reject",' }),
    refusal(since + 1000, 'r', by('cat')),
    refusal(since + 2000, 'r', by('bob')),
    refusal(since + 3000, 's', by('dan')),
    envelope(since + 4000, by('fay')),
    refusal(since + 700_000, 'r', by('eve')),
  ])
  return dir
}

test('it is known who was on record before and not refused for 30 days, and of them who was seen and refused since', async t => {
  const { people, seen, refused, from, leftOut } = await readKnownPeople(asked(await lately(t)))
  t.deepEqual(names(PeopleSet.from(people), everybody), ['ann', 'cat', 'dan', 'eve', 'gus'])
  t.deepEqual(names(PeopleSet.from(seen), everybody), ['cat', 'dan'])
  t.deepEqual(
    refused.map(([rule, all]) => [rule, names(PeopleSet.from(all), everybody)]),
    [['r', ['cat']]],
  )
  t.is(from, since - 40 * dayMs)
  t.is(leftOut, undefined)
})

test('of more people than fit, those who were on record last are known', async t => {
  const { people, leftOut } = await readKnownPeople(asked(await lately(t), { most: 3 }))
  t.deepEqual(names(PeopleSet.from(people), everybody), ['cat', 'dan'])
  t.is(leftOut, 'people')
})

test('what there is no time for is left out, and told', async t => {
  const { people, from, leftOut } = await readKnownPeople(asked(await lately(t), { forMs: -1 }))
  t.deepEqual([people.size, from, leftOut], [0, null, 'time'])
})

test('a thread reads the same', async t => {
  const script = threadScript('./state/known-people-script')
  const found = await readPeopleAside(script, asked(await lately(t)), new AbortController().signal)
  t.deepEqual(names(PeopleSet.from(found.people), everybody), ['ann', 'cat', 'dan', 'eve', 'gus'])
  await t.throwsAsync(readPeopleAside(script, asked('/nowhere/at-all'), new AbortController().signal), {
    message: /nowhere/,
  })
})
