import type { NamedCounter } from '../language/condition.ts'
import { keyReader } from './count-keys.ts'
import { isNotice } from './count-leaf.ts'
import type { CountPlace } from './counter.ts'
import { counterId } from './counting.ts'
import type { Evaluator } from './evaluate.ts'
import type { Slots } from './slots.ts'
import type { View } from './view.ts'

/** The places that a call takes in the named counters of its callback, by the values as received. */
export type CountsNamed = (received: View) => readonly CountPlace[]

/** For each callback, by its command, what its calls count for. */
export function namedCounters(
  counters: readonly NamedCounter[],
  evaluator: Evaluator,
  slots: Slots,
): ReadonlyMap<string, CountsNamed> {
  const byCommand = new Map<string, CountsNamed[]>()
  // Two names may stand for the same counter.
  for (const counter of new Map(counters.map(each => [counterId(each), each])).values()) {
    const placesOf = placesIn(counter, evaluator, slots)
    for (const { command } of counter.callbacks) byCommand.set(command, [...(byCommand.get(command) ?? []), placesOf])
  }
  return new Map(
    [...byCommand].map(([command, all]) => [
      command,
      received => (isNotice(received) ? [] : all.flatMap(placesOf => placesOf(received))),
    ]),
  )
}

function placesIn(named: NamedCounter, evaluator: Evaluator, slots: Slots): CountsNamed {
  const counter = counterId(named)
  const when = named.when && evaluator.ready(named.when)
  const keysOf = keyReader(named.same, slots)
  const valuesOf = named.different && keyReader([named.different], slots)
  return received => {
    if (when !== undefined && when.judge(received) !== true) return []
    const keys = keysOf(received)
    const values = valuesOf?.(received)
    if (keys === null || values === null) return []
    return keys.map(key => ({ counter, key, ...(values && { values }) }))
  }
}
