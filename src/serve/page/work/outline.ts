import { rulesOf } from '../../../cases/run-cases.ts'
import type { CompiledRule, RuleSet, Stage } from '../../../compile/ruleset.ts'
import type { Rule } from '../../../language/rule.ts'
import { type DiagnosticJson, toJson } from '../../../language/show/render.ts'
import { sentencesOf } from '../../../language/show/sentence.ts'
import { type Diagnostic, gravestFirst } from '../../../yaml/diagnostic.ts'
import { placesIn } from '../../../yaml/places.ts'
import type { RuleShown } from '../answers.ts'

/** A rule without what only the service knows: whether it is paused. */
export type OutlinedRule = Omit<RuleShown, 'paused'>

const stages: readonly Stage[] = ['rewrite', 'exempt', 'reject']

/** All rules, in the order in which they decide. */
export function outlineOf(ruleSet: RuleSet): readonly OutlinedRule[] {
  const place = placesIn(ruleSet.sources)
  const rules = rulesOf(ruleSet)
  return stages.flatMap(stage => rules.filter(rule => rule.stage === stage)).map(rule => outlined(rule, place))
}

function outlined({ id, stage, rule }: CompiledRule, place: ReturnType<typeof placesIn>): OutlinedRule {
  const { line, column } = place(rule.span)
  return {
    rule: id,
    file: rule.span.file,
    line,
    column,
    stage,
    mode: rule.mode,
    order: rule.order,
    callbacks: rule.callbacks.map(({ name }) => name),
    sentences: sentencesFor(rule),
    why: rule.why ?? null,
    tests: rule.cases.length,
  }
}

/** Rules that did not change are the same objects in the next rule set. */
const said = new WeakMap<Rule, readonly string[]>()

function sentencesFor(rule: Rule): readonly string[] {
  const known = said.get(rule) ?? sentencesOf(rule)
  said.set(rule, known)
  return known
}

/** More than anybody reads. */
const mostDiagnostics = 500

/** The gravest diagnostics, in the order of the files, and how many are left out. */
export function shownDiagnostics(
  all: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): { diagnostics: readonly DiagnosticJson[]; leftOut: number } {
  const chosen = new Set(gravestFirst(all).slice(0, mostDiagnostics))
  const diagnostics = toJson(
    all.filter(each => chosen.has(each)),
    sources,
  )
  return { diagnostics, leftOut: all.length - diagnostics.length }
}
