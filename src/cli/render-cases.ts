import type { Colors } from 'picocolors/types.js'
import type { Coverage } from '../cases/coverage.ts'
import { caseName, problemOf } from '../cases/describe-case.ts'
import type { Survivors } from '../cases/mutate.ts'
import type { CaseResult } from '../cases/run-case.ts'
import { rulesOf } from '../cases/run-cases.ts'
import { unstableRewrites } from '../cases/unstable.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Case } from '../language/rule.ts'
import { escapeHidden, visible } from '../language/show/visible.ts'
import { placesIn, type ShowPlace, shownPlacesIn } from '../yaml/places.ts'
import { asJson, asJunit, asTap } from './cases-as.ts'
import { renderTrace } from './render-report.ts'
import type { TestOptions, TestRun } from './test-run.ts'

/** The results of tests as text that ends with a line break. */
export function renderCases(run: TestRun, format: TestOptions['format'], colors: Colors): string {
  const { sources } = run.ruleSet
  const place = shownPlacesIn(sources)
  const lines = {
    pretty: () => pretty(run, place, colors),
    tap: () => asTap(run, place),
    junit: () => asJunit(run, place),
    json: () => [escapeHidden(JSON.stringify(asJson(run, placesIn(sources)), null, 2))],
  }[format]()
  return `${lines.join('\n')}\n`
}

/** The cases that did not pass, as text; empty if all passed. */
export function renderFailures(ruleSet: RuleSet, results: readonly CaseResult[], colors: Colors): string {
  const failed = results.filter(({ status }) => status !== 'passed')
  return failed.flatMap(result => [...prettyCase(result, ruleSet, colors), '', '']).join('\n')
}

function pretty(run: TestRun, place: ShowPlace, colors: Colors): string[] {
  const { ruleSet, results, coverage, survivors } = run
  if (results.length === 0) return noTests(run, colors)
  const failed = results.filter(({ status }) => status !== 'passed')
  return [
    ...(failed.length > 0
      ? [colors.red(`${failed.length} of ${results.length} tests failed: ${namesOf(failed)}`), '']
      : []),
    ...failed.flatMap(result => [...prettyCase(result, ruleSet, colors), '']),
    ...prettyUnstable(results, place, colors),
    ...prettyCoverage(coverage, colors),
    ...(survivors === undefined ? [] : prettySurvivors(survivors, place, colors)),
    `${results.length - failed.length} passed, ${failed.length} failed`,
  ]
}

/** How many rules and files with failed tests are named. */
const mostNamed = 8

/** The rules and files whose tests failed. */
function namesOf(failed: readonly CaseResult[]): string {
  const names = [...new Set(failed.map(({ rule, case: { span } }) => rule?.id ?? span.file))]
  const more = names.length - mostNamed
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function noTests({ ruleSet, firstTest }: TestRun, colors: Colors): string[] {
  const count = rulesOf(ruleSet).length
  const whose = count === 1 ? 'that the rule works' : `that the ${count} rules work`
  const advice = firstTest && ['', `Add these to the rule ${firstTest.rule}:`, `  ${visible(firstTest.tests)}`]
  return [colors.yellow(`There are no tests, so nothing shows ${whose}`), ...(advice ?? [])]
}

function prettyCase(result: CaseResult, ruleSet: RuleSet, colors: Colors): string[] {
  const { case: each, rule, rules } = result
  const title = rule === undefined ? caseName(each) : `${rule.id} › ${caseName(each)}`
  const wanted = rule === undefined ? expectedBy(each, ruleSet) : [rule.id]
  const traces = rules
    .filter(({ rule: id, result: became }) => wanted.includes(id) || became === 'matched' || became === 'exempted')
    .flatMap(explained => [
      `    ${explained.rule}  ${explained.result}`,
      ...renderTrace(explained.conditions, 6, colors),
    ])
  const problem = problemOf(result).map(line => `    ${line}`)
  const place = visible(shownPlacesIn(ruleSet.sources)(each.span))
  return [`${colors.red('✗')} ${colors.bold(visible(title))}  ${colors.dim(place)}`, ...problem, ...traces]
}

/** How many rules that could have given the expected result are shown. */
const mostExpected = 5

/** The rules that could give the result that a case of a file expects. */
function expectedBy({ expect, callback }: Case, ruleSet: RuleSet): readonly string[] {
  if (expect.by !== undefined) return [expect.by.id]
  const able = rulesOf(ruleSet).filter(({ outcome, rule }) => {
    if (!rule.callbacks.includes(callback)) return false
    if (expect.kind === 'reject') return outcome.kind === 'reject' && outcome.code === expect.code
    return (
      outcome.kind === 'rewrite' &&
      expect.kind === 'rewrite' &&
      outcome.fields.some(each => expect.fields.has(each.field.text))
    )
  })
  return able.slice(0, mostExpected).map(({ id }) => id)
}

function prettyUnstable(results: readonly CaseResult[], place: ShowPlace, colors: Colors): string[] {
  const lines = unstableRewrites(results).map(
    ({ span, message }) => `${colors.yellow('!')} ${visible(message)}  ${colors.dim(visible(place(span)))}`,
  )
  return lines.length === 0 ? [] : [...lines, '']
}

function prettyCoverage({ neverFired, neverHeld, neverDecided }: Coverage, colors: Colors): string[] {
  const lines = [
    ...(neverFired.length > 0 ? [`No test shows these firing: ${neverFired.join(', ')}`] : []),
    ...(neverHeld.length > 0 ? [`No test shows these not firing: ${neverHeld.join(', ')}`] : []),
    ...neverDecided.map(({ rule, text, file, line, always }) => {
      return `No test makes this ${otherwise(always)}: ${visible(text)} (${rule}, ${visible(file)}:${line})`
    }),
  ]
  return lines.length === 0 ? [] : [...lines.map(line => colors.dim(line)), '']
}

function otherwise(always: Coverage['neverDecided'][number]['always']): string {
  return always === true ? 'not true' : 'true'
}

function prettySurvivors({ tried, survivors }: Survivors, place: ShowPlace, colors: Colors): string[] {
  const listed = survivors.map(
    ({ id, what, span }) => `${colors.yellow('~')} ${id}  ${what}  ${colors.dim(visible(place(span)))}`,
  )
  return [...listed, `Tests catch ${tried - survivors.length} of ${tried} small changes`, '']
}
