import type { TimeSpan } from './segments.ts'

/** What was read, so that no answer shows a part as the whole. */
export type Covered = TimeSpan & {
  instances: InstanceCovered[]
  /** Lines that were not written by this program, or by a newer one, or that have no end. */
  foreign: number
  newer: number
  cut: number
  /** Files of which not everything could be read. */
  unreadable: { path: string; reason: string }[]
  /** Services that were asked and did not answer. */
  missing: readonly MissingPlace[]
}

/** Of one instance, the starts of the hours of which there are segments, in ms since 1970; `dir` is a folder or a URL. */
export type InstanceCovered = { dir: string; instance: string; hours: number[] }

/** The address of a service that did not answer, and why. */
export type MissingPlace = { place: string; reason: string }
