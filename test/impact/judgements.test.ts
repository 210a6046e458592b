import test from 'ava'
import type { Example } from '../../src/impact/example.ts'
import { callsToJudge, judgementsOf, wilson } from '../../src/impact/judgements.ts'
import type { ImpactReport, RuleImpact } from '../../src/impact/report.ts'
import { chanceOf } from '../../src/impact/sample.ts'

const interval = test.macro({
  title: (_, hits: number, all: number) => `${hits} of ${all} have the interval of Wilson`,
  exec(t, hits: number, all: number, from: number, to: number) {
    const found = wilson(hits, all)
    t.true(Math.abs(found.from - from) < 0.0005, `${found.from}`)
    t.true(Math.abs(found.to - to) < 0.0005, `${found.to}`)
  },
})
// As scipy.stats.binomtest has them.
test(interval, 3, 20, 0.0524, 0.3604)
test(interval, 0, 20, 0, 0.1611)
test(interval, 20, 20, 0.8389, 1)
test(interval, 10, 20, 0.2993, 0.7007)

test('the interval holds the share of all in 95 of 100 samples', t => {
  const wrong = new Set(ids(400).filter(id => chanceOf(`wrong ${id}`) < 0.2))
  let hits = 0
  for (let run = 0; run < 400; run += 1) {
    const some = ids(400).sort((a, b) => chanceOf(`${run} ${a}`) - chanceOf(`${run} ${b}`))
    const { from, to } = wilson(some.slice(0, 20).filter(id => wrong.has(id)).length, 20)
    if (from <= wrong.size / 400 && wrong.size / 400 <= to) hits += 1
  }
  t.true(hits >= 370, `${hits} of 400`)
})

test('calls to judge are those of the lowest places of all newly refused', t => {
  const rules = [0, 1, 2].map(rule => ids(24, `${rule}-`))
  const changes = rules.map((some, at) => change(`r${at}`, some))
  const others = { ...change('other', ids(24, 'x-')), kind: 'other code' as const }
  const chosen = callsToJudge({ changes: [...changes, others] }, 20)
  const lowest = rules.flat().sort((a, b) => chanceOf(a) - chanceOf(b))
  t.deepEqual(
    chosen.map(({ example }) => example.id),
    lowest.slice(0, 20),
  )
  t.true(chosen.every(({ rule, example }) => example.id.startsWith(rule.slice(1))))
})

test('of all that were judged there is no interval, unless they are a sample, and of nothing no share', t => {
  const totals = { 'newly refused': { calls: 2 } } as ImpactReport['totals']
  const of = (sample: ImpactReport['sample'], ...said: readonly ('right' | 'wrong' | 'skipped')[]) => {
    const answers = said.map((answer, at) => ({ id: `${at}`, rule: 'r', answer }))
    return judgementsOf(answers, { totals, sample }).wrongShare
  }
  t.deepEqual(of(null, 'right', 'wrong'), { from: 0.5, to: 0.5 })
  t.deepEqual(of({} as ImpactReport['sample'], 'right', 'wrong'), wilson(1, 2))
  t.is(of(null, 'skipped'), null)
})

function ids(count: number, prefix = ''): string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${at}`)
}

function change(rule: string, some: readonly string[]): RuleImpact {
  const examples = some.map(id => ({ id }) as Example)
  return { kind: 'newly refused', rule, examples } as Partial<RuleImpact> as RuleImpact
}
