import type { CompiledRule } from '../compile/ruleset.ts'
import type { Case, Outcome, Rule } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'

/** A rule without a test of its own, and which no test of a file covers. */
export function untested({ rule }: Examined, shown: ShownByFiles): Diagnostic | undefined {
  const { id, outcome, rule: written } = rule
  if (written.cases.length > 0 || isShown(written, shown)) return undefined
  // Finding values that make it fire requires running it, which is left to the code that shows the warning.
  const given = `{ ${givenOf(rule)} }`
  const hint = `Write tests: [{ given: ${given}, expect: ${expectation(outcome)} }, { given: ${given}, expect: allow }]`
  return warning('no-test', written.span, `"${id}" has no tests`, hint)
}

/** The fields that its conditions look at, with values for the author to fill in. */
function givenOf({ slots }: CompiledRule): string {
  const names = new Set(slots.map(({ field: { field, part } }) => (part.kind === 'count' ? part.of.field : field).name))
  return [...names].map(name => `${name}: …`).join(', ') || '…'
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
