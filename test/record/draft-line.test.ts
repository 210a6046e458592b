import test from 'ava'
import type { RecordedDraft, RecordedDraftSum } from '../../src/record/draft-line.ts'
import { DraftStats } from '../../src/record/draft-stats.ts'
import { isAbout } from '../../src/record/person.ts'
import { envelopeLine, readLine } from '../../src/record/record-line.ts'

const draft: RecordedDraft = {
  ...{ v: 1, id: 'd1', at: 1000, instance: 'im-1', kind: 'draft', rules: 'abc', callback: 'beforeAddFriend' },
  ...{ users: ['u-1'], groups: ['g-1'], difference: 'newly refused', by: 'no-links' },
  ...{ answered: { decision: 'allow' }, draft: { decision: 'reject', code: 5001, rule: 'no-links' } },
}

const sum: RecordedDraftSum = {
  ...{ v: 1, id: 'd2', at: 2000, instance: 'im-1', kind: 'draft sum', rules: 'abc', counting: true },
  ...{ decided: 10, shed: { busy: 2 }, differences: { 'newly refused': 3 } },
}

test('what a draft did comes back from its line', t => {
  t.deepEqual(readLine(envelopeLine(draft)), draft)
  t.deepEqual(readLine(envelopeLine(sum)), sum)
})

for (const [key, value] of [
  ['by', 7],
  ['users', 'u-1'],
  ['answered', null],
  ['difference', undefined],
] as const) {
  test(`a line with a wrong ${key} is none`, t => {
    t.is(readLine(JSON.stringify({ ...draft, [key]: value })), undefined)
  })
}

test('a line about a person goes when the person is forgotten', t => {
  const line = envelopeLine(draft)
  t.true(isAbout(line, { users: ['u-1'], groups: [] }))
  t.true(isAbout(line, { users: ['u-1'], groups: ['g-1'] }))
  t.false(isAbout(line, { users: ['u-1'], groups: ['g-2'] }))
  t.false(isAbout(line, { users: ['u-2'], groups: [] }))
  t.false(isAbout(envelopeLine({ ...sum, rules: 'u-1' }), { users: ['u-1'], groups: [] }))
})

test('differences without a line of their own count too, and those that are not summed up yet', t => {
  const stats = new DraftStats()
  stats.add(draft)
  stats.add(sum)
  stats.add(sum)
  stats.add({ ...draft, rules: 'later' })
  const [first, later] = stats.found
  t.like(first, { version: 'abc', decided: 20, shed: { busy: 4 }, isCounting: true })
  t.is(first?.differences['newly refused'], 6)
  t.is(first?.rules.get('no-links')?.['newly refused'], 1)
  t.like(later, { version: 'later', decided: 1, isCounting: false })
})
