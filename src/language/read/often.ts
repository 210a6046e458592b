import { write } from '../../yaml/fix.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { meantInOften } from '../advice/meant-often.ts'
import { oftenMeant } from '../advice/meant-rate.ts'
import { namedInstead } from '../advice/named-instead.ts'
import type { CountLimit, Often } from '../condition.ts'
import { durationText } from '../duration.ts'
import { keys } from '../vocabulary.ts'
import { exampleField } from './count-keys.ts'
import { readLimit } from './count-limit.ts'
import { readDuration } from './duration.ts'
import { type Entries, type MappingForm, readMapping, required } from './mapping.ts'
import { askedExample, readCounted } from './named-count.ts'
import { isMisplacedCount } from './placed-count.ts'
import type { Scope } from './scope.ts'
import { cover, describeNode } from './shape.ts'
import { readWhat, removal } from './what-counts.ts'

/** A `how often` condition; undefined if invalid (reported). */
export function readOften(place: Entry, scope: Scope): Often | undefined {
  const { keySpan, value } = place
  const { reporter } = scope
  if (isMisplacedCount(place, scope)) return undefined
  if (value.kind === 'scalar') {
    const meant = oftenMeant(value, exampleField(scope))
    const advice = meant === undefined ? { hint: `Write ${formOf(place, scope).example}` } : write(value.span, meant)
    reporter.error(
      'wrong-shape',
      value.span,
      `"how often" must be "key: value" lines, got ${describeNode(value)}`,
      advice,
    )
    return undefined
  }
  const form = formOf(place, scope)
  const entries = readMapping(value, form, reporter)
  if (entries === undefined) return undefined
  const named = entries.get('of')
  // An unknown key may be the one that names a counter.
  if (named === undefined && !entries.isUnclear && isForbidden(place, scope)) return undefined
  const within = readWithin(entries, value, form, reporter)
  const limit = readLimit(entries, place, scope)
  const common = { kind: 'often', span: cover(keySpan, value.span) } as const
  const counted = named === undefined ? readOwn(entries, value, scope) : readNamed(named, entries, value, scope)
  if (within === undefined || limit === undefined || counted === undefined) return undefined
  const name = counted.of.kind === 'named' ? `of ${counted.of.counter.name} ` : ''
  return {
    ...common,
    ...counted,
    within,
    limit,
    text: `how often ${name}${limitText(limit)} in ${durationText(within)}`,
  }
}

/** Whether the calls of the own rule cannot be counted here; if so, it is reported. */
function isForbidden(place: Entry, scope: Scope): boolean {
  if (scope.counts === 'own calls') return false
  const message =
    '"how often" without "of" counts the calls of its own rule, so it can only be directly under "when" of a rule'
  const { hint, fixes = [] } = namedInstead(place, scope)
  const beside = 'Write it beside the group, directly under "when". Or w'
  const isBeside = scope.counts === 'own calls beside'
  const said = isBeside ? `${beside}${hint.slice(1)}` : hint
  scope.reporter.error('misplaced-count', place.keySpan, message, { hint: said, fixes })
  return true
}

function formOf({ value }: Entry, scope: Scope): MappingForm {
  const isNamed = value.kind === 'map' && value.entries.some(({ key }) => key === 'of')
  const who = isNamed ? askedExample(scope) : `same: ${exampleField(scope)}`
  return {
    place: '"how often"',
    keys: keys['how often'],
    example: `{ ${who}, in: 10 seconds, more than: 5 }`,
    misplaced: (entry, all) =>
      meantInOften(entry, all, { text: scope.text, form: keys['how often'], callbacks: scope.callbacks }),
  }
}

function readWithin(entries: Entries, node: Node, form: MappingForm, reporter: Reporter): number | undefined {
  const hint = `Write in: 10 seconds (or how long calls count), as in ${form.example}`
  const found = required(entries, ['in'], { node, form, reporter, advice: { hint } })
  return found && readDuration(found.in, reporter)
}

type Counted = Pick<Often, 'of' | 'same' | 'thenFor'>

/** What counts when no counter is named. */
function readOwn(entries: Entries, node: Node, scope: Scope): Counted | undefined {
  const what = readWhat(entries, node, scope)
  const silence = entries.get('then for')
  const thenFor = silence && readDuration(silence, scope.reporter)
  if (what === undefined || (silence !== undefined && thenFor === undefined)) return undefined
  const { same, ...others } = what
  return { of: { kind: 'rule', ...others }, same, ...(thenFor !== undefined && { thenFor }) }
}

/** What counts for a named counter: everything but the span and the limit is its own. */
function readNamed(of: Entry, entries: Entries, node: Node, scope: Scope): Counted | undefined {
  const { reporter } = scope
  const own = ['different', 'counting', 'then for'].flatMap(key => entries.get(key) ?? [])
  const all = node.kind === 'map' ? node.entries : []
  for (const each of own) {
    const isSilence = each.key === 'then for'
    const message = isSilence
      ? '"then for" is only for a count of the rule itself, not of a counter'
      : `"${each.key}" belongs to the counter, not to what asks it`
    const hint = isSilence
      ? 'Remove "then for", or remove "of" to count the calls of this rule'
      : `Write it in the counter, under "counters", and remove it here`
    reporter.error('misplaced-count', each.keySpan, message, {
      hint,
      fixes: removal(each, all, `Remove "${each.key}"`),
    })
  }
  const counted = readCounted(of, entries, node, scope)
  if (counted === undefined || own.length > 0) return undefined
  return { of: { kind: 'named', counter: counted.counter }, same: counted.same }
}

function limitText(limit: CountLimit): string {
  return limit.word === 'between' ? `between ${limit.low} and ${limit.high}` : `${limit.word} ${limit.number}`
}
