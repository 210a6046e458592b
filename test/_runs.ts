/** True under `npm run test:exhaustive`, which runs the files that ask this; false under `npm test`. */
export const isExhaustive = process.env.EXHAUSTIVE === '1'

/** So many runs of a property, or a twentieth of them under `npm test`: enough to notice what is plainly wrong. */
export function runs(many: number): number {
  return isExhaustive ? many : Math.ceil(many / 20)
}

/** All of some cases, or under `npm test` one of `each` of them, evenly spread. */
export function some<T>(all: readonly T[], each: number): readonly T[] {
  return isExhaustive ? all : all.filter((_, at) => at % each === 0)
}

/** For loops over all code points: the step from one to the next, a prime, so that no row of a block is left out. */
export const nth = isExhaustive ? 1 : 7
