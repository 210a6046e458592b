import type { Callback } from '../callbacks/callback.ts'
import { instantOf, oneDayMs, readInstant, readLocal } from './clock.ts'
import type { Condition } from './condition.ts'
import { asText, type Entries, readMapping, shapeOf } from './mapping.ts'
import type { Entry, Node } from './node.ts'
import { readCallbacks } from './read-callbacks.ts'
import { readCases } from './read-cases.ts'
import { readCondition } from './read-condition.ts'
import { readOutcome } from './read-outcome.ts'
import type { Outcome, Rule } from './rule.ts'
import type { Scope } from './scope.ts'
import type { Span } from './source.ts'
import { nearest, suggest } from './suggest.ts'
import { keys, modes } from './vocabulary.ts'

/** What a file says for all of its rules. */
export type FileContext = {
  scope: Omit<Scope, 'callbacks'>
  /** Undefined when the file names none; empty when what it names is wrong. */
  callbacks: readonly Callback[] | undefined
  /** The condition of the file as a rule means it; undefined when the file has none, null when it is wrong. */
  when(scope: Scope): Condition | undefined | null
}

const outcomeKeys = ['reject', 'rewrite', 'allow'] as const

/** One rule; what is wrong with it is reported, and the result is undefined. */
export function readRule(node: Node, file: FileContext): Rule | undefined {
  const { reporter } = file.scope
  const entries = readMapping(node, keys.rule, 'a rule', reporter)
  if (entries === undefined) return undefined
  const head = readHead(node, entries, file)
  const own = entries.get('callback')
  const callbacks = own === undefined ? file.callbacks : readCallbacks(own.value, reporter)
  // Who names no callback, or one that is none, has been told: the file reports it once for all of its rules.
  if (callbacks === undefined || callbacks.length === 0) return undefined
  const scope: Scope = { ...file.scope, callbacks }
  const when = readWhen(entries, head.span, file.when, scope)
  const unlessEntry = entries.get('unless')
  const unless = unlessEntry && readCondition(unlessEntry.value, scope)
  const outcome = readOneOutcome(entries, head.span, scope)
  const settings = readSettings(entries, scope)
  const testsEntry = entries.get('tests')
  const cases = testsEntry === undefined ? [] : readCases(testsEntry.value, scope)
  const why = readOptionalText(entries.get('why'), scope)
  const isWhole = head.id !== undefined && when && outcome && settings && cases && (unlessEntry === undefined || unless)
  if (!isWhole) return undefined
  return {
    id: head.id as string,
    span: head.span,
    ...(why !== undefined && { why }),
    callbacks,
    when,
    ...(unless && { unless }),
    outcome,
    ...settings,
    cases,
  }
}

