import { replacing } from '../../yaml/fix.ts'
import type { Case, Expectation, Rule, ShareSide } from '../rule.ts'
import type { Check } from './readable.ts'

/** How many cases are checked in a fraction of a millisecond. */
const casesInPiece = 200

/** Reports tests that can never pass in this folder. Pauses after each piece of work. */
export function* checkCases(check: Check): Generator<undefined> {
  let looked = 0
  for (const rule of check.rules) {
    for (const each of rule.cases) {
      checkOwnCase(each, rule, check)
      if (++looked % casesInPiece === 0) yield
    }
    if (++looked % casesInPiece === 0) yield
  }
  if (check.cases.length === 0) return
  const able = yield* rulesInForce(check.rules)
  for (const each of check.cases) {
    if (!check.reporter.isFullFor(each.span.file)) checkFileCase(each, able, check)
    yield
  }
}

/** What enforced rules can do to calls of a callback: codes that they reject with, fields that they rewrite. */
type Able = { codes: Set<number>; fields: Set<string> }

/** By callback: what all enforced rules can do, and what those without a share can. `shared` has a rule with one. */
type InForce = { all: Map<string, Able>; whole: Map<string, Able>; shared: Set<string> }

function* rulesInForce(rules: readonly Rule[]): Generator<undefined, InForce> {
  const able: InForce = { all: new Map(), whole: new Map(), shared: new Set() }
  for (const [at, rule] of rules.entries()) {
    if (at % casesInPiece === 0) yield
    if (rule.mode !== 'enforce') continue
    for (const { name } of rule.callbacks) {
      addTo(ableIn(able.all, name), rule)
      if (rule.share === undefined) addTo(ableIn(able.whole, name), rule)
      else able.shared.add(name)
    }
  }
  return able
}

function ableIn(able: Map<string, Able>, callback: string): Able {
  const known = able.get(callback) ?? { codes: new Set(), fields: new Set() }
  able.set(callback, known)
  return known
}

function addTo(able: Able, { outcome }: Rule): Able {
  if (outcome.kind === 'reject') able.codes.add(outcome.code)
  if (outcome.kind === 'rewrite') for (const { field } of outcome.fields) able.fields.add(field.text)
  return able
}

/** What one rule can do to a call of a case. */
function ableOf(rule: Rule, { callback, share }: Case): Able {
  const nothing: Able = { codes: new Set(), fields: new Set() }
  const isIn = rule.mode === 'enforce' && (share?.side !== 'out' || rule.share === undefined)
  return isIn && rule.callbacks.includes(callback) ? addTo(nothing, rule) : nothing
}

/** A rule's own case runs against that rule alone. */
function checkOwnCase({ expect, share }: Case, rule: Rule, { reporter }: Check): void {
  const { outcome, id } = rule
  if (share !== undefined && rule.share === undefined) {
    const hint = 'Remove "share", or write mode: { enforce: 10 %, by: … } in the rule'
    reporter.error('impossible-test', share.span, `"${id}" has no share of which a call could be in or out`, hint)
    return
  }
  if (share?.side === 'out' && expect.kind !== 'allow') {
    const message = `Outside its share "${id}" is in shadow, so this test cannot pass`
    reporter.error('impossible-test', expect.span, message, 'Write expect: allow, or share: in')
    return
  }
  if (expect.by !== undefined && expect.by.id !== id) {
    const advice = {
      hint: `Write by: ${id}, or move the test to "tests" of the file`,
      fixes: [replacing(expect.by.span, id, `Write by: ${id}`)],
    }
    reporter.error('impossible-test', expect.by.span, `Only "${id}" itself runs in its own tests`, advice)
    return
  }
  if (expect.kind === 'allow') return
  if (expect.kind !== outcome.kind) {
    const does = { reject: 'refuses', rewrite: 'rewrites', allow: 'exempts' }[outcome.kind]
    const hint = `Write the outcome of "${id}": ${exampleOf(outcome)}`
    reporter.error('impossible-test', expect.span, `"${id}" ${does}, so this test cannot pass`, hint)
    return
  }
  if (expect.kind === 'reject' && outcome.kind === 'reject' && expect.code !== outcome.code) {
    const message = `"${id}" rejects with ${outcome.code}, so this test cannot pass`
    const fixes = [replacing(expect.span, `${outcome.code}`, `Write reject: ${outcome.code}`)]
    reporter.error('impossible-test', expect.span, message, { hint: `Write reject: ${outcome.code}`, fixes })
  }
  if (expect.kind === 'reject' && outcome.kind === 'reject') checkMessage(expect, outcome, id, reporter)
  if (expect.kind === 'rewrite') {
    const { fields } = addTo({ codes: new Set(), fields: new Set() }, rule)
    checkRewritten(expect, fields, `"${id}" does not rewrite`, reporter)
  }
}

