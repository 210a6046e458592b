import test from 'ava'
import fc from 'fast-check'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { compile } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { differenceOf } from '../../src/decide/difference.ts'
import { outcomeOf } from '../../src/decide/replied.ts'
import { readCall } from '../../src/protocol/request.ts'
import { callLines, readCallLines } from '../../src/serve/draft-call.ts'
import { draftJudge } from '../../src/serve/draft-judge.ts'
import { runs } from '../_runs.ts'

const callback = findCallback('beforeSetGroupMemberInfo') as Callback
const words = ['a', 'b', 'ab', ' b ', '://', 'line\nbreak', 'é"\\']

const someRule = fc
  .record({
    word: fc.constantFrom('a', 'b', '://', 'line'),
    does: fc.constantFrom(
      'reject: 5001',
      'reject: 5002',
      'rewrite: { nickName: [trim] }',
      'rewrite: { nickName: { replace: { text: a, with: "*" } } }',
      'allow: everything',
    ),
    often: fc.option(fc.constantFrom('more than: 1', 'at least: 2', 'at most: 1'), { nil: undefined }),
    mode: fc.constantFrom('enforce', 'enforce', 'shadow'),
  })
  .map(({ word, does, often, mode }) => {
    const counts = often === undefined ? '' : `, how often: { same: userID, in: 10 seconds, ${often} }`
    return `    when: { nickName: { contains: "${word}" }${counts} }\n    ${does}\n    mode: ${mode}`
  })

const someRules = fc.array(someRule, { minLength: 1, maxLength: 4 }).map(rules => {
  const content = rules.map((rule, at) => `  - rule: r${at}\n${rule}`).join('\n')
  return compile([{ file: 'a.yaml', content: `callback: beforeSetGroupMemberInfo\nrules:\n${content}\n` }]).ruleSet
})

const someCalls = fc.array(
  fc.record({
    nickName: fc.constantFrom(...words),
    userID: fc.constantFrom('u-1', 'u-2'),
    afterMs: fc.constantFrom(0, 1000, 6000),
    callerId: fc.option(fc.constantFrom('p-1', 'p-2'), { nil: undefined, freq: 5 }),
  }),
  { minLength: 1, maxLength: 12 },
)

/** Decides one call by some rules, with a store of its own: the plain way. */
function decider(ruleSet: RuleSet) {
  const store = counting(ruleSet)
  return async (body: object, at: number, callerId: string | undefined): Promise<Decision> => {
    const read = readCall(callback, body)
    if (!read.ok) throw new Error(read.problem)
    const counts = new CallCounts(store, ruleSet.counters, countedCall(read.call, at, callerId))
    const decision = await decide(ruleSet, read.call, at, { counts })
    counts.settle(decision.kind === 'reject' ? 'refused' : 'let through', decision.effects)
    return decision
  }
}

function counting(ruleSet: RuleSet): MemoryCounts {
  const store = new MemoryCounts({ secret: 's', since: Number.NEGATIVE_INFINITY })
  store.use([...ruleSet.counters.values()], 0)
  return store
}

const settings = {
  deadlineMs: 1000,
  maxTextBytes: 65_536,
  onFailure: 'reject',
  now: () => 0,
  checkMemory: () => {},
} as const

test('what the draft decides otherwise is what deciding every call twice finds', async t => {
  const property = fc.asyncProperty(someRules, someRules, someCalls, async (live, draft, calls) => {
    if (live === null || draft === null) return
    const [byLive, byDraft] = [decider(live), decider(draft)]
    const judge = draftJudge({ ...settings, current: () => draft, counts: counting(draft) })
    let at = 1_000_000
    for (const [number, { nickName, userID, afterMs, callerId }] of calls.entries()) {
      at += afterMs
      const body = { groupID: 'g', userID, nickName, faceURL: null, roleLevel: null, ex: null }
      const decision = await byLive(body, at, callerId)
      const read = readCall(callback, body)
      if (!read.ok) throw new Error(read.problem)
      const received = { text: JSON.stringify(body, null, 1), body }
      const made = { requestId: `d${number}`, operationId: '', call: read.call, received, decision, version: 'v', at }
      const record = { ...made, tookMs: 1, ...(callerId !== undefined && { callerId }) }
      const judged = await judge(readCallLines(...callLines(record, at)))
      const second = await byDraft(body, at, callerId)
      t.is(judged.kind, 'decided')
      if (judged.kind !== 'decided') return
      const [first, would] = [outcomeOf(decision, callback), outcomeOf(second, callback)]
      t.deepEqual(judged.difference, differenceOf(first, would))
      t.deepEqual(judged.would, would)
    }
  })
  await fc.assert(property, { numRuns: runs(1000) })
})

test('a call that takes too long is shed, and gives its places back', async t => {
  const rule = (name: string) => `  - rule: ${name}
    when: { nickName: present, how often: { same: userID, in: 1 hour, more than: 1 } }
    rewrite: { nickName: { set: ${name} } }
`
  const content = `callback: beforeSetGroupMemberInfo\nrules:\n${rule('one')}${rule('two')}`
  const draft = compile([{ file: 'a.yaml', content }]).ruleSet as RuleSet
  // The first rule has counted the call when the second one is due.
  let looks = 0
  const times = [0, 0, 2000]
  const judge = draftJudge({
    ...settings,
    onFailure: 'reject',
    current: () => draft,
    counts: counting(draft),
    now: () => times[looks++] ?? 2000,
  })
  const body = JSON.stringify({ groupID: 'g', userID: 'u', nickName: 'a', faceURL: null, roleLevel: null, ex: null })
  const answered = readCallLines(`["d1",1000,1000,"${callback.command}",0]`, body)
  t.deepEqual(await judge(answered), { kind: 'shed', reason: 'deadline' })
  t.like(await judge(answered), { kind: 'decided', difference: undefined })
  t.like(await judge(answered), { kind: 'decided', difference: { kind: 'rewritten otherwise', rule: 'two' } })
})

test('while there is no draft, and for a body that cannot be read, nothing is decided', async t => {
  const counts = new MemoryCounts({ secret: 's' })
  const judge = draftJudge({ ...settings, current: () => null, counts })
  const head = `["d1",1000,1000,"${callback.command}",0]`
  t.deepEqual(await judge(readCallLines(head, '{"userID":"u"}')), { kind: 'shed', reason: 'no draft' })
  t.deepEqual(await judge(readCallLines(head, '{"userID":7}')), { kind: 'shed', reason: 'failed' })
})
