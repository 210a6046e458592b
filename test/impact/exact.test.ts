import test from 'ava'
import fc from 'fast-check'
import { type CompileOptions, compile } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import type { RunData } from '../../src/impact/impact-run.ts'
import { joinedData, joinedRuns, type PartResult } from '../../src/impact/part-result.ts'
import { halfOf, type Selection } from '../../src/impact/selection.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { calls } from '../_random.ts'
import { callOf, noon } from '../_rules.ts'
import { runs } from '../_runs.ts'
import { withDrafts } from './_counting-rules.ts'
import { naiveDifferences } from './_naive.ts'
import { type Received, received, sentBody } from './_recorded.ts'
import { replayed } from './_replayed.ts'

/** Calls one after another, some at the same time, some far apart. */
const streams = fc
  .array(fc.tuple(calls, fc.constantFrom(0, 1, 20_000, 40_000, 300_000)), { minLength: 1, maxLength: 24 })
  .map(all => {
    let at = noon
    return all.map(([given, gap]): Received => {
      at += gap
      return received(at, callOf(given))
    })
  })

/** The draft is compiled beside the base, as for a run. */
function setsOf([live, draft]: readonly (readonly SourceFile[])[]): [RuleSet, RuleSet] {
  const base = setOf(live as SourceFile[], {})
  return [base, setOf(draft as SourceFile[], { before: base, isBeside: true })]
}

function setOf(files: readonly SourceFile[], options: CompileOptions): RuleSet {
  const { ruleSet, diagnostics } = compile(files, { allowEmpty: true, ...options })
  if (ruleSet === null) throw new Error(`${JSON.stringify(files)}\n${JSON.stringify(diagnostics, null, 1)}`)
  return ruleSet
}

test('a report is what deciding every call twice with fresh counts finds', async t => {
  await fc.assert(
    fc.asyncProperty(withDrafts, streams, async (files, stream) => {
      const [base, draft] = setsOf(files)
      // Compiled on its own, so that nothing is shared.
      const naive = await naiveDifferences(base, setOf(files[1], {}), stream)
      const [found] = (await replayed(base, draft, stream)) as [RunData]
      const { tally, check } = found
      const expected = new Map<string, Set<number>>()
      for (const { call, kind, rule } of naive) {
        const key = kind === 'rewritten otherwise' ? kind : `${kind} ${rule}`
        expected.set(key, (expected.get(key) ?? new Set()).add(call))
      }
      const counted = new Map<string, number>()
      for (const { kind, rule, calls: count } of tally.groups) {
        const key = kind === 'rewritten otherwise' ? kind : `${kind} ${rule}`
        counted.set(key, (counted.get(key) ?? 0) + count)
      }
      t.deepEqual(
        [...counted].sort(),
        [...expected].map(([key, places]) => [key, places.size] as const).sort() as [string, number][],
      )
      t.is(check.same, stream.length)
      t.is(check.checked, stream.length)
      t.is(
        tally.hours.reduce((sum, [, count]) => sum + count, 0),
        stream.length,
      )
    }),
    { numRuns: runs(4000) },
  )
})

test('parts that are joined are the whole', async t => {
  const parts = fc.integer({ min: 1, max: 4 })
  await fc.assert(
    fc.asyncProperty(withDrafts, streams, parts, async (files, stream, of) => {
      const [base, draft] = setsOf(files)
      const selections = Array.from({ length: of }, (_, at) => ({ kind: 'part' as const, number: at + 1, of }))
      const [whole, ...each] = await replayed(base, draft, stream, [undefined, ...selections])
      const written = each.map((data, at) => ({ part: { number: at + 1, of, by: 'key' }, data }))
      const read = JSON.parse(JSON.stringify(written)) as PartResult<unknown>[]
      const { tally, coverage, check } = joinedData(read.reverse())
      t.deepEqual([tally, coverage], [whole?.tally, whole?.coverage])
      t.is(check.same, whole?.check.same ?? -1)
    }),
    { numRuns: runs(2000) },
  )
})

test('calls that name nobody are counted in the same part', async t => {
  const limit = 'how often: { same: sendID, in: 1 minute, more than: 2 }'
  const content = `callback: beforeSendSingleMsg\nrules: [{ rule: r, when: { ${limit} }, reject: 5001 }]`
  const [base, draft] = setsOf([[], [{ file: 'a.yaml', content }]])
  const stream = Array.from({ length: 12 }, (_, at) =>
    sentBody(noon + at, { callbackCommand: 'callbackBeforeSendSingleMsgCommand', sendID: '', recvID: `u-${at}` }),
  )
  const parts = [1, 2, 3, 4].map(number => ({ kind: 'part' as const, number, of: 4 }))
  const found = await replayed(base, draft, stream, parts)
  t.deepEqual(found.map(({ tally }) => tally.kinds['newly refused'].calls).sort(), [0, 0, 0, 10])
})

test('two halves of a sample or a part are the whole of it', async t => {
  const content = 'callback: beforeSetGroupMemberInfo\nrules: [{ rule: r, when: { nickName: present }, reject: 5001 }]'
  const [base, draft] = setsOf([[], [{ file: 'a.yaml', content }]])
  const stream = Array.from({ length: 60 }, (_, at) =>
    received(noon + at, callOf({ userID: `u-${at % 40}`, nickName: 'Ann' })),
  )
  const chosen: Selection[] = [
    { kind: 'sample', share: 0.4, by: 'user' },
    { kind: 'part', number: 2, of: 3 },
  ]
  for (const selection of chosen) {
    const all = [selection, halfOf(selection, 1), halfOf(selection, 2)]
    const [whole, ...halves] = await replayed(base, draft, stream, all)
    t.true((whole?.coverage.judged ?? 0) > 0 && halves.every(({ coverage }) => coverage.judged > 0))
    const joined = joinedRuns(halves.map((data, at) => ({ data, withEvents: at === 0 })))
    t.deepEqual(joined.tally, whole?.tally)
    t.deepEqual(joined.coverage, whole?.coverage)
  }
})
