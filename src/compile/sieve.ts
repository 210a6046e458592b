import { type Atom, coverOf } from './atom.ts'
import type { Judged } from './judged.ts'
import { workOut } from './long-tests.ts'
import { mayBe } from './may-be.ts'
import { judgedAtOnce, type Pause, withPauses } from './pause.ts'
import type { CompiledRule, Sieve } from './ruleset.ts'
import { isLongList, SlotIndex, type Slow } from './slot-index.ts'
import { takesPlace } from './takes-place.ts'
import type { Slot, View } from './view.ts'

/**
 * Builds the sieve of a stage: an index finds the rules that can be true at all, the evaluator checks them.
 *
 * It may let a rule pass that does not fire, but never drops one that does: json-rules-engine decides. Anything that
 * depends on an open question passes. `rules` are in order. Pauses after each piece of work, so that the caller can let
 * other work run.
 */
export function* makeSieve(rules: readonly CompiledRule[]): Generator<undefined, Sieve> {
  if (rules.length === 0) return () => none
  const cost = yield* costOf(rules)
  yield
  const indexes = new Map<Slot, SlotIndex>()
  const always: number[] = []
  for (const [at, rule] of rules.entries()) {
    if (rule.mode === 'disabled') continue
    const cover = coverOf(rule.when, cost)
    if (cover === undefined) always.push(at)
    for (const [nth, { slot, needs }] of (cover ?? []).entries()) {
      if (nth % 50 === 49) yield
      const index = indexes.get(slot) ?? new SlotIndex()
      indexes.set(slot, index)
      yield* index.add(needs, at)
    }
    if (at % 50 === 0 || (cover?.length ?? 0) > 50) yield
  }
  for (const index of indexes.values()) yield* index.finish()
  const filed = [...indexes]
  return (view, pause) => {
    const places = new Set(always)
    const slow: Slow[] = []
    for (const [slot, index] of filed) index.find(view.value(slot), places, slow)
    if (slow.length === 0 && places.size === 0) return none
    const work = firing(rules, { places, slow, view })
    const first = work.next()
    return first.done ? first.value : afterPause(work, pause)
  }
}

const none: readonly CompiledRule[] = []

async function afterPause<T>(work: Generator<undefined, T>, pause: Pause): Promise<T> {
  await pause()
  return withPauses(work, pause)
}

type Asked = { places: Set<number>; slow: readonly Slow[]; view: View }

/** The rules that may fire; first adds those that are slow to find. */
function* firing(
  rules: readonly CompiledRule[],
  { places, slow, view }: Asked,
): Generator<undefined, readonly CompiledRule[]> {
  for (const ask of slow) yield* ask(places)
  const found: CompiledRule[] = []
  const atOnce = judgedAtOnce(view)
  for (const [count, rule] of inOrder(rules, places).entries()) {
    if (count > 0 && count % atOnce === 0) yield
    if (!couldFire(rule, view)) continue
    yield* workOut(rule.longTests, view)
    if (mayFire(rule, view) || takesPlace(rule, view)) found.push(rule)
  }
  return found
}

function inOrder(rules: readonly CompiledRule[], places: ReadonlySet<number>): CompiledRule[] {
  return [...places].sort((a, b) => a - b).map(at => rules[at] as CompiledRule)
}

/** False if it can neither fire nor count, whatever its slow tests say. */
function couldFire({ when, longTests, count }: CompiledRule, view: View): boolean {
  if (longTests.length === 0 || mayBe(when, true, view)) return true
  return count !== undefined && (count.beside === undefined || mayBe(count.beside, true, view))
}

/** False only when the engine would say no: open questions may have any answer. */
function mayFire({ when, unless, asks }: CompiledRule, view: View): boolean {
  return (asks ? mayBe(when, true, view) : when.judge(view) === true) && unless?.judge(view) !== true
}

/** How many rules share what an atom needs: the fewer, the rarer it is. Texts and patterns are estimated. */
function* costOf(rules: readonly CompiledRule[]): Generator<undefined, (atom: Atom) => number> {
  const shared = new Map<Slot, Map<unknown, number>>()
  for (const [at, { when }] of rules.entries()) {
    if (at % 500 === 0) yield
    for (const [slot, value] of valuesIn(when)) {
      const counts = shared.get(slot) ?? new Map<unknown, number>()
      shared.set(slot, counts.set(value, (counts.get(value) ?? 0) + 1))
    }
  }
  return ({ slot, needs }) => {
    switch (needs.kind) {
      case 'equals':
      case 'hosts': {
        if (isLongList(needs.values)) return 5
        let sum = 0
        for (const value of needs.values) sum += shared.get(slot)?.get(value) ?? 1
        return sum
      }
      case 'starts':
        return 2 * needs.texts.length
      case 'contains':
      case 'words':
        return 3 * needs.texts.length
      case 'matches':
        return 10
      case 'present':
        return rules.length
    }
  }
}

function* valuesIn({ leaf, parts }: Judged): Generator<[Slot, unknown]> {
  for (const part of parts) yield* valuesIn(part)
  if (leaf === undefined || leaf.slot === 'time' || leaf.needs === undefined || !('values' in leaf.needs)) return
  if (isLongList(leaf.needs.values)) return
  for (const value of leaf.needs.values) yield [leaf.slot, value]
}
