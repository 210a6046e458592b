import type { Entry, Node } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Outcome, Rule } from '../rule.ts'
import { keys } from '../vocabulary.ts'
import { type Entries, type MappingForm, readMapping, required } from './mapping.ts'
import { readOutcome } from './outcome.ts'
import type { RuleName } from './rule-name.ts'
import type { Scope } from './scope.ts'
import { asText, capital, writtenEntries } from './shape.ts'

const kinds = ['reject', 'rewrite', 'allow'] as const

const eventForm: MappingForm = {
  place: '"event"',
  keys: keys.event,
  example: '{ type: reject, params: { code: 5001 } }',
  misplaced: ({ key }, all) => {
    if (!isOfCode(key)) return undefined
    return { hint: `Write params: { ${writtenEntries(all.filter(entry => isOfCode(entry.key)))} }`, meant: 'params' }
  },
}

function isOfCode(key: string): boolean {
  return keys.code.some(other => other === key)
}

/** The mode of the rule; undefined if it could not be read. */
type Mode = Rule['mode'] | undefined

/** The single outcome of a rule; undefined if invalid (reported). */
export function* readOneOutcome(
  entries: Entries,
  head: RuleName,
  mode: Mode,
  scope: Scope,
): Steps<Outcome | undefined> {
  const found = [...kinds, 'event'].flatMap(key => entries.get(key) ?? [])
  const [first, second] = found.sort((a, b) => a.keySpan.start - b.keySpan.start)
  if (first === undefined) {
    if (!entries.isUnclear && !holdsOutcome(entries.get('when')) && !holdsOutcome(entries.get('unless'))) {
      const hint = 'Write reject: 5001, or rewrite: { nickName: trim }, or allow: everything'
      const rule = head.id === undefined ? 'this rule' : `the rule "${head.id}"`
      scope.reporter.error('no-outcome', head.span, `${capital(rule)} has no outcome`, hint)
    }
    return undefined
  }
  if (second !== undefined) {
    const message = `A rule has one outcome, but "${second.key}" follows "${first.key}"`
    scope.reporter.error('two-outcomes', second.keySpan, message, 'Write a separate rule for it')
    return undefined
  }
  const kind = kinds.find(name => name === first.key)
  if (kind === undefined) return yield* readEvent(first.value, mode, scope)
  return isHeeded(kind, first.keySpan, mode, scope) ? yield* readOutcome(kind, first.value, scope) : undefined
}

/** Whether an outcome was indented too deep, into a condition: that has been reported there. */
function holdsOutcome(entry: Entry | undefined): boolean {
  return entry?.value.kind === 'map' && entry.value.entries.some(({ key }) => kinds.some(kind => kind === key))
}

/** The native spelling: `event: { type, params }`. */
function* readEvent(node: Node, mode: Mode, scope: Scope): Steps<Outcome | undefined> {
  const { reporter } = scope
  const entries = readMapping(node, eventForm, reporter)
  const found = entries && required(entries, keys.event, { node, form: eventForm, reporter })
  if (found === undefined) return undefined
  const { type, params } = found
  const name = asText(type.value, 'the type of an event', reporter)
  const kind = kinds.find(other => other === name)
  if (kind !== undefined) {
    return isHeeded(kind, type.value.span, mode, scope) ? yield* readOutcome(kind, params.value, scope) : undefined
  }
  if (name !== undefined) {
    const { span } = type.value
    reporter.error('wrong-value', span, `There is no event type "${name}"`, suggestAt(span, name, kinds, 'Types'))
  }
  return undefined
}

/**
 * Whether the outcome is possible in all callbacks of the rule; reported if not.
 *
 * Callbacks about the past can only be logged, by a reject rule in mode shadow.
 */
function isHeeded(kind: Outcome['kind'], span: Span, mode: Mode, { callbacks, reporter }: Scope): boolean {
  const past = callbacks.find(({ rejectable }) => !rejectable)
  if (past === undefined || (kind === 'reject' && mode !== 'enforce')) return true
  const { does, hint } = tooLate[kind]
  const others = callbacks.some(({ rejectable }) => rejectable) ? ', or name only callbacks that a rule can reject' : ''
  const message = `${past.name} is sent after the fact, so "${kind}" ${does}`
  reporter.error('not-rejectable', span, message, `${hint}${others}`)
  return false
}

const tooLate: Record<Outcome['kind'], { does: string; hint: string }> = {
  reject: { does: 'is too late', hint: 'Add mode: shadow, to see in the log when the rule fires' },
  rewrite: {
    does: 'changes nothing',
    hint: 'Write reject: 5001 and mode: shadow, to see in the log when the rule fires',
  },
  allow: { does: 'exempts from nothing', hint: 'Write unless: in the rule that logs the call' },
}
