import { readZone, type WallClock, wallClock, weekdayOf, type Zone } from '../language/clock.ts'
import type { Condition, Often, Since, Test, TimeTest } from '../language/condition.ts'
import { isOnDates } from '../language/dates.ts'
import type { FieldRef } from '../language/field.ts'
import type { Rule } from '../language/rule.ts'
import type { Predicate } from './compared.ts'
import { namedCountLeaf, ownCountLeaf, uncountedLeaf } from './count-leaf.ts'
import { type FolderCounters, nothingCounted, type OwnCounter } from './counting.ts'
import { itemTest } from './item-test.ts'
import type { Judged, Leaf, Truth } from './judged.ts'
import { compareBy } from './predicate.ts'
import { unsure } from './question.ts'
import { type DrawnShare, drawnShare } from './share.ts'
import type { Slots } from './slots.ts'
import type { View } from './view.ts'
import { type OwnOften, withoutCounts } from './without-counts.ts'

/**
 * Compiles conditions, each once: rules that use the same condition share it.
 *
 * The semantics here must agree with how `lower` hands the same condition to json-rules-engine. Nothing that is built
 * may reference the evaluator: a rule that is reused would keep alive all rules it was once compiled with.
 */
export class Evaluator {
  readonly #slots: Slots
  readonly #ready = new Map<Condition, Judged>()
  readonly #ofItems = new Map<Slots, Evaluator>()

  readonly #counting: FolderCounters

  /** `counting` is what the rules of the conditions count. */
  constructor(slots: Slots, counting: FolderCounters = nothingCounted) {
    this.#slots = slots
    this.#counting = counting
  }

  /** The counter of a rule's own `how often`; undefined of a disabled rule, which counts nothing. */
  ownCounter(often: OwnOften): OwnCounter | undefined {
    return this.#counting.own.get(often)
  }

  share(rule: Rule): DrawnShare | undefined {
    return drawnShare(rule, this.#slots)
  }

  ready(condition: Condition): Judged {
    const known = this.#ready.get(condition)
    if (known !== undefined) return known
    const judged = this.#make(condition)
    this.#ready.set(condition, judged)
    return judged
  }

  /** Compiles a condition about an item of a list, to be judged in the view of an item. */
  readyForItem(list: FieldRef, condition: Condition): Judged {
    const slots = this.#slots.within(list)
    const evaluator = this.#ofItems.get(slots) ?? new Evaluator(slots)
    this.#ofItems.set(slots, evaluator)
    return evaluator.ready(condition)
  }

  #make(condition: Condition): Judged {
    switch (condition.kind) {
      case 'test':
        return this.#test(condition)
      case 'time':
        return timeTest(condition)
      case 'often':
      case 'since':
        return counted(condition, this.#countLeaf(condition))
      case 'not':
      case 'use': {
        const part = this.ready(condition.part)
        const judge = condition.kind === 'use' ? part.judge : opposite(part.judge)
        return { condition, judge, parts: [part] }
      }
      case 'all':
      case 'any':
      case 'none': {
        const parts = condition.parts.map(part => this.ready(part))
        return { condition, judge: groups[condition.kind](parts), parts }
      }
    }
  }

  #test(test: Test): Judged {
    const leaf = test.operand.kind === 'item' ? this.#itemLeaf(test, test.operand.item) : this.#leaf(test)
    const { slot, predicate, isPositive } = leaf
    if (slot === 'time') throw new TypeError('A test of a field cannot test the time')
    if (test.word === 'present' || test.word === 'absent') {
      const wantsValue = test.word === 'present'
      const judge = (view: View): Truth => {
        const value = view.value(slot)
        return value === unsure ? null : (value !== null) === wantsValue
      }
      return { condition: test, judge, parts: [], leaf: { ...leaf, presence: test.word } }
    }
    const judge = (view: View): Truth => {
      const value = view.value(slot)
      const passes = value === null || value === unsure ? null : predicate(value)
      return passes === null || passes === unsure ? null : passes === isPositive
    }
    return { condition: test, judge, parts: [], leaf }
  }

