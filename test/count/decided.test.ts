import test from 'ava'
import fc from 'fast-check'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { compile } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { CallCounts, type CallOutcome, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import type { Call } from '../../src/decide/call.ts'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { runs } from '../_runs.ts'
import { type Asked, Everything, type ModelRule, type Version } from './_everything.ts'

const second = 1000

const someRule: fc.Arbitrary<Omit<ModelRule, 'id'>> = fc.record({
  same: fc.constantFrom<ModelRule['same']>(['sendID'], ['groupID', 'sendID'], ['groupID'], []),
  isDifferent: fc.boolean(),
  within: fc.constantFrom(1, 2, 5, 10),
  limit: fc.oneof(
    fc.record({ word: fc.constantFrom('more than', 'at least', 'at most', 'less than', 'is'), number: fc.nat(3) }),
    fc.record({ word: fc.constant('between'), low: fc.nat(1), high: fc.constantFrom(2, 3) }),
  ) as fc.Arbitrary<ModelRule['limit']>,
  counting: fc.constantFrom('let through', 'let through', 'refused', 'all'),
  mode: fc.constantFrom('enforce', 'enforce', 'shadow', 'disabled'),
  thenFor: fc.option(fc.constantFrom(1, 3, 8), { nil: undefined, freq: 2 }),
  beside: fc.constantFrom('anything', 'user', 'ex'),
})

/** Three versions of some rules: the later ones change what leaves counts alone, or what is counted. */
const someVersions: fc.Arbitrary<readonly Version[]> = fc
  .array(fc.tuple(someRule, someRule, someRule, fc.nat(7)), { minLength: 1, maxLength: 3 })
  .chain(families =>
    fc.tuple(...[0, 1, 2].map(() => fc.boolean())).map(areExempt =>
      areExempt.map((isExempt, version) => ({
        isExempt,
        rules: families.map((family, at) => ({ ...versionOf(family, version), id: `r${at}` })),
      })),
    ),
  )

function versionOf(
  [first, second, third, what]: [Omit<ModelRule, 'id'>, Omit<ModelRule, 'id'>, Omit<ModelRule, 'id'>, number],
  version: number,
): Omit<ModelRule, 'id'> {
  const next = [first, second, third][version] ?? first
  const { limit, mode, thenFor } = next
  // In most families the counter stays the same, and its time: a longer one finds as much as happens to be left.
  return what > 1
    ? { ...first, limit, mode, thenFor }
    : { ...next, counting: first.counting === 'all' ? 'refused' : 'all' }
}

function textOf({ isExempt, rules }: Version): string {
  const limits = ({ limit }: ModelRule) =>
    limit.word === 'between' ? `between: [${limit.low}, ${limit.high}]` : `${limit.word}: ${limit.number}`
  const besides = { anything: '', user: 'msgFrom: user, ', ex: 'ex: present, ' }
  const lines = rules.map(rule => {
    const { id, same, isDifferent, within, counting, mode, thenFor, beside } = rule
    const often = [
      ...(same.length > 0 ? [`same: [${same.join(', ')}]`] : []),
      ...(isDifferent && !same.includes('groupID') ? ['different: groupID'] : []),
      `in: ${seconds(within)}`,
      limits(rule),
      `counting: ${counting}`,
      ...(thenFor === undefined ? [] : [`then for: ${seconds(thenFor)}`]),
    ]
    const when = `senderNickname: { is not: ${id} }, ${besides[beside]}how often: { ${often.join(', ')} }`
    return `  - { rule: ${id}, when: { ${when} }, reject: 5100, mode: ${mode} }`
  })
  const exempt = isExempt ? ['  - { rule: vip, when: { sendID: vip }, allow: [r0] }'] : []
  return `callback: beforeSendGroupMsg\nrules:\n${[...lines, ...exempt].join('\n')}\n`
}

function seconds(count: number): string {
  return count === 1 ? '1 second' : `${count} seconds`
}

function ruleSetOf(version: Version): RuleSet {
  const { ruleSet, diagnostics } = compile([{ file: 'rules.yaml', content: textOf(version) }])
  if (ruleSet === null) throw new Error(`${textOf(version)}\n${JSON.stringify(diagnostics)}`)
  return ruleSet
}

/** Compiling takes longer than deciding: many streams share these rules. */
const families = fc
  .sample(someVersions, { numRuns: 150, seed: 20 })
  .map(versions => versions.map(version => ({ version, ruleSet: ruleSetOf(version) })))

type Step =
  | { kind: 'call'; after: number; asked: Asked }
  | { kind: 'end'; after: number; which: number; fails: CallOutcome | undefined }
  | { kind: 'reload'; after: number; version: number }

const someAsked: fc.Arbitrary<Asked> = fc.record({
  sendID: fc.constantFrom('a', 'b', 'vip'),
  groupID: fc.constantFrom('g', 'h', 'i'),
  isUser: fc.boolean(),
  hasEx: fc.boolean(),
})

const after = fc.constantFrom(0, 1, 400, second - 1, second, 2 * second, 5 * second)

const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('call' as const), after, asked: someAsked }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('end' as const),
        after,
        which: fc.nat(9),
        fails: fc.option(fc.constantFrom<CallOutcome>('let through', 'refused'), { nil: undefined, freq: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reload' as const), after, version: fc.nat(2) }) },
  ),
  { minLength: 1, maxLength: 30 },
)

