import type { Node } from '../../yaml/node.ts'
import { firstIn, isSmallEnough } from '../../yaml/node-size.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { Condition } from '../condition.ts'
import type { Rule } from '../rule.ts'
import { bounded, readBounded } from './bounded.ts'
import { readCallbacks } from './callbacks.ts'
import { readCases } from './cases.ts'
import { checkMatches } from './check-matches.ts'
import { checkWaits } from './check-waits.ts'
import type { FileContext } from './file-context.ts'
import { type Entries, readMapping } from './mapping.ts'
import { readOneOutcome } from './one-outcome.ts'
import { ruleForm } from './rule-keys.ts'
import { type RuleName, readRuleName } from './rule-name.ts'
import type { Scope } from './scope.ts'
import { readSettings } from './settings.ts'
import { asText } from './shape.ts'

/**
 * A rule as far as it could be read.
 *
 * A rule with errors also has a name that others can use; `isNamed` is false if that may be the wrong one. `tests` is
 * the number of tests of its conditions when every `use` in them is expanded.
 */
export type ReadRule = { id?: { id: string; span: Span }; isNamed: boolean; tests: number; rule?: Rule }

/** Reads one rule; if invalid (reported), the result has no `rule`. Pauses between its parts. */
export function* readRuleInSteps(node: Node, file: FileContext): Steps<ReadRule> {
  const { reporter, names } = file.scope
  if (!isSmallEnough(node, firstIn(node), reporter)) return unnamed
  yield* names.patterns.ready(node)
  const form = ruleForm(file.scope.text)
  const read = readMapping(node, form, reporter)
  if (read === undefined) return unnamed
  if (node.kind === 'map' && node.entries.length === 0) {
    reporter.error('empty', node.span, 'This rule is empty', `Write ${form.example}`)
    return unnamed
  }
  const entries = file.isUnclear ? Object.assign(read, { isUnclear: true }) : read
  const head = readRuleName(node, entries, reporter)
  const id = { ...(head.id !== undefined && { id: { id: head.id, span: head.span } }), isNamed: head.isRight, tests: 0 }
  const own = entries.get('callback')
  const callbacks = own === undefined ? file.callbacks : readCallbacks(own.value, reporter)
  // A missing or invalid callback has been reported: once per file for all of its rules.
  if (head.isOther || callbacks === undefined || callbacks.length === 0) return id
  const isZoned = node.kind === 'map' && node.entries.some(({ key }) => key === 'zone')
  const clock = isZoned ? { zone: undefined, isReported: true } : file.scope.clock
  const body = yield* readBody(entries, head, file, { ...file.scope, callbacks, clock })
  if (body === undefined || head.id === undefined || !head.isRight) return id
  const tests = names.testsIn(body.when) + (body.unless ? names.testsIn(body.unless) : 0)
  const zone = clock.zone && { zone: clock.zone.name }
  return { ...id, tests, rule: { id: head.id, span: head.span, callbacks, ...zone, ...body } }
}

const unnamed: ReadRule = { isNamed: false, tests: 0 }

type Body = Omit<Rule, 'id' | 'span' | 'callbacks' | 'zone'>

/** Everything but the name: every part is read, so that all mistakes show at once. */
function* readBody(entries: Entries, head: RuleName, file: FileContext, scope: Scope): Steps<Body | undefined> {
  const when = yield* readWhen(entries, head, file, scope)
  yield
  const unlessEntry = entries.get('unless')
  const unless = unlessEntry && (yield* readBounded(unlessEntry, scope, head.id))
  yield
  const settings = readSettings(entries, scope)
  const outcome = yield* readOneOutcome(entries, head, settings?.mode, scope)
  yield
  const testsEntry = entries.get('tests')
  const cases = testsEntry === undefined ? [] : yield* readCases(testsEntry, scope)
  const whyEntry = entries.get('why')
  const why = whyEntry && asText(whyEntry.value, '"why"', scope.reporter, 'Write a single text')
  const texts = entries.get('reject') ?? entries.get('event')
  const areFound =
    !when ||
    !outcome ||
    !texts ||
    (checkMatches(outcome, when, texts, scope.reporter) && checkWaits(outcome, when, texts, scope.reporter))
  if (!areFound || !when || !outcome || !settings || (unlessEntry && !unless)) return undefined
  return { ...(why !== undefined && { why }), when, ...(unless && { unless }), outcome, ...settings, cases }
}

function* readWhen(entries: Entries, head: RuleName, file: FileContext, scope: Scope): Steps<Condition | undefined> {
  const { reporter } = scope
  const [when, native] = [entries.get('when'), entries.get('conditions')]
  if (when !== undefined && native !== undefined) {
    const message = '"conditions" means the same as "when", but both are here'
    reporter.error('duplicate-key', native.keySpan, message, 'Keep one')
    return undefined
  }
  const entry = when ?? native
  if (file.readyWhen !== undefined) yield* file.readyWhen(scope)
  const shared = file.when(scope)
  if (entry === undefined) {
    const hint = 'Write when: and a condition, as in when: { nickName: present }'
    if (!entries.isUnclear) reporter.error('missing-key', head.span, 'This rule has no condition', hint)
    return undefined
  }
  const inner: Scope = entry === when ? { ...scope, counts: 'own calls' } : scope
  const own = yield* readBounded(entry, inner, head.id)
  if (own === undefined || shared === null) return undefined
  if (shared === undefined) return own
  return bounded({ kind: 'all', parts: [shared, own], text: 'all of', span: own.span }, entry, scope)
}
