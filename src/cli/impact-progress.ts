import type { TimeSpan } from '../state/segments.ts'
import type { Io } from './io.ts'

/** How far a run is, on standard error if that is a terminal. */
export type Progress = { reached(at: number): void; end(): void }

const width = 30

/** A bar that is drawn over itself, at most a hundred times. */
export function progressOf({ since, until }: TimeSpan, io: Io): Progress {
  const columns = io.errColumns === undefined ? io.size?.()?.columns : io.errColumns()
  if (columns === undefined) return { reached: () => {}, end: () => {} }
  let drawn = -1
  return {
    reached: at => {
      const percent = Math.max(0, Math.min(100, Math.floor((100 * (at - since)) / Math.max(1, until - since))))
      if (percent === drawn) return
      drawn = percent
      const full = Math.floor((percent * width) / 100)
      io.err(`\r${'█'.repeat(full)}${'·'.repeat(width - full)} ${percent} %`)
    },
    end: () => io.err(`\r${' '.repeat(width + 6)}\r`),
  }
}
