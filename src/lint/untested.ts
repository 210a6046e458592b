import type { Needed } from '../compile/needed.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import { countsIn } from '../compile/without-counts.ts'
import type { Often, Since } from '../language/condition.ts'
import { shortestMs } from '../language/duration.ts'
import type { Case, Outcome, Rule } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { rangeOfCount } from './count-range.ts'
import { type Examined, warning } from './finding.ts'

/** A rule that no test covers; and one that only fires after earlier calls, if none of its own tests has any. */
export function untested({ rule, needed }: Examined, shown: ShownByFiles): Diagnostic | undefined {
  const { id, outcome, rule: written } = rule
  const before = earlierFor(needed)
  // Finding values that make it fire requires running it, which is left to the code that shows the warning.
  const given = `given: { ${givenOf(rule)} }`
  const firing = `{ ${before}${given}, expect: ${expectation(outcome)} }`
  if (written.cases.length > 0) {
    // Own tests run as if nothing else had ever come.
    if (before === '' || written.cases.some(({ after }) => after !== undefined)) return undefined
    const message = `No test of "${id}" has earlier calls, and without any it does not fire`
    return warning('no-test', written.span, message, `Add to its tests: ${firing}`)
  }
  if (isShown(written, shown)) return undefined
  const hint = `Write tests: [${firing}, { ${given}, expect: allow }]`
  return warning('no-test', written.span, `"${id}" has no tests`, hint)
}

/** The earlier calls without which a rule does not fire, with their time for the author to fill in; or nothing. */
function earlierFor({ literals }: Needed): string {
  for (const literal of literals) {
    const { condition } = literal.judged
    if (condition.kind === 'since') return isTestable(condition.limit.ago) ? 'after: [{ ago: … }], ' : ''
    if (condition.kind !== 'often' || !isTestable(condition.within)) continue
    const low = rangeOfCount(literal)?.low ?? 0
    if (low > 1) return `after: [{ times: ${low - 1}, ago: … }], `
  }
  return ''
}

/** No test has calls less than a second apart. */
function isTestable(span: number): boolean {
  return span > shortestMs
}

/** The fields that its conditions look at, with values for the author to fill in. */
function givenOf({ rule: { when, unless }, slots }: CompiledRule): string {
  const asked = slots.filter(({ asks }) => asks === undefined)
  const names = new Set([
    ...asked.map(({ field: { field, part } }) => (part.kind === 'count' ? part.of.field : field).name),
    ...[when, ...(unless ? [unless] : [])].flatMap(countsIn).flatMap(keysOfCount),
  ])
  return [...names].map(name => `${name}: …`).join(', ') || '…'
}

function keysOfCount({ same }: Often | Since): readonly string[] {
  return same.map(key => ('field' in key ? key.field : key.list).field.name)
}

/** What tests of files expect: rules by name, codes, rewritten fields. */
export type ShownByFiles = { rules: ReadonlySet<string>; codes: ReadonlySet<number>; fields: ReadonlySet<string> }

/** What the tests of files cover. */
export function shownBy(cases: readonly Case[]): ShownByFiles {
  const expected = cases.map(({ expect }) => expect)
  return {
    rules: new Set(expected.flatMap(({ by }) => by?.id ?? [])),
    codes: new Set(expected.flatMap(each => (each.kind === 'reject' && each.by === undefined ? each.code : []))),
    fields: new Set(expected.flatMap(each => (each.kind === 'rewrite' ? [...each.fields.keys()] : []))),
  }
}

function isShown({ id, outcome }: Rule, { rules, codes, fields }: ShownByFiles): boolean {
  if (rules.has(id)) return true
  if (outcome.kind === 'reject') return codes.has(outcome.code)
  return outcome.kind === 'rewrite' && outcome.fields.some(({ field }) => fields.has(field.field.name))
}

function expectation(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'reject':
      return `{ reject: ${outcome.code} }`
    case 'rewrite':
      return `{ rewrite: { ${outcome.fields[0]?.field.text}: … } }`
    case 'allow':
      return 'allow'
  }
}
