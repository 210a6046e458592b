import type { Callback } from '../../callbacks/callback.ts'
import { callbacks as allCallbacks } from '../../callbacks/catalogue.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { firstIn, isSmallEnough } from '../../yaml/node-size.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { caseEntry, joinDashes } from '../advice/stray-dashes.ts'
import { findField } from '../field.ts'
import type { Case } from '../rule.ts'
import { keys } from '../vocabulary.ts'
import { readCallbacks } from './callbacks.ts'
import { readMoment } from './date.ts'
import { readEarlier } from './earlier.ts'
import { readExpectation } from './expectation.ts'
import type { RuleFile } from './file-context.ts'
import { readGiven } from './given.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import type { Scope } from './scope.ts'
import { asList, asText, writtenEntries } from './shape.ts'

/**
 * The owner of the cases: a rule's are for its callbacks, a file's for any; they default to the callbacks of the file.
 */
type Owner = { scope: Scope; isFile: boolean; span: Span }

const form: MappingForm = {
  place: 'a test',
  keys: keys.case,
  example: '{ given: { nickName: admin }, expect: { reject: 5001 } }',
  misplaced: ({ key }, entries) => {
    if (key === 'share') return { hint: 'Write share: in or share: out under "given"', meant: 'given' }
    if (!allCallbacks.some(callback => findField(key, callback))) return undefined
    const fields = entries.filter(other => allCallbacks.some(callback => findField(other.key, callback)))
    return { hint: `Write values under "given": given: { ${writtenEntries(fields)} }`, meant: 'given' }
  },
}

/** The cases under a rule's `tests:`; invalid ones are reported and skipped. */
export function* readCases({ keySpan, value }: Entry, scope: Scope): Generator<undefined, readonly Case[]> {
  const most = limits.casesOfRule
  if (value.kind === 'list' && value.items.length > most) {
    const message = `This rule has ${shownCount(value.items.length)} tests, but the maximum is ${shownCount(most)}`
    scope.reporter.error('too-large', keySpan, message, 'Move some to "tests" of the file')
    return []
  }
  return yield* readList(value, { scope, isFile: false, span: keySpan })
}

/** The cases of a file, for the whole rule set; invalid ones are reported and skipped. */
export function* readFileCases({ entries, context }: RuleFile): Generator<undefined, readonly Case[]> {
  const entry = entries.get('tests')
  const { callbacks = [], scope } = context
  const isWrong = context.callbacks !== undefined && callbacks.length === 0
  if (entry === undefined || isWrong) return []
  return yield* readList(entry.value, { scope: { ...scope, callbacks }, isFile: true, span: entry.keySpan })
}

/** How many cases are read in a fraction of a millisecond. */
const casesInPiece = 20

function* readList(node: Node, owner: Owner): Generator<undefined, readonly Case[]> {
  const { reporter } = owner.scope
  const hint = 'Start each test with a dash: - { given: …, expect: … }'
  const cases: Case[] = []
  const items = joinDashes(asList(node, '"tests"', reporter, hint) ?? [], caseEntry, owner.scope)
  for (const [at, item] of items.entries()) {
    if (at % casesInPiece === 0) yield
    if (reporter.isFull) break
    const read = isSmallEnough(item, firstIn(item), reporter) ? yield* readCase(item, owner) : undefined
    if (read !== undefined) cases.push(read)
  }
  return cases
}

function* readCase(node: Node, owner: Owner): Steps<Case | undefined> {
  const { reporter } = owner.scope
  const entries = readMapping(node, form, reporter)
  if (entries === undefined) return undefined
  const callback = readCallback(entries.get('callback'), owner)
  const found = required(entries, ['given', 'expect'], { node, form, reporter })
  if (callback === undefined || found === undefined) return undefined
  const scope = { ...owner.scope, callbacks: [callback] }
  const nameEntry = entries.get('name')
  const name = nameEntry && asText(nameEntry.value, 'the name of a test', reporter)
  const given = yield* readGiven(found.given.value, scope)
  const at = readMoment(entries.get('at'), scope)
  const earlier = entries.get('after')
  const after = earlier && given && (yield* readEarlier(earlier, { callback, given: given.values }, scope))
  const expect = yield* readExpectation(found.expect.value, scope)
  if (given === undefined || expect === undefined || at === 'wrong') return undefined
  if (earlier !== undefined && after === undefined) return undefined
  const span = nameEntry?.value.span ?? expect.span
  const when = { ...(at !== undefined && { at }), ...(after && { after }) }
  const { values, share } = given
  return {
    ...(name !== undefined && { name }),
    span,
    callback,
    given: values,
    ...(share && { share }),
    ...when,
    expect,
  }
}

/** The callback of a case: its own, else the first one of its rule or file. */
function readCallback(entry: Entry | undefined, { scope, isFile, span }: Owner): Callback | undefined {
  const { callbacks, reporter } = scope
  const [first] = callbacks
  if (entry === undefined) {
    const hint = 'Write callback: beforeSetGroupMemberInfo (or another) at the top of the file, or in each test'
    if (first === undefined) reporter.error('missing-key', span, 'These tests do not name a callback', hint)
    return first
  }
  const [own, second] = readCallbacks(entry.value, reporter)
  if (second !== undefined) {
    reporter.error('wrong-shape', entry.value.span, 'A test takes one callback', `Write ${own?.name}`)
    return undefined
  }
  if (own === undefined || isFile || callbacks.includes(own)) return own
  const hint = `Callbacks here: ${callbacks.map(({ name }) => name).join(', ')}`
  reporter.error('impossible-test', entry.value.span, `This rule is not for ${own.name}`, hint)
  return undefined
}
