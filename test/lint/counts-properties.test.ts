import test from 'ava'
import fc from 'fast-check'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { decide } from '../../src/decide/decide.ts'
import type { Decision } from '../../src/decide/decision.ts'
import { check } from '../../src/lint/check.ts'
import type { DiagnosticCode } from '../../src/yaml/diagnostic.ts'
import { noon } from '../_rules.ts'
import { isExhaustive, runs } from '../_runs.ts'

/** Mostly nothing. */
function rarely<T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: some, weight: 1 })
}

const few = fc.integer({ min: 0, max: 3 })
const span = fc.constantFrom('2 seconds', '5 seconds', '10 seconds')
const limit = fc.oneof(
  fc
    .tuple(fc.constantFrom('more than', 'at least', 'at most', 'less than', 'is'), few)
    .map(([word, number]) => `${word}: ${number}`),
  fc.tuple(few, few).map(([low, more]) => `between: [${low}, ${low + more}]`),
)
const own = fc
  .tuple(
    fc.constantFrom('', 'same: sendID, ', 'same: [groupID, sendID], '),
    fc.constantFrom('', '', 'different: groupNick, ', 'different: msgFrom, '),
    fc.constantFrom('', '', 'counting: all, ', 'counting: refused, '),
    span,
    limit,
    fc.constantFrom('', '', ', then for: 3 seconds'),
  )
  .map(([same, different, counting, time, number, silence]) => {
    const field = different.replace('groupNick', same.includes('groupID') ? 'message text' : 'groupID')
    return `how often: { ${same}${field}${counting}in: ${time}, ${number}${silence} }`
  })
const named = fc.oneof(
  fc
    .tuple(fc.constantFrom('sent', 'users'), span, limit)
    .map(([name, time, number]) => `{ how often: { of: ${name}, same: sendID, in: ${time}, ${number} } }`),
  fc
    .tuple(fc.constantFrom('sent', 'users'), fc.constantFrom('less than', 'more than'), span)
    .map(([name, word, time]) => `{ how long since: { of: ${name}, same: sendID, ${word}: ${time} } }`),
)
const beside = fc.constantFrom('msgFrom: user', 'groupID: g1', 'message text: x')
const group = fc
  .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(named, { minLength: 1, maxLength: 2 }))
  .map(([kind, parts]) => `${kind}: [${parts.join(', ')}]`)
const when = fc
  .tuple(fc.option(own), fc.option(beside), fc.option(group))
  .map(all => all.filter(each => each !== null).join(', '))
  .filter(text => text !== '')
const rules = fc.array(fc.tuple(when, rarely(named), fc.constantFrom('reject', 'reject', 'reject', 'allow')), {
  minLength: 1,
  maxLength: 4,
})
/** Rules that count much the same. */
const alike = fc
  .tuple(own, fc.array(fc.tuple(rarely(beside), rarely(named), few, span), { minLength: 2, maxLength: 3 }))
  .map(([count, all]) =>
    all.map(([condition, exception, number, time]): [string, string | null, string] => {
      const other = count.replace(/in: .*?, .*?(?= }|, then)/, `in: ${time}, more than: ${number}`)
      return [[other, ...(condition === null ? [] : [condition])].join(', '), exception, 'reject']
    }),
  )
const files = fc.oneof(rules, alike).map(
  all => `callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
  users: { callback: beforeSendGroupMsg, when: { msgFrom: user }, same: sendID, counting: all }
rules:
${all
  .map(([condition, exception, does], at) => {
    const unless = exception === null ? '' : `, unless: ${exception}`
    return `  - { rule: r${at}, when: { ${condition} }${unless}, ${does === 'allow' ? 'allow: everything' : `reject: ${5001 + at}`} }`
  })
  .join('\n')}
`,
)
const calls = fc.array(
  fc.record({
    after: fc.constantFrom(0, 500, 1000, 2000, 4000),
    given: fc.record({
      sendID: fc.constantFrom('u1', 'u2'),
      groupID: fc.constantFrom('g1', 'g2'),
      msgFrom: fc.constantFrom(100, 200),
      'message text': fc.constantFrom('x', 'y'),
    }),
  }),
  { minLength: 5, maxLength: 25 },
)

/** The decisions on calls that come one after another. */
async function decisions(ruleSet: RuleSet, all: readonly { after: number; given: object }[]): Promise<Decision[]> {
  const store = new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY })
  store.use([...ruleSet.counters.values()], noon)
  const decided: Decision[] = []
  let at = noon
  for (const { after, given } of all) {
    at += after
    const call = { callback: findCallback('beforeSendGroupMsg') as Callback, values: new Map(Object.entries(given)) }
    const counts = new CallCounts(store, ruleSet.counters, countedCall(call, at))
    const decision = await decide(ruleSet, call, at, { counts })
    counts.settle(decision.kind === 'reject' ? 'refused' : 'let through', decision.effects)
    decided.push(decision)
  }
  return decided
}

/** The rules that a kind of warning is about. */
function warnedOf(file: string, codes: readonly DiagnosticCode[]): { ruleSet: RuleSet; ids: ReadonlySet<string> } {
  const { ruleSet, diagnostics } = check([{ file: 'a.yaml', content: file }])
  if (ruleSet === null) throw new Error(`${file}\n${JSON.stringify(diagnostics)}`)
  const lines = diagnostics
    .filter(({ code }) => codes.includes(code))
    .map(({ span: { start } }) => {
      return file.slice(file.lastIndexOf('\n', start) + 1, file.indexOf('\n', start))
    })
  return { ruleSet, ids: new Set(lines.flatMap(line => /rule: (r\d)/.exec(line)?.[1] ?? [])) }
}

const holds = test.macro({
  title: (_, code: DiagnosticCode) => `what ${code} says of rules that count is true of calls that come one by one`,
  async exec(t, code: DiagnosticCode, isWrong: (decision: Decision, ids: ReadonlySet<string>) => boolean) {
    let told = 0
    await fc.assert(
      fc.asyncProperty(files, calls, async (file, all) => {
        const { ruleSet, ids } = warnedOf(file, [code])
        told += ids.size
        if (ids.size === 0) return
        for (const decision of await decisions(ruleSet, all)) {
          t.false(isWrong(decision, ids), `${file}\n${JSON.stringify(decision.matches)}`)
        }
      }),
      { numRuns: runs(2_000) },
    )
    t.true(told > (isExhaustive ? 50 : 0), `${told} rules were told`)
  },
})

test(holds, 'never-fires', ({ matches }, ids) => matches.some(({ rule }) => ids.has(rule)))
test(holds, 'hidden-rule', (decision, ids) => decision.kind === 'reject' && ids.has(decision.rule))
