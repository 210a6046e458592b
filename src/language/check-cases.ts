import type { Check } from './check-folder.ts'
import { replacing } from './fix.ts'
import type { Case, Rule } from './rule.ts'

/** Tests that nothing in the folder can pass. Pauses now and then. */
export function* checkCases(check: Check): Generator<undefined> {
  for (const [at, rule] of check.rules.entries()) {
    for (const each of rule.cases) checkOwnCase(each, rule, check)
    if (at % 100 === 0) yield
  }
  for (const each of check.cases) {
    checkFileCase(each, check)
    yield
  }
}

/** A rule's own case runs against that rule alone. */
function checkOwnCase({ expect }: Case, rule: Rule, { reporter }: Check): void {
  const { outcome, id } = rule
  if (expect.by !== undefined && expect.by.id !== id) {
    const advice = {
      hint: `Write by: ${id}, or move the test to the tests of the file`,
      fixes: [replacing(expect.by.span, id, `Write by: ${id}`)],
    }
    reporter.error('impossible-test', expect.by.span, `Only "${id}" runs in its own tests`, advice)
    return
  }
  if (expect.kind === 'allow') return
  if (expect.kind !== outcome.kind) {
    const does = { reject: 'refuses', rewrite: 'rewrites', allow: 'exempts' }[outcome.kind]
    const hint = `Write what "${id}" does: ${exampleOf(outcome)}`
    reporter.error('impossible-test', expect.span, `"${id}" ${does}, so this test cannot pass`, hint)
    return
  }
  if (expect.kind === 'reject' && outcome.kind === 'reject' && expect.code !== outcome.code) {
    const message = `"${id}" refuses with ${outcome.code}, so this test cannot pass`
    const fixes = [replacing(expect.span, `${outcome.code}`, `Write reject: ${outcome.code}`)]
    reporter.error('impossible-test', expect.span, message, { hint: `Write reject: ${outcome.code}`, fixes })
  }
  if (expect.kind === 'rewrite') checkRewritten(expect, [rule], `"${id}" does not rewrite`, reporter)
}

function exampleOf(outcome: Rule['outcome']): string {
  switch (outcome.kind) {
    case 'reject':
      return `expect: { reject: ${outcome.code} }`
    case 'rewrite':
      return 'expect: { rewrite: … }'
    case 'allow':
      return 'expect: allow'
  }
}

/** A file's case runs against the whole set. */
function checkFileCase({ expect, callback }: Case, { rules, isWhole, reporter, find }: Check): void {
  const by = expect.by && find(expect.by, 'any')
  if (expect.kind === 'allow' || (expect.by !== undefined && by === undefined)) return
  // A rule with mistakes could be the one: its author is told of those first.
  if (by === undefined && !isWhole) return
  const able = (by === undefined ? rules : [by]).filter(
    rule => rule.mode === 'enforce' && rule.outcome.kind === expect.kind && rule.callbacks.includes(callback),
  )
  if (expect.kind === 'rewrite') {
    const subject = by === undefined ? `No rule in force for ${callback.name} rewrites` : `"${by.id}" does not rewrite`
    checkRewritten(expect, able, subject, reporter)
    return
  }
  const codes = able.flatMap(({ outcome }) => (outcome.kind === 'reject' ? outcome.code : []))
  if (codes.includes(expect.code)) return
  const subject = by === undefined ? `No rule in force for ${callback.name} refuses` : `"${by.id}" never refuses`
  const isOff = by !== undefined && by.mode !== 'enforce'
  const hint = isOff
    ? `"${by.id}" is in mode ${by.mode}`
    : `Codes here: ${[...new Set(codes)].sort().join(', ') || 'none'}`
  reporter.error('impossible-test', expect.span, `${subject} with ${expect.code}`, hint)
}

function checkRewritten(
  expect: Extract<Case['expect'], { kind: 'rewrite' }>,
  able: readonly Rule[],
  subject: string,
  reporter: Check['reporter'],
): void {
  const fields = new Set(
    able.flatMap(({ outcome }) => (outcome.kind === 'rewrite' ? outcome.fields.map(({ field }) => field.text) : [])),
  )
  const strange = [...expect.fields.keys()].find(field => !fields.has(field))
  if (strange === undefined) return
  const hint = `Fields that are rewritten: ${[...fields].join(', ') || 'none'}`
  reporter.error('impossible-test', expect.places.get(strange) ?? expect.span, `${subject} "${strange}"`, hint)
}
