import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import test from 'ava'
import { keepHeld } from '../../src/state/keep-held.ts'
import { allSegments, type Segment } from '../../src/state/segments.ts'
import { envelope, stateFolder, writeSegments } from '../record/_state.ts'

function draftOf({ id, at, users }: { id: string; at: number; users: readonly string[] }) {
  return {
    ...{ v: 1, id, at, instance: 'one', kind: 'draft', rules: 'r', callback: 'beforeAddFriend', users, groups: [] },
    ...{ difference: 'newly refused', by: 'a', answered: { decision: 'allow' } },
    draft: { decision: 'reject', code: 5001, rule: 'a' },
  }
}

test('what a draft would have decided stays with the decision that is held', async t => {
  const state = await stateFolder(t)
  const [held, other] = ['u-7', 'u-8'].map(user => envelope('2026-03-01T10:00:00Z', { users: [user] }))
  const lines = [held, other].flatMap(each => (each === undefined ? [] : [each, draftOf(each)]))
  await writeSegments(state, lines)
  const [segment] = (await allSegments(state)) as [Segment]
  t.true(await keepHeld(segment, [segment], new Set(['u-7'])))
  const kept = (await allSegments(state)).filter(({ isHeld }) => isHeld)
  const text = gunzipSync(await readFile(kept[0]?.path ?? '')).toString()
  t.deepEqual(
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
    lines.slice(0, 2),
  )
})
