import type { Literal } from '../compile/needed.ts'
import { View } from '../compile/view.ts'
import type { FieldRewrite, RewriteStep, Template } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { contradictionIn } from './contradiction.ts'
import { type Examined, warning } from './finding.ts'
import { isNegative, testOf } from './literal.ts'

/** A rule that sets a field, and the rewrite that does. */
type Setter = { examined: Examined; rewrite: FieldRewrite; value: (RewriteStep & { kind: 'set' })['value'] }

/** How many earlier rules that set the same field are checked. */
const maxTried = 50

/** How many in all, whatever they require. */
const maxTriedOfAll = 200

/**
 * Enforced rules that set one field to different values when both fire: the last one silently wins.
 *
 * A different `order` shows that this is intended. `all` are in their total order.
 */
export function* sameField(all: readonly Examined[], place: ShowPlace): Generator<undefined, Diagnostic[]> {
  const fields = new Map<string, Map<string, Filed>>()
  const found: Diagnostic[] = []
  for (const examined of all) {
    for (const setter of settersOf(examined)) {
      const { text } = setter.rewrite.field
      const filed = fields.get(text) ?? new Map<string, Filed>()
      fields.set(text, filed)
      const condition = singleValue(setter)
      const other = candidates(condition, filed).find(first => clashes(first, setter))
      if (other !== undefined) found.push(warned(setter, other, place))
      file(setter, condition, filed)
    }
    yield
  }
  return found
}

/** Setters that require a single value of something: by that value, and all of them. */
type Filed = { byValue: Map<unknown, Setter[]>; all: Setter[] }

/** What a setter requires: a single value of something that it does not set itself. */
type SingleValue = { of: string; value: unknown }

/** Setters that require a different value of the same thing are not candidates. */
function candidates({ of, value }: SingleValue, filed: ReadonlyMap<string, Filed>): readonly Setter[] {
  const found: Setter[] = []
  for (const [other, { byValue, all }] of filed) {
    if (found.length >= maxTriedOfAll) break
    found.push(...(other === of ? (byValue.get(value) ?? []) : all).slice(-maxTried))
  }
  return found
}

function file(setter: Setter, { of, value }: SingleValue, filed: Map<string, Filed>): void {
  const { byValue, all } = filed.get(of) ?? { byValue: new Map<unknown, Setter[]>(), all: [] }
  filed.set(of, { byValue, all })
  all.push(setter)
  const same = byValue.get(value)
  if (same === undefined) byValue.set(value, [setter])
  else same.push(setter)
}

function settersOf(examined: Examined): Setter[] {
  const { rule } = examined
  if (rule.outcome.kind !== 'rewrite' || rule.mode !== 'enforce') return []
  return rule.outcome.fields.flatMap(rewrite => {
    const last = rewrite.steps.findLast(step => step.kind === 'set')
    return last === undefined ? [] : [{ examined, rewrite, value: last.value }]
  })
}

function singleValue({ examined: { needed }, rewrite }: Setter): SingleValue {
  for (const literal of needed.literals) {
    const { needs, slot } = literal.judged.leaf
    const isSingle = needs?.kind === 'equals' && needs.values.size === 1 && !isNegative(literal)
    if (!isSingle || slot === 'time' || slot.field.field.name === rewrite.field.field.name) continue
    return { of: slot.id, value: [...needs.values][0] }
  }
  return { of: '', value: undefined }
}

function clashes(first: Setter, second: Setter): boolean {
  const [a, b] = [first.examined, second.examined]
  if (a === b || a.rule.rule.order !== b.rule.rule.order || isSame(first.value, second.value)) return false
  if (!a.rule.rule.callbacks.some(callback => b.rule.rule.callbacks.includes(callback))) return false
  const name = second.rewrite.field.field.name
  const isOfField = (literal: Literal) => testOf(literal)?.field.field.name === name
  // The second rule sees the value that the first one set.
  if (!b.needed.literals.filter(isOfField).every(literal => mayPass(literal, name, first))) return false
  const others = [...a.needed.literals, ...b.needed.literals].filter(literal => !isOfField(literal))
  return contradictionIn(others) === undefined
}

/** Whether the value that was set passes a test; unknown for received values and texts with fields in them. */
function mayPass(literal: Literal, name: string, { value, rewrite }: Setter): boolean {
  const set = typeof value === 'object' ? staticText(value) : value
  const isLast = rewrite.steps.at(-1)?.kind === 'set'
  if (set === undefined || !isLast || testOf(literal)?.field.original) return true
  return literal.judged.judge(new View(new Map([[name, set]]), 0)) === literal.wanted
}

function staticText(template: Template): string | undefined {
  return template.every(piece => typeof piece === 'string') ? template.join('') : undefined
}

function isSame(a: Setter['value'], b: Setter['value']): boolean {
  return told(a) === told(b)
}

function told(value: Setter['value']): string {
  if (typeof value !== 'object') return String(value)
  return JSON.stringify(value.map(piece => (typeof piece === 'string' ? piece : { field: piece.text })))
}

function warned({ examined, rewrite }: Setter, { examined: first }: Setter, place: ShowPlace): Diagnostic {
  const field = rewrite.field.text
  const message = `"${first.rule.id}" and "${examined.rule.id}" may both set "${field}" to different values, and the last one wins`
  const hint = `The other is at ${place(first.rule.rule.span)}: make their conditions exclude each other, or set their order`
  return warning('same-field', rewrite.span, message, hint)
}
