import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'

/**
 * Reads each of some things in order; undefined for an invalid one.
 *
 * Once no more errors are kept, the rest is skipped: a single `undefined` stands for it.
 */
export function readEach<T, R>(
  things: readonly T[],
  reporter: Reporter,
  read: (thing: T, at: number) => R | undefined,
): (R | undefined)[] {
  const found: (R | undefined)[] = []
  for (const [at, thing] of things.entries()) {
    if (reporter.isFull) return [...found, undefined]
    found.push(read(thing, at))
  }
  return found
}

/** How many values are read in a fraction of a millisecond. */
const valuesInPiece = 200

/** Reads each of some values. Pauses after each few hundred. */
export function* readEachWithPauses<T, R>(
  things: readonly T[],
  reporter: Reporter,
  read: (thing: T, at: number) => R | undefined,
): Steps<(R | undefined)[]> {
  const found: (R | undefined)[] = []
  for (const [at, thing] of things.entries()) {
    if (reporter.isFull) return [...found, undefined]
    found.push(read(thing, at))
    if (at % valuesInPiece === valuesInPiece - 1) yield
  }
  return found
}

/** How many conditions are read in a fraction of a millisecond. */
const thingsInPiece = 10

/** Like `readEach`, if reading one takes steps. Pauses every few. */
export function* readEachInSteps<T, R>(
  things: readonly T[],
  reporter: Reporter,
  read: (thing: T, at: number) => Steps<R | undefined>,
): Steps<(R | undefined)[]> {
  const found: (R | undefined)[] = []
  for (const [at, thing] of things.entries()) {
    if (reporter.isFull) return [...found, undefined]
    found.push(yield* read(thing, at))
    if (at % thingsInPiece === thingsInPiece - 1) yield
  }
  return found
}