  #leaf(test: Test): Leaf {
    const { form, ...compared } = compareBy(test)
    return { slot: this.#slots.of(test.field, form), ...compared }
  }

  #countLeaf(condition: Often | Since): Leaf {
    if (!isOwn(condition)) return namedCountLeaf(condition, this.#slots)
    const own = this.#counting.own.get(condition)
    if (own === undefined) return uncountedLeaf(condition)
    const [when, unless] = [own.rule.when, own.rule.unless].map(each => {
      const rest = each && withoutCounts(each)
      return rest && this.ready(rest)
    })
    return ownCountLeaf(
      condition,
      own,
      { rule: own.rule, ...(when && { when }), ...(unless && { unless }) },
      this.#slots,
    )
  }

  #itemLeaf({ word, field }: Test, condition: Condition): Leaf {
    const item = this.readyForItem(field, condition)
    return { slot: this.#slots.ofItems(field), ...itemTest(item, word === 'any item'), isPositive: true, item }
  }
}

function isOwn(condition: Often | Since): condition is OwnOften {
  return condition.kind === 'often' && condition.of.kind === 'rule'
}

function counted(condition: Often | Since, leaf: Leaf): Judged {
  const { slot, predicate } = leaf
  if (slot === 'time') throw new TypeError('A count is no time')
  const judge = (view: View): Truth => {
    const value = view.value(slot)
    const passes = value === null || value === unsure ? null : predicate(value)
    return passes === unsure ? null : passes
  }
  return { condition, judge, parts: [], leaf }
}

/** Whether an instant is within a time test. */
export function isWithin(test: TimeTest, zone: Zone, at: number): boolean {
  return isOnClock(test, wallClock(zone, at))
}

/** Whether a wall clock time is within a time test. */
export function isOnClock({ within, days, on, notOn = [] }: TimeTest, { minutes, date }: WallClock): boolean {
  const isOn = (which: number) =>
    (days === undefined || days.has(weekdayOf(which))) &&
    (on === undefined || on.some(dates => isOnDates(dates, which))) &&
    !notOn.some(dates => isOnDates(dates, which))
  if (within === undefined) return isOn(date)
  const { start, end } = within
  if (start < end) return minutes >= start && minutes < end && isOn(date)
  // After midnight, the hours belong to the day before.
  return minutes >= start ? isOn(date) : minutes < end && isOn(date - 1)
}

function timeTest(condition: TimeTest): Judged {
  const zone = readZone(condition.zone)
  if (zone === undefined) throw new RangeError(`No time zone ${condition.zone}`)
  const predicate: Predicate = at => isWithin(condition, zone, at as number)
  return {
    condition,
    judge: view => (Number.isNaN(view.at) ? null : isWithin(condition, zone, view.at)),
    parts: [],
    leaf: { slot: 'time', predicate, isPositive: true },
  }
}

const groups = { all, any, none: (parts: readonly Judged[]) => opposite(any(parts)) }

/** False if any part is false, else unknown if any is unknown, else true. */
function all(parts: readonly Judged[]): (view: View) => Truth {
  return view => {
    let verdict: Truth = true
    for (const part of parts) {
      const found = part.judge(view)
      if (found === false) return false
      if (found === null) verdict = null
    }
    return verdict
  }
}

/** True if any part is true, else unknown if any is unknown, else false. */
function any(parts: readonly Judged[]): (view: View) => Truth {
  return view => {
    let verdict: Truth = false
    for (const part of parts) {
      const found = part.judge(view)
      if (found === true) return true
      if (found === null) verdict = null
    }
    return verdict
  }
}

function opposite(judge: Judged['judge']): Judged['judge'] {
  return view => {
    const verdict = judge(view)
    return verdict === null ? null : !verdict
  }
}
