import { type Entries, type Form, readMapping, required } from './mapping.ts'
import type { Entry, Node } from './node.ts'
import { readOutcome } from './read-outcome.ts'
import type { Outcome } from './rule.ts'
import type { Scope } from './scope.ts'
import { asText } from './shape.ts'
import type { Span } from './source.ts'
import { suggest } from './suggest.ts'
import { keys } from './vocabulary.ts'

const kinds = ['reject', 'rewrite', 'allow'] as const

const eventForm: Form = { place: '"event"', keys: keys.event, example: '{ type: reject, params: { code: 5001 } }' }

/** The one thing that a rule does; what is wrong with it is reported, and the result is undefined. */
export function readOneOutcome(entries: Entries, head: Span, scope: Scope): Outcome | undefined {
  const found = [...kinds, 'event'].flatMap(key => entries.get(key) ?? [])
  const [first, second] = found.sort((a, b) => a.keySpan.start - b.keySpan.start)
  if (first === undefined) {
    if (!entries.isUnclear && !holdsOutcome(entries.get('when')) && !holdsOutcome(entries.get('unless'))) {
      const hint = 'Write reject: 5001, or rewrite: { nickName: trim }, or allow: everything'
      scope.reporter.error('no-outcome', head, 'Nothing says what this rule does', hint)
    }
    return undefined
  }
  if (second !== undefined) {
    const message = `A rule does one thing, and "${first.key}" stands above: "${second.key}" is a second one`
    scope.reporter.error('two-outcomes', second.keySpan, message, 'Make it a rule of its own')
    return undefined
  }
  const kind = kinds.find(name => name === first.key)
  return kind === undefined ? readEvent(first.value, scope) : readKind(kind, first.value, first.keySpan, scope)
}

/** Whether an outcome was indented too deep, into a condition: that has been said there. */
function holdsOutcome(entry: Entry | undefined): boolean {
  return entry?.value.kind === 'map' && entry.value.entries.some(({ key }) => kinds.some(kind => kind === key))
}

/** The native spelling: `event: { type, params }`. */
function readEvent(node: Node, scope: Scope): Outcome | undefined {
  const { reporter } = scope
  const entries = readMapping(node, eventForm, reporter)
  const found = entries && required(entries, keys.event, { node, form: eventForm, reporter })
  if (found === undefined) return undefined
  const { type, params } = found
  const name = asText(type.value, 'the type of an event', reporter)
  const kind = kinds.find(other => other === name)
  if (kind !== undefined) return readKind(kind, params.value, type.value.span, scope)
  if (name !== undefined) {
    reporter.error('wrong-value', type.value.span, `There is no event type "${name}"`, suggest(name, kinds, 'Types'))
  }
  return undefined
}

function readKind(kind: Outcome['kind'], node: Node, span: Span, scope: Scope): Outcome | undefined {
  const deaf = scope.callbacks.find(({ rejectable }) => !rejectable)
  if (kind === 'rewrite' || deaf === undefined) return readOutcome(kind, node, scope)
  const message = `The IM server does not heed a refusal of ${deaf.name}, so "${kind}" does nothing there`
  scope.reporter.error('not-rejectable', span, message, 'Name callbacks that can be refused')
  return undefined
}
