import type { Compared } from './compared.ts'
import type { Judged, Truth } from './judged.ts'
import { longTestsIn, workOut } from './long-tests.ts'
import type { View } from './view.ts'

/** How many characters of items are judged without a pause. */
const charactersAtOnce = 16_384

/**
 * Whether any item of a list, or every item, passes a test. A value that is not a list fails.
 *
 * A list can be as long as a body, and is tested by both the sieve and json-rules-engine: results are remembered as
 * long as the items are.
 */
export function itemTest(
  item: Judged,
  isAny: boolean,
): Pick<Compared, 'predicate'> & Required<Pick<Compared, 'ahead'>> {
  const known = new WeakMap<readonly View[], { verdict: Truth }>()
  const longTests = longTestsIn(item)
  function* ahead(views: unknown): Generator<undefined, Truth> {
    if (!Array.isArray(views)) return false
    const before = known.get(views)
    if (before !== undefined) return before.verdict
    let verdict: Truth = !isAny
    let left = charactersAtOnce
    for (const view of views as readonly View[]) {
      left -= view.characters
      if (left < 0) {
        yield
        left = charactersAtOnce
      }
      yield* workOut(longTests, view)
      const found = item.judge(view)
      if (found === isAny) {
        verdict = isAny
        break
      }
      if (found === null) verdict = null
    }
    known.set(views, { verdict })
    return verdict
  }
  const predicate = (views: unknown) => {
    const work = ahead(views)
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
    }
  }
  return { predicate, ahead }
}
