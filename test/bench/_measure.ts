/** Time of the processor that this process took, in ms: what else the machine does counts little. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The best of some runs, in µs for each of `count` things that one run does. */
export function bestOf(run: () => unknown, count: number, rounds: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = cpuMs()
    run()
    best = Math.min(best, cpuMs() - start)
  }
  return (best * 1000) / count
}

/** Bytes in use, after a collection when there is one to be had (`--expose-gc`). */
export function memory(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** A line of a table on standard output. */
export function print(...cells: readonly (string | number)[]): void {
  const shown = cells.map(cell =>
    typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(1) : String(cell),
  )
  process.stdout.write(`${shown.map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(15))).join('')}\n`)
}
