import type { FolderNames } from './names.ts'
import type { Reporter } from './reporter.ts'
import type { Case, Rule, RuleRef } from './rule.ts'
import type { Span } from './source.ts'
import { suggest } from './suggest.ts'

/** A folder as it is checked: the rules that could be read, and the ids of all. */
export type Readable = {
  rules: readonly Rule[]
  cases: readonly Case[]
  ids: readonly { id: string; span: Span }[]
  names: FolderNames
}

/** What only the whole folder shows: names given twice, rules that others name, tests that nothing can pass. */
export function checkFolder(readable: Readable, reporter: Reporter): void {
  checkDuplicates(readable.ids, reporter)
  const byId = new Map(readable.rules.map(rule => [rule.id, rule]))
  const known = new Set(readable.ids.map(({ id }) => id))
  const check = { ...readable, byId, known, reporter }
  for (const rule of readable.rules) {
    checkAllowed(rule, check)
    for (const each of rule.cases) checkOwnCase(each, rule, check)
  }
  for (const each of readable.cases) checkFileCase(each, check)
}

type Check = Readable & { byId: ReadonlyMap<string, Rule>; known: ReadonlySet<string>; reporter: Reporter }

function checkDuplicates(ids: Readable['ids'], reporter: Reporter): void {
  const first = new Map<string, Span>()
  for (const { id, span } of ids) {
    const other = first.get(id)
    if (other === undefined) first.set(id, span)
    else
      reporter.error(
        'duplicate-rule',
        span,
        `There is a rule "${id}" already, in ${other.file}`,
        'Give this rule another name',
      )
  }
}

function checkAllowed(rule: Rule, check: Check): void {
  if (rule.outcome.kind !== 'allow' || rule.outcome.rules === 'everything') return
  for (const reference of rule.outcome.rules) {
    if (reference.id === rule.id) {
      check.reporter.error('wrong-rule', reference.span, 'A rule cannot exempt from itself', 'Name reject rules')
      continue
    }
    const named = findRule(reference, check)
    if (named === undefined || named.outcome.kind === 'reject') continue
    const message = `"${reference.id}" refuses nothing, so nothing can be exempted from it`
    check.reporter.error('wrong-rule', reference.span, message, 'Name reject rules, or write everything')
  }
}

/** The rule of an id; reported when there is none, undefined also when it exists and has mistakes. */
function findRule({ id, span }: RuleRef, check: Check): Rule | undefined {
  if (!check.known.has(id) && !check.names.isUncertain(id)) {
    check.reporter.error('unknown-rule', span, `There is no rule "${id}"`, suggest(id, [...check.known], 'Rules'))
  }
  return check.byId.get(id)
}

/** A rule's own case runs against that rule alone. */
function checkOwnCase({ expect }: Case, rule: Rule, check: Check): void {
  const { outcome, id } = rule
  const { reporter } = check
  if (expect.by !== undefined && expect.by.id !== id) {
    const hint = `Write by: ${id}, or move the test to the tests of the file`
    reporter.error('impossible-test', expect.by.span, `Only "${id}" runs in its own tests`, hint)
    return
  }
  if (expect.kind === 'allow') return
  if (expect.kind !== outcome.kind) {
    const does = { reject: 'refuses', rewrite: 'rewrites', allow: 'exempts' }[outcome.kind]
    const hint = outcome.kind === 'allow' ? 'Write expect: allow' : `Write what "${id}" does`
    reporter.error('impossible-test', expect.span, `"${id}" ${does}, so this test cannot pass`, hint)
    return
  }
  if (expect.kind === 'reject' && outcome.kind === 'reject' && expect.code !== outcome.code) {
    const message = `"${id}" refuses with ${outcome.code}, so this test cannot pass`
    reporter.error('impossible-test', expect.span, message, `Write reject: ${outcome.code}`)
  }
  if (expect.kind === 'rewrite' && outcome.kind === 'rewrite') {
    checkRewritten(expect, [rule], `"${id}"`, reporter)
  }
}

function checkFileCase({ expect, callback }: Case, check: Check): void {
  const { reporter } = check
  const by = expect.by && findRule(expect.by, check)
  if (expect.kind === 'allow' || (expect.by !== undefined && by === undefined)) return
  // A rule with mistakes could be the one: its author is told of those first.
  if (by === undefined && check.rules.length < check.ids.length) return
  const able = (by === undefined ? check.rules : [by]).filter(
    rule => rule.mode === 'enforce' && rule.outcome.kind === expect.kind && rule.callbacks.includes(callback),
  )
  const subject = by === undefined ? `No rule in force for ${callback.name}` : `"${by.id}"`
  if (expect.kind === 'rewrite') {
    checkRewritten(expect, able, subject, reporter)
    return
  }
  const codes = able.map(({ outcome }) => (outcome as { code: number }).code)
  if (codes.includes(expect.code)) return
  const hint = codes.length === 0 ? undefined : `Codes: ${[...new Set(codes)].sort().join(', ')}`
  const verb = by === undefined ? 'refuses' : 'never refuses'
  reporter.error('impossible-test', expect.span, `${subject} ${verb} with ${expect.code}`, hint)
}

function checkRewritten(
  expect: Extract<Case['expect'], { kind: 'rewrite' }>,
  able: readonly Rule[],
  subject: string,
  reporter: Reporter,
): void {
  const fields = new Set(
    able.flatMap(({ outcome }) => (outcome.kind === 'rewrite' ? outcome.fields.map(({ field }) => field.text) : [])),
  )
  const strange = [...expect.fields.keys()].find(field => !fields.has(field))
  if (strange === undefined) return
  const hint = `Fields that are rewritten: ${[...fields].join(', ') || 'none'}`
  reporter.error(
    'impossible-test',
    expect.span,
    `${subject} ${subject.startsWith('"') ? 'does not rewrite' : 'rewrites'} "${strange}"`,
    hint,
  )
}
