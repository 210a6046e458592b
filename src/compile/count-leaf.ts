import type { Often, Since } from '../language/condition.ts'
import type { FieldRef } from '../language/field.ts'
import type { Rule } from '../language/rule.ts'
import { keyReader } from './count-keys.ts'
import { oftenTest, sinceTest } from './count-test.ts'
import type { AskedKey, CountQuestion } from './counter.ts'
import { counterId, type OwnCounter } from './counting.ts'
import type { Judged, Leaf } from './judged.ts'
import type { Slots } from './slots.ts'
import type { Slot, View } from './view.ts'
import type { OwnOften } from './without-counts.ts'

/** What stands beside a rule's own count, with other counts left out. */
export type Beside = { when?: Judged; unless?: Judged; rule: Rule }

/** The test of a rule's own count: of the calls for which everything beside it is definitely true. */
export function ownCountLeaf(often: OwnOften, { counter, hold, rule }: OwnCounter, beside: Beside, slots: Slots): Leaf {
  const keysOf = keyReader(often.same, slots)
  const { different } = often.of
  const valuesOf = different && keyReader([different], slots)
  const { message = [], detail = [] } = rule.outcome.kind === 'reject' ? rule.outcome : {}
  const tellsOthers = [...message, ...detail].some(piece => typeof piece === 'object' && 'wait' in piece)
  const id = `how often ${counter} ${often.within} ${hold?.counter ?? ''}`
  const asks = (view: View): CountQuestion | null => {
    const keys = keysOf(view)
    const values = valuesOf?.(view)
    if (keys === null || values === null) return null
    const isOwn = !isNotice(view) && isCounted(beside, view)
    return {
      id: JSON.stringify([id, isOwn, keys, values]),
      round: 'count',
      kind: 'count',
      counter,
      keys: keys.map(key => ({ key, isOwn, ...(values && { values }) })),
      withinMs: often.within,
      takes: isOwn,
      ...(hold && { hold }),
      tellsOthers,
    }
  }
  return { slot: countSlot(id, often, asks), predicate: oftenTest(often), isPositive: true }
}

/** The test of a count that nobody keeps: of a disabled rule. */
export function uncountedLeaf(often: Often): Leaf {
  return { slot: countSlot('how often', often, () => null), predicate: oftenTest(often), isPositive: true }
}

/** The test of a named counter. */
export function namedCountLeaf(condition: Often | Since, slots: Slots): Leaf {
  const counter =
    condition.kind === 'since' ? condition.counter : condition.of.kind === 'named' ? condition.of.counter : undefined
  if (counter === undefined) throw new TypeError('This count belongs to a rule')
  const keysOf = keyReader(condition.same, slots)
  const number = counterId(counter)
  const isSince = condition.kind === 'since'
  const withinMs = isSince ? condition.limit.ago : condition.within
  const id = `${isSince ? 'how long since' : 'how often'} ${number} ${condition.same.map(({ text }) => text)} ${withinMs}`
  const asks = (view: View): CountQuestion | null => {
    const keys = keysOf(view)
    if (keys === null) return null
    return {
      id: JSON.stringify([id, keys]),
      round: 'count',
      kind: isSince ? 'since' : 'count',
      counter: number,
      keys: keys.map(key => askedKey(key, number, view)),
      withinMs,
      takes: false,
      tellsOthers: false,
    }
  }
  const predicate = isSince ? sinceTest(condition) : oftenTest(condition)
  return { slot: countSlot(id, condition, asks), predicate, isPositive: true }
}

function askedKey(key: string, counter: string, { places }: View): AskedKey {
  const place = places.find(each => each.counter === counter && each.key === key)
  return { key, isOwn: place !== undefined, ...(place?.values && { values: place.values }) }
}

function isCounted({ when, unless, rule: { from, until } }: Beside, view: View): boolean {
  if ((from !== undefined && view.at < from) || (until !== undefined && view.at >= until)) return false
  return (when === undefined || when.judge(view) === true) && unless?.judge(view) !== true
}

/**
 * True for a notice that the IM server itself sends as a message: these never count. openimsdk/protocol constant.go:
 * NotificationBegin.
 */
export function isNotice({ received }: Pick<View, 'received'>): boolean {
  const type = received.get('contentType')
  return typeof type === 'number' && type >= 1000
}

/** The slot of a count: a fact of its own, answered as a list with what is known of each key. */
function countSlot(id: string, { text }: Often | Since, asks: NonNullable<Slot['asks']>): Slot {
  const field: FieldRef = {
    text,
    field: { name: text, kind: 'integer', nullable: false, about: 'a count' },
    part: { kind: 'whole' },
    original: false,
    kind: 'integer',
  }
  return { id, field, derive: value => value, asks }
}
