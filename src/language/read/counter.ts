import { columnOf } from '../../yaml/columns.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import { isFlow, takeOut } from '../../yaml/layout.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { Findings } from '../../yaml/reporter.ts'
import { meantInOften } from '../advice/meant-often.ts'
import type { NamedCounter } from '../condition.ts'
import { keys } from '../vocabulary.ts'
import { readCallbacks } from './callbacks.ts'
import { exampleField } from './count-keys.ts'
import type { FileContext } from './file-context.ts'
import { type MappingForm, type Misplaced, readMapping, required } from './mapping.ts'
import { readWhat } from './what-counts.ts'

/** A counter without its condition, which may use names that are not yet known, and the entry of that condition. */
export type CounterHead = { counter: NamedCounter; when?: Entry }

/** A counter as defined under `counters`; undefined if invalid (reported). */
export function readCounterHead({ key, keySpan, value }: Entry, file: FileContext): CounterHead | undefined {
  const { reporter } = file.scope
  const form = formOf(key, file)
  const entries = readMapping(value, form, reporter)
  if (entries === undefined) return undefined
  const found = required(entries, ['callback'], { node: value, form, reporter, advice: withoutCallback(value, file) })
  const wrong = new Findings()
  const callbacks = found && readCallbacks(found.callback.value, wrong)
  for (const diagnostic of wrong.diagnostics) reporter.add(diagnostic)
  // With some of them only, what is said of the rest could be wrong.
  if (callbacks === undefined || callbacks.length === 0 || wrong.errors > 0) return undefined
  const scope = { ...file.scope, callbacks }
  const example = `{ callback: ${callbacks[0]?.name}, same: ${exampleField(scope)} }`
  const isWhole = required(entries, ['same'], { node: value, form: { ...form, example }, reporter })
  const what = readWhat(entries, value, scope)
  if (isWhole === undefined || what === undefined) return undefined
  const when = entries.get('when')
  const isRight = when === undefined || when.value.kind !== 'broken'
  return isRight ? { counter: { name: key, span: keySpan, callbacks, ...what }, ...(when && { when }) } : undefined
}

function formOf(name: string, { callbacks = [], scope: { text } }: FileContext): MappingForm {
  const [callback] = callbacks
  const field = callback === undefined ? 'sendID' : exampleField({ callbacks: [callback] })
  return {
    place: `the counter "${name}"`,
    keys: keys.counter,
    example: `{ callback: ${callback?.name ?? 'beforeSendGroupMsg'}, same: ${field} }`,
    misplaced: (entry, all) => ofRule(entry, all) ?? meantInOften(entry, all, { text, form: keys.counter, callbacks }),
  }
}

/** Keys that belong to the count that a rule asks. */
function ofRule(entry: Entry, all: readonly Entry[]): Misplaced | undefined {
  const { key } = entry
  const fixes = all.length > 1 ? [{ label: `Remove "${key}"`, edits: takeOut([entry], all) }] : []
  if (key === 'unless') return { hint: 'Write when: { not: … }' }
  if (key === 'then for' || key === 'of') return { hint: `Remove "${key}": a counter only counts`, fixes }
  if (!keys['how often'].some(other => other === key)) return undefined
  const hint = `Write "${key}" in the rule that asks, as in how often: { of: …, in: 1 day, more than: 3 }`
  return { hint, fixes }
}

/** A counter is for one callback or several of its own, whatever the rules of the file decide. */
function withoutCallback(node: Node, { callbacks, scope: { text } }: FileContext): Advice {
  const [callback] = callbacks ?? []
  const hint = `Write callback: ${callback?.name ?? 'beforeSendGroupMsg'}`
  const first = node.kind === 'map' ? node.entries[0] : undefined
  if (first === undefined || callback === undefined) return { hint }
  const between = isFlow(node, text) ? ', ' : `\n${' '.repeat(columnOf(text, first.keySpan.start))}`
  const at = { ...first.keySpan, end: first.keySpan.start }
  return { hint, fixes: [replacing(at, `callback: ${callback.name}${between}`, hint)] }
}