/** The id of a rule and its place; without an id, the place is where the rule begins. */
function readHead(node: Node, entries: Entries, file: FileContext): { id?: string; span: Span } {
  const { reporter } = file.scope
  const entry = entries.get('rule')
  if (entry === undefined) {
    const span = node.kind === 'map' && node.entries[0] !== undefined ? node.entries[0].keySpan : node.span
    reporter.error('missing-key', span, 'This rule has no name', 'Begin it with - rule: no-links (a name of your own)')
    return { span }
  }
  const id = asText(entry.value, "a rule's name", reporter)
  const { span } = entry.value
  if (id === undefined) return { span }
  if (/^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(id) && id !== 'everything') return { id, span }
  const kebab = id
    .toLowerCase()
    .replaceAll(/[^\p{Ll}\p{Lo}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  const hint = kebab === '' || kebab === 'everything' ? 'Write it as in no-links' : `Write ${kebab}`
  const fault =
    id === 'everything' ? 'means all of them' : 'is not made of small letters and digits, joined by single hyphens'
  reporter.error('bad-name', span, `"${id}" cannot name a rule: it ${fault}`, hint)
  return { span }
}

function readWhen(entries: Entries, span: Span, fileWhen: FileContext['when'], scope: Scope): Condition | undefined {
  const { reporter } = scope
  const when = entries.get('when')
  const native = entries.get('conditions')
  if (when !== undefined && native !== undefined) {
    reporter.error(
      'duplicate-key',
      native.keySpan,
      '"conditions" is another spelling of "when", and both are here',
      'Keep one',
    )
    return undefined
  }
  const entry = when ?? native
  if (entry === undefined) {
    const hint = 'Write when: and a condition, as in when: { nickName: present }'
    reporter.error('missing-key', span, 'Nothing says when this rule fires', hint)
    return undefined
  }
  const own = readCondition(entry.value, scope)
  const shared = fileWhen(scope)
  if (shared === undefined) return own
  if (own === undefined || shared === null) return undefined
  return { kind: 'all', parts: [shared, own], text: 'all of', span: own.span }
}

function readOneOutcome(entries: Entries, span: Span, scope: Scope): Outcome | undefined {
  const { reporter } = scope
  const found = [...outcomeKeys, 'event' as const].flatMap(key => entries.get(key) ?? [])
  const inOrder = found.sort((a, b) => a.keySpan.start - b.keySpan.start)
  const [first, second] = inOrder
  if (first === undefined) {
    const hint = 'Write reject: 5001, or rewrite: { nickName: trim }, or allow: everything'
    reporter.error('no-outcome', span, 'Nothing says what this rule does', hint)
    return undefined
  }
  if (second !== undefined) {
    const hint = 'Make it two rules'
    reporter.error('two-outcomes', second.keySpan, `A rule does one thing: "${first.key}" or "${second.key}"`, hint)
    return undefined
  }
  const [kind] = outcomeKeys.filter(key => entries.get(key) === first)
  return kind === undefined ? readEvent(first.value, scope) : readChecked(kind, first.value, first.keySpan, scope)
}

/** The native spelling: `event: { type, params }`. */
function readEvent(node: Node, scope: Scope): Outcome | undefined {
  const entries = readMapping(node, keys.event, '"event"', scope.reporter)
  if (entries === undefined) return undefined
  const missing = keys.event.find(key => !entries.has(key))
  if (missing !== undefined) {
    const hint = 'Write { type: reject, params: { code: 5001 } }'
    scope.reporter.error('missing-key', node.span, `"${missing}" is missing from "event"`, hint)
    return undefined
  }
  const [type, params] = keys.event.map(key => entries.get(key)) as [Entry, Entry]
  const name = asText(type.value, 'the type of an event', scope.reporter)
  const kind = outcomeKeys.find(key => key === name)
  if (kind !== undefined) return readChecked(kind, params.value, type.value.span, scope)
  if (name !== undefined) {
    const hint = suggest(name, outcomeKeys, 'Types')
    scope.reporter.error('wrong-value', type.value.span, `There is no event type "${name}"`, hint)
  }
  return undefined
}

function readChecked(kind: Outcome['kind'], node: Node, span: Span, scope: Scope): Outcome | undefined {
  const deaf = scope.callbacks.find(callback => !callback.rejectable)
  if (kind !== 'rewrite' && deaf !== undefined) {
    scope.reporter.error('not-rejectable', span, `The IM server does not heed a refusal of ${deaf.name}`)
    return undefined
  }
  return readOutcome(kind, node, scope)
}

type Settings = Pick<Rule, 'mode' | 'order' | 'from' | 'until'>

function readSettings(entries: Entries, scope: Scope): Settings | undefined {
  const mode = readMode(entries.get('mode')?.value, scope)
  const order = readOrder(entries.get('order')?.value, scope)
  const from = readDate(entries.get('from'), 'start', scope)
  const until = readDate(entries.get('until'), 'end', scope)
  if (mode === undefined || order === undefined || from === 'wrong' || until === 'wrong') return undefined
  if (from === undefined || until === undefined || from < until) {
    return { mode, order, ...(from !== undefined && { from }), ...(until !== undefined && { until }) }
  }
  const span = entries.get('until')?.value.span as Span
  scope.reporter.error('until-before-from', span, 'This rule ends before it begins', 'Swap "from" and "until"')
  return undefined
}

function readMode(node: Node | undefined, scope: Scope): Rule['mode'] | undefined {
  if (node === undefined) return 'enforce'
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  const mode = modes.find(name => name === value)
  if (mode !== undefined) return mode
  const meant =
    value === false || value === 'no'
      ? 'disabled'
      : value === true || value === 'yes'
        ? 'enforce'
        : nearest(String(value), modes)
  const hint = meant === undefined ? `Modes: ${modes.join(', ')}` : `Write ${meant}. Modes: ${modes.join(', ')}`
  scope.reporter.error('wrong-value', node.span, `There is no mode like ${shapeOf(node)}`, hint)
  return undefined
}

function readOrder(node: Node | undefined, scope: Scope): number | undefined {
  if (node === undefined) return 100
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && Number.isSafeInteger(node.value)) return node.value as number
  const message = `"order" is a whole number, and this is ${shapeOf(node)}`
  scope.reporter.error(
    'wrong-value',
    node.span,
    message,
    'Write a number; rules with lower ones go first; without it, it is 100',
  )
  return undefined
}

/** An instant: where a date begins, or where it has ended, in ms since 1970. */
function readDate(entry: Entry | undefined, edge: 'start' | 'end', scope: Scope): number | undefined | 'wrong' {
  if (entry === undefined) return undefined
  const text = asText(entry.value, 'a date', scope.reporter)
  if (text === undefined) return 'wrong'
  const instant = readInstant(text)
  // The end belongs to it, and instants are whole milliseconds.
  if (instant !== undefined) return edge === 'start' ? instant : instant + 1
  const date = readLocal(text)
  if (date === undefined || !date.isDay) {
    const hint = 'Write a day, as in 2026-03-01, or a time with its offset, as in 2026-03-01T08:00:00+08:00'
    scope.reporter.error('bad-date', entry.value.span, `"${text}" is no date`, hint)
    return 'wrong'
  }
  if (scope.zone !== undefined) return instantOf(scope.zone, edge === 'start' ? date.local : date.local + oneDayMs)
  const hint = 'Write zone: Asia/Shanghai (or yours) at the top of the file'
  scope.reporter.error('missing-zone', entry.keySpan, 'Nobody can tell where this day begins', hint)
  return 'wrong'
}

function readOptionalText(entry: Entry | undefined, scope: Scope): string | undefined {
  return entry && asText(entry.value, `"${entry.key}"`, scope.reporter)
}
