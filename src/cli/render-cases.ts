import type { Colors } from 'picocolors/types.js'
import type { Coverage } from '../cases/coverage.ts'
import type { Survivors } from '../cases/mutate.ts'
import type { CaseResult } from '../cases/run-case.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { lineStarts, type Place, placeAt, type Span } from '../language/source.ts'
import { renderTrace } from './render-report.ts'
import type { TestOptions, TestRun } from './test.ts'
import { actualOf, expectedOf, nameOf, problemOf } from './told-case.ts'

/** The results of tests as text that ends with a line break. Pure. */
export function renderCases(run: TestRun, format: TestOptions['format'], colors: Colors): string {
  const place = placesIn(run.ruleSet)
  const lines = {
    pretty: () => pretty(run, place, colors),
    tap: () => tap(run, place),
    junit: () => junit(run, place),
    json: () => [JSON.stringify(asJson(run, place), null, 2)],
  }[format]()
  return `${lines.join('\n')}\n`
}

/** The cases that did not pass, as text; empty when all did. Pure. */
export function renderFailures(ruleSet: RuleSet, results: readonly CaseResult[], colors: Colors): string {
  const place = placesIn(ruleSet)
  const failed = results.filter(({ status }) => status !== 'passed')
  return failed.flatMap(result => [...prettyCase(result, place, colors), '', '']).join('\n')
}

type Places = (span: Span) => Place & { text: string }

function placesIn({ sources }: RuleSet): Places {
  return span => {
    const { line, column } = placeAt(lineStarts(sources.get(span.file) ?? ''), span.start)
    return { line, column, text: `${span.file}:${line}:${column}` }
  }
}

function pretty({ results, coverage, survivors }: TestRun, place: Places, colors: Colors): string[] {
  const failed = results.filter(({ status }) => status !== 'passed')
  const unstable = results.filter(({ isUnstable }) => isUnstable)
  return [
    ...failed.flatMap(result => [...prettyCase(result, place, colors), '']),
    ...unstable.map(({ case: each }) => {
      return `${colors.yellow('!')} ${place(each.span).text}  the rewrites change their own result: ${nameOf(each)}`
    }),
    ...prettyCoverage(coverage, colors),
    ...(survivors === undefined ? [] : prettySurvivors(survivors, place, colors)),
    `${results.length - failed.length} passed, ${failed.length} failed`,
  ]
}

function prettyCase(result: CaseResult, place: Places, colors: Colors): string[] {
  const { case: each, rule, rules } = result
  const title = rule === undefined ? nameOf(each) : `${rule.id} › ${nameOf(each)}`
  const traces = rules
    .filter(({ rule: id, result: became }) => rule?.id === id || became === 'matched' || became === 'exempted')
    .flatMap(explained => [
      `    ${explained.rule}  ${explained.result}`,
      ...renderTrace(explained.conditions, 6, colors),
    ])
  const problem = problemOf(result).map(line => `    ${line}`)
  return [`${colors.red('✗')} ${colors.bold(title)}  ${colors.dim(place(each.span).text)}`, ...problem, ...traces]
}

function prettyCoverage({ neverFired, neverHeld, neverDecided }: Coverage, colors: Colors): string[] {
  const lines = [
    ...(neverFired.length > 0 ? [`No test makes these fire: ${neverFired.join(', ')}`] : []),
    ...(neverHeld.length > 0 ? [`No test keeps these from firing: ${neverHeld.join(', ')}`] : []),
    ...neverDecided.map(
      ({ rule, text, file, line, always }) => `In every test this is ${always}: ${text} (${rule}, ${file}:${line})`,
    ),
  ]
  return lines.length === 0 ? [] : [...lines.map(line => colors.dim(line)), '']
}

function prettySurvivors({ tried, survivors }: Survivors, place: Places, colors: Colors): string[] {
  const listed = survivors.map(
    ({ id, what, span }) => `${colors.yellow('~')} ${id}  ${what}  ${colors.dim(place(span).text)}`,
  )
  return [...listed, `${tried - survivors.length} of ${tried} small changes are noticed by a test`, '']
}

function tap({ results }: TestRun, place: Places): string[] {
  return [
    'TAP version 13',
    `1..${results.length}`,
    ...results.flatMap((result, at) => {
      const { case: each, rule, status } = result
      const title = `${rule === undefined ? '' : `${rule.id}: `}${nameOf(each)}`.replaceAll('#', '\\#')
      if (status === 'passed') return [`ok ${at + 1} - ${title}`]
      const message = [
        '  ---',
        `  at: ${place(each.span).text}`,
        ...problemOf(result).map(line => `  # ${line}`),
        '  ...',
      ]
      return [`not ok ${at + 1} - ${title}`, ...message]
    }),
  ]
}

function junit({ results }: TestRun, place: Places): string[] {
  const failures = results.filter(({ status }) => status !== 'passed').length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="hookwarden" tests="${results.length}" failures="${failures}">`,
    ...results.flatMap(result => {
      const { case: each, rule, status } = result
      const head = `  <testcase classname="${xml(rule?.id ?? each.span.file)}" name="${xml(nameOf(each))}"`
      if (status === 'passed') return [`${head}/>`]
      const text = [place(each.span).text, ...problemOf(result)].join('\n')
      return [
        `${head}>`,
        `    <failure message="${xml(problemOf(result)[0] ?? '')}">${xml(text)}</failure>`,
        '  </testcase>',
      ]
    }),
    '</testsuite>',
  ]
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}

function asJson({ results, coverage, survivors }: TestRun, place: Places): object {
  const cases = results.map(({ case: each, rule, status, decision, rules, isUnstable }) => {
    const { line, column } = place(each.span)
    const outcome = { expected: expectedOf(each), actual: actualOf(decision) }
    const where = { file: each.span.file, line, column }
    return {
      ...(rule && { rule: rule.id }),
      name: nameOf(each),
      ...where,
      status,
      isUnstable,
      ...outcome,
      ...(status !== 'passed' && { rules }),
    }
  })
  const failed = cases.filter(({ status }) => status !== 'passed').length
  const mutants = survivors && {
    tried: survivors.tried,
    survivors: survivors.survivors.map(({ id, what, span }) => ({
      rule: id,
      what,
      file: span.file,
      line: place(span).line,
    })),
  }
  return { passed: cases.length - failed, failed, cases, coverage, ...(mutants && { mutants }) }
}
