import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { suggestAt } from '../advice/suggested.ts'
import { nounNames } from '../read/scope.ts'
import type { Rule } from '../rule.ts'
import { checkCases } from './check-cases.ts'
import type { FolderFindings } from './findings.ts'
import type { FolderNames } from './names.ts'
import type { Check, Readable } from './readable.ts'

/**
 * Checks that need the whole folder: duplicate names, references to rules, tests that can never pass.
 *
 * Pauses after each piece of work.
 */
export function* checkFolder(readable: Readable, reporter: FolderFindings): Generator<undefined> {
  checkLanguages(readable, reporter)
  checkProtected(readable, reporter)
  yield* checkDuplicates(readable, reporter)
  const check = { ...readable, reporter, find: yield* finder(readable, reporter) }
  for (const rule of readable.rules) yield* checkAllowed(rule, check)
  yield
  yield* checkCases(check)
  if (readable.isWhole) yield* checkUnused(readable.names, reporter)
}

/** How many things are checked in a fraction of a millisecond. */
const thingsInPiece = 500

const unusedCodes = {
  list: 'unused-list',
  date: 'unused-dates',
  condition: 'unused-condition',
  code: 'unused-code',
  counter: 'unused-counter',
} as const

/** An unused name is either left over or misspelt where it was meant to be used. */
function* checkUnused(names: FolderNames, reporter: Reporter): Generator<undefined> {
  let looked = 0
  for (const { noun, name, span } of names.unused()) {
    if (++looked % thingsInPiece === 0) yield
    if (noun === 'rule') continue
    const hint = `Use it in a rule, or remove it. If a rule was meant to use it, check the spelling there`
    reporter.warning(unusedCodes[noun], span, `The ${nounNames[noun]} "${name}" is not used`, hint)
  }
}

/** All files have one meaning, so they cannot be written for two. */
function checkLanguages({ languages, place }: Readable, reporter: Reporter): void {
  const [first] = languages
  for (const { number, span } of languages) {
    if (first === undefined || number === first.number) continue
    const message = `This file is written for language ${number}, and another one for ${first.number}`
    reporter.error('two-languages', span, message, `The other one is at ${place(first.span)}; state one number once`)
  }
}

function checkProtected({ protects, names }: Readable, reporter: Reporter): void {
  for (const { name, span } of protects) {
    if (names.lists.has(name) || names.isUncertain('list', name)) continue
    const advice = suggestAt(span, name, [...names.lists.keys()], 'Lists')
    reporter.error('unknown-list', span, `There is no list "${name}"`, advice)
  }
}

function* checkDuplicates({ ids, place }: Readable, reporter: Reporter): Generator<undefined> {
  const first = new Map<string, Span>()
  for (const [at, { id, span }] of ids.entries()) {
    if (at % thingsInPiece === 0) yield
    const other = first.get(id)
    if (other === undefined) {
      first.set(id, span)
      continue
    }
    const hint = `The first is at ${place(other)}; rename this one`
    reporter.error('duplicate-rule', span, `Duplicate rule "${id}"`, hint)
  }
}

function* finder({ rules, ids, names }: Readable, reporter: Reporter): Steps<Check['find']> {
  const byId = new Map<string, Rule>()
  for (const [at, rule] of rules.entries()) {
    byId.set(rule.id, rule)
    if (at % thingsInPiece === 0) yield
  }
  const known = new Set<string>()
  for (const [at, { id }] of ids.entries()) {
    if (at % thingsInPiece === 0) yield
    // It is unclear which of the two is meant.
    if (known.has(id)) byId.delete(id)
    known.add(id)
  }
  let rejects: readonly string[] | undefined
  const rejectIds = () => {
    rejects ??= ['everything', ...[...known].filter(name => isReject(byId.get(name)))]
    return rejects
  }
  return ({ id, span }, wanted) => {
    if (!known.has(id) && !names.isUncertain('rule', id)) {
      const all = wanted === 'any' ? [...known] : rejectIds()
      reporter.error('unknown-rule', span, `There is no rule "${id}"`, suggestAt(span, id, all, 'Rules'))
    }
    return byId.get(id)
  }
}

/** A rule with errors may be one. */
function isReject(rule: Rule | undefined): boolean {
  return rule === undefined || rule.outcome.kind === 'reject'
}

function* checkAllowed({ id, outcome }: Rule, { reporter, find }: Check): Generator<undefined> {
  if (outcome.kind !== 'allow' || outcome.rules === 'everything') return
  for (const [at, reference] of outcome.rules.entries()) {
    if (at % 5 === 0) yield
    if (reporter.isFullFor(reference.span.file)) return
    if (reference.id === 'everything') {
      const hint = 'Write allow: everything, or remove everything'
      reporter.error('wrong-rule', reference.span, '"everything" cannot be combined with rule names', hint)
      continue
    }
    if (reference.id === id) {
      const hint = 'Name reject rules; for an exception to a reject rule, write unless in that rule'
      reporter.error('wrong-rule', reference.span, `The rule "${id}" cannot exempt calls from itself`, hint)
      continue
    }
    const named = find(reference, 'reject')
    if (named === undefined || named.outcome.kind === 'reject') continue
    const message = `"${reference.id}" rejects nothing, so calls cannot be exempted from it`
    reporter.error('wrong-rule', reference.span, message, 'Name reject rules, or write everything')
  }
}
