import test from 'ava'
import fc from 'fast-check'
import type { CompiledRule, RuleSet } from '../../src/compile/ruleset.ts'
import { check } from '../../src/lint/check.ts'
import type { DiagnosticCode } from '../../src/yaml/diagnostic.ts'
import { fileOf, joining, setting } from '../_random.ts'
import { decideBy } from '../_rules.ts'
import { isExhaustive, runs } from '../_runs.ts'

/** The rules of a file that a kind of warning is about, and the rule set. */
function warned(file: string, code: DiagnosticCode): { ruleSet: RuleSet; ids: Set<string> } {
  const { ruleSet, diagnostics } = check([{ file: 'a.yaml', content: file }])
  if (ruleSet === null) throw new Error(JSON.stringify(diagnostics))
  const rules = rulesOf(ruleSet).sort((a, b) => b.rule.span.start - a.rule.span.start)
  const places = diagnostics.filter(each => each.code === code).map(({ span }) => span.start)
  return { ruleSet, ids: new Set(places.flatMap(at => rules.find(({ rule }) => rule.span.start <= at)?.id ?? [])) }
}

function rulesOf({ stages }: RuleSet): CompiledRule[] {
  return [...stages.values()].flatMap(({ rewrite, exempt, reject }) =>
    [rewrite, exempt, reject].flatMap(({ rules }) => rules),
  )
}

for (const { callback, conditions, calls, ruleFiles } of [setting, joining]) {
  /** Two tests of one field at once, which contradict each other often. */
  const pairs = fc.array(fc.tuple(conditions, conditions, conditions), { minLength: 1, maxLength: 4 }).map(all =>
    fileOf(
      all.map(([a, b, c], at) => ({ rule: `r${at}`, when: { all: [a, b, c] }, reject: 5001 })),
      callback,
    ),
  )

  const files = fc.oneof(ruleFiles, pairs)

  test(`a rule that is said never to fire never does: ${callback}`, async t => {
    let told = 0
    await fc.assert(
      fc.asyncProperty(files, fc.array(calls, { minLength: 5, maxLength: 5 }), async (file, givens) => {
        const { ruleSet, ids } = warned(file, 'never-fires')
        told += ids.size
        if (ids.size === 0) return
        for (const given of givens) {
          const { matches } = await decideBy(ruleSet, given)
          t.deepEqual(
            matches.filter(({ rule }) => ids.has(rule)),
            [],
            file,
          )
        }
      }),
      { numRuns: runs(1_000) },
    )
    t.true(told > (isExhaustive ? 50 : 0), `${told} rules were told`)
  })

  test(`a rule that is said never to answer never does: ${callback}`, async t => {
    let told = 0
    const twice = fc.tuple(conditions, conditions, conditions).map(([a, b, c]) => {
      const first = { rule: 'r0', when: { all: [a, b] }, reject: 5001 }
      return fileOf(
        [first, { rule: 'r1', when: { all: [b, c, a] }, reject: 5002 }, { rule: 'r2', when: a, reject: 5003 }],
        callback,
      )
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(ruleFiles, twice), calls, async (file, given) => {
        const { ruleSet, ids } = warned(file, 'hidden-rule')
        told += ids.size
        const decision = await decideBy(ruleSet, given)
        t.false(decision.kind === 'reject' && ids.has(decision.rule), file)
      }),
      { numRuns: runs(1_000) },
    )
    t.true(told > (isExhaustive ? 50 : 0), `${told} rules were told`)
  })
}