/** A message without fields is known in advance. */
function checkMessage(
  { message: wanted }: Extract<Case['expect'], { kind: 'reject' }>,
  { message }: Extract<Rule['outcome'], { kind: 'reject' }>,
  id: string,
  reporter: Check['reporter'],
): void {
  if (wanted === undefined) return
  const [text, ...others] = message ?? []
  if (message === undefined) {
    const hint = `Write reject: { code: …, message: ${JSON.stringify(wanted.text)} } in the rule, or remove the message here`
    reporter.error('impossible-test', wanted.span, `"${id}" has no message, so users never see this text`, hint)
  } else if (typeof text === 'string' && others.length === 0 && text !== wanted.text) {
    const hint = `Write message: ${JSON.stringify(text)}`
    reporter.error('impossible-test', wanted.span, `"${id}" has a different message, so this test cannot pass`, hint)
  }
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

/** A file's case runs against the whole rule set. */
function checkFileCase(each: Case, inForce: InForce, { isWhole, reporter, find }: Check): void {
  const { expect, callback, share } = each
  if (share !== undefined && isWhole && !inForce.shared.has(callback.name)) {
    const message = `No enforced rule for ${callback.name} has a share of which a call could be in or out`
    reporter.error('impossible-test', share.span, message, 'Remove "share"')
    return
  }
  const by = expect.by && find(expect.by, 'any')
  if (expect.kind === 'allow' || (expect.by !== undefined && by === undefined)) return
  // A rule with errors could be the one: those errors are reported first.
  if (by === undefined && !isWhole) return
  const ableOfAll = share?.side === 'out' ? inForce.whole : inForce.all
  const able = by === undefined ? ableOfAll.get(callback.name) : ableOf(by, each)
  if (expect.kind === 'rewrite') {
    const subject = by === undefined ? `No enforced rule for ${callback.name} rewrites` : `"${by.id}" does not rewrite`
    checkRewritten(expect, able?.fields ?? new Set(), subject, reporter)
    return
  }
  if (able?.codes.has(expect.code)) return
  const subject = by === undefined ? `No enforced rule for ${callback.name} rejects` : `"${by.id}" never rejects`
  const codes = `Codes here: ${[...(able?.codes ?? [])].sort().join(', ') || 'none'}`
  const hint = (by && whyUnable(by, share?.side)) ?? codes
  reporter.error('impossible-test', expect.span, `${subject} with ${expect.code}`, hint)
}

function whyUnable({ id, mode, share }: Rule, side: ShareSide | undefined): string | undefined {
  if (mode !== 'enforce') return `"${id}" has mode: ${mode}`
  return share !== undefined && side === 'out' ? `"${id}" is in shadow outside its share` : undefined
}

function checkRewritten(
  expect: Extract<Expectation, { kind: 'rewrite' }>,
  fields: ReadonlySet<string>,
  subject: string,
  reporter: Check['reporter'],
): void {
  const strange = [...expect.fields.keys()].find(field => !fields.has(field))
  if (strange === undefined) return
  const hint = `Rewritten fields: ${[...fields].join(', ') || 'none'}`
  reporter.error('impossible-test', expect.places.get(strange) ?? expect.span, `${subject} "${strange}"`, hint)
}
