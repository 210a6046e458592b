import { createHash } from 'node:crypto'
import type { NamedCounter } from '../language/condition.ts'
import type { Folder, Rule } from '../language/rule.ts'
import { writtenMeaning } from '../language/written.ts'
import { mostOf } from './count-test.ts'

import type { FolderCounter } from './counter.ts'
import { countsIn, deniedSinces, type OwnOften, ownOftenOf, withoutCounts } from './without-counts.ts'

/** The counter of a rule's own `how often`, and that of the silence after it. */
export type OwnCounter = { rule: Rule; counter: string; hold?: { counter: string; forMs: number } }

/** What the rules of a folder count. */
export type FolderCounters = {
  /** By id: every counter that a rule in force or in shadow asks. */
  counters: ReadonlyMap<string, FolderCounter>
  own: ReadonlyMap<OwnOften, OwnCounter>
  /** The named counters that rules ask. */
  named: readonly NamedCounter[]
}

/** For conditions that belong to no folder. */
export const nothingCounted: FolderCounters = { counters: new Map(), own: new Map(), named: [] }

/** A call that is settled so late must still find the silence that began meanwhile. */
const longestCallMs = 60_000

/** How long a last call is remembered where a rule asks whether it was longer ago: the longest span there is, 30 days. */
const longestMs = 30 * 24 * 3600 * 1000

/**
 * What a folder counts, and how much of it must be kept for the rules that ask.
 *
 * A counter is what it counts: the same id as before wherever callbacks, condition, `same`, `different` and `counting`
 * are the same. Pure.
 */
export function* countingOf({ rules }: Pick<Folder, 'rules'>): Generator<undefined, FolderCounters> {
  const counters = new Map<string, FolderCounter>()
  const own = new Map<OwnOften, OwnCounter>()
  const named = new Set<NamedCounter>()
  const sharers = new Map<string, number>()
  const need = (wanted: FolderCounter) => {
    // A refused call that is sent again is one of those that are kept, but does not count.
    const counter = wanted.counting === 'refused' ? { ...wanted, most: wanted.most + 1 } : wanted
    counters.set(counter.id, needingBoth(counters.get(counter.id) ?? counter, counter))
  }
  const needNamed = (counter: NamedCounter, keepMs: number, most: number) => {
    named.add(counter)
    need({ id: counterId(counter), name: counter.name, counting: counter.counting, keepMs, most })
  }
  for (const [at, rule] of inOrderOfSharing(rules).entries()) {
    if (at % 200 === 199) yield
    if (rule.mode === 'disabled') continue
    const conditions = [rule.when, ...(rule.unless ? [rule.unless] : [])]
    const denied = new Set(conditions.flatMap(condition => deniedSinces(condition)))
    for (const count of conditions.flatMap(countsIn)) {
      if (count.kind === 'since') {
        // What was longer ago tells "not less than" from "never".
        const isLong = count.limit.word === 'more than' || denied.has(count)
        needNamed(count.counter, isLong ? longestMs : count.limit.ago, 1)
      } else if (count.of.kind === 'named') {
        needNamed(count.of.counter, count.within, mostOf(count.limit))
      }
    }
    const often = ownOftenOf(rule)
    if (often === undefined) continue
    const meaning = ownId(rule, often)
    const sharing = sharers.get(meaning) ?? 0
    sharers.set(meaning, sharing + 1)
    // Two rules may count the same and differ in what they refuse, one of them in shadow: each has a counter of its own.
    const counter = sharing === 0 ? meaning : hashOf([meaning, sharing])
    const { counting } = often.of
    need({ id: counter, name: rule.id, counting, keepMs: often.within, most: mostOf(often.limit) })
    const { thenFor } = often
    const hold = thenFor === undefined ? undefined : { counter: holdId(counter, rule, often), forMs: thenFor }
    if (hold !== undefined)
      need({ id: hold.counter, name: silenceOf(rule.id), counting: 'all', keepMs: hold.forMs + longestCallMs, most: 1 })
    own.set(often, { rule, counter, ...(hold && { hold }) })
  }
  return { counters, own, named: [...named] }
}

/** What people call the counter of a silence. */
function silenceOf(name: string): string {
  return `${name} (then for)`
}

/** A counter that keeps what two askers need. */
export function needingBoth(known: FolderCounter, { keepMs, most }: FolderCounter): FolderCounter {
  return { ...known, keepMs: Math.max(keepMs, known.keepMs), most: Math.max(most, known.most) }
}

/** Those in force first, so that one that is tried in shadow beside them takes no counts from them. */
function inOrderOfSharing(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => Number(a.mode === 'shadow') - Number(b.mode === 'shadow'))
}

/** The id of a named counter: of what it counts, whatever it is called. */
export function counterId({ callbacks, when, same, different, counting }: NamedCounter): string {
  const keys = [...same, different].map(key => key?.text ?? null)
  return hashOf([commandsOf(callbacks), when ? writtenMeaning(when) : null, keys, counting])
}

function ownId({ callbacks, when, unless, from, until }: Rule, { of, same }: OwnOften): string {
  const [beside, exception] = [when, unless].map(each => each && withoutCounts(each))
  return hashOf([
    commandsOf(callbacks),
    beside ? writtenMeaning(beside) : null,
    exception ? writtenMeaning(exception) : null,
    [from ?? null, until ?? null],
    [...same, of.different].map(key => key?.text ?? null),
    of.counting,
  ])
}

/** In shadow a silence has a clock of its own, and so has each limit. */
function holdId(counter: string, { mode }: Rule, { limit, within }: OwnOften): string {
  return hashOf([counter, 'then for', mode === 'shadow', limit, within])
}

function commandsOf(callbacks: Rule['callbacks']): readonly string[] {
  return callbacks.map(({ command }) => command).sort()
}

function hashOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

/**
 * The names of the counters that start over where one rule set follows another: they count something else now. A silence
 * is not named beside its count.
 */
export function startedOver(before: Iterable<FolderCounter>, after: Iterable<FolderCounter>): readonly string[] {
  const old = [...before]
  const [ids, names] = [new Set(old.map(({ id }) => id)), new Set(old.map(({ name }) => name))]
  const silences = new Set(old.map(({ name }) => silenceOf(name)))
  const isOver = ({ id, name }: FolderCounter) => !ids.has(id) && names.has(name) && !silences.has(name)
  return [...new Set([...after].filter(isOver).map(({ name }) => name))]
}
