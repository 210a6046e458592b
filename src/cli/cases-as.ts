import { actualOf, caseName, expectedOf, problemOf } from '../cases/describe-case.ts'
import { visible } from '../language/show/visible.ts'
import type { PlaceOf, ShowPlace } from '../yaml/places.ts'
import type { TestRun } from './test-run.ts'

/** Results as lines of the Test Anything Protocol, version 13. */
export function asTap({ results }: TestRun, place: ShowPlace): string[] {
  return [
    'TAP version 13',
    results.length === 0 ? '1..0 # There are no tests' : `1..${results.length}`,
    ...results.flatMap((result, at) => {
      const { case: each, rule, status } = result
      const title = visible(`${rule === undefined ? '' : `${rule.id}: `}${caseName(each)}`).replaceAll('#', '\\#')
      if (status === 'passed') return [`ok ${at + 1} - ${title}`]
      const message = [
        '  ---',
        `  at: ${visible(place(each.span))}`,
        ...problemOf(result).map(line => `  # ${line}`),
        '  ...',
      ]
      return [`not ok ${at + 1} - ${title}`, ...message]
    }),
  ]
}

/** Results as lines of JUnit XML. */
export function asJunit({ results }: TestRun, place: ShowPlace): string[] {
  const failures = results.filter(({ status }) => status !== 'passed').length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="hookwarden" tests="${results.length}" failures="${failures}">`,
    ...results.flatMap(result => {
      const { case: each, rule, status } = result
      const head = `  <testcase classname="${xml(rule?.id ?? visible(each.span.file))}" name="${xml(caseName(each))}"`
      if (status === 'passed') return [`${head}/>`]
      const text = [visible(place(each.span)), ...problemOf(result)].join('\n')
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
    .split('\n')
    .map(visible)
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}

/** Results, coverage and mutants as plain data. */
export function asJson({ results, coverage, survivors }: TestRun, place: PlaceOf): object {
  const cases = results.map(({ case: each, rule, status, decision, rules, unstable }) => {
    const { line, column } = place(each.span)
    const outcome = { expected: expectedOf(each), actual: actualOf(decision, each) }
    const where = { file: each.span.file, line, column }
    return {
      ...(rule && { rule: rule.id }),
      name: caseName(each),
      ...where,
      status,
      isUnstable: unstable !== undefined,
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