const message = findCallback('beforeSendGroupMsg')

function callOf({ sendID, groupID, isUser, hasEx }: Asked): Call {
  if (message === undefined) throw new Error('There is no such callback')
  const values = { sendID, groupID, msgFrom: isUser ? 100 : 200, senderNickname: 'Ann', ...(hasEx && { ex: 'x' }) }
  return { callback: message, values: new Map(Object.entries(values)) }
}

function told({ kind, matches, ...rest }: Decision): string {
  const fired = matches.map(({ rule, exempted }) => `${rule}${exempted ? ' (exempted)' : ''}`).sort()
  return `${kind} ${'rule' in rest ? rest.rule : ''} [${fired}]`
}

test('decisions are those that a full log of all calls would lead to', async t => {
  await fc.assert(
    fc.asyncProperty(fc.nat(families.length - 1), someSteps, async (which, steps) => {
      const family = families[which] ?? []
      let now = 1_000_000
      const store = new MemoryCounts({ secret: 'x' })
      const model = new Everything()
      let at = 0
      const load = () => {
        store.use([...(family[at]?.ruleSet.counters.values() ?? [])], now)
        model.use(family[at]?.version as Version, now)
      }
      load()
      const open: { counts: CallCounts; decision: Decision; number: number }[] = []
      for (const step of steps) {
        now += step.after
        if (step.kind === 'reload') {
          at = step.version
          load()
        } else if (step.kind === 'call') {
          const ruleSet = family[at]?.ruleSet as RuleSet
          const call = callOf(step.asked)
          const counts = new CallCounts(store, ruleSet.counters, countedCall(call, now))
          const decision = await decide(ruleSet, call, now, { counts })
          const expected = model.judge(step.asked, now)
          if (told(decision) !== expected.told) throw new Error(`${told(decision)}, not ${expected.told}`)
          open.push({ counts, decision, number: expected.number })
        } else if (open.length > 0) {
          const [one] = open.splice(step.which % open.length, 1)
          if (one === undefined) continue
          const outcome = step.fails ?? (one.decision.kind === 'reject' ? 'refused' : 'let through')
          one.counts.settle(outcome, step.fails === undefined ? one.decision.effects : undefined)
          model.end(one.number, outcome, step.fails === undefined)
        }
      }
    }),
    { numRuns: runs(20_000) },
  )
  t.pass()
})
