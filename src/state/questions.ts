import type { ForgetRequest, Forgotten } from './forget-in.ts'
import type { History } from './history.ts'
import type { NamedOne, RecordHold } from './holds.ts'
import type { SegmentKind } from './segment-names.ts'
import type { TimeSpan } from './segments.ts'

/** Questions about one state folder that have one answer, each with what it must say. */
type Asked = {
  /** By which names somebody is on record: as given, and as the hash of a mask. */
  names: { names: readonly string[] }
  /** When the record begins. */
  first: { until: number }
  history: object
  versions: object
  rules: { version: string }
  holds: object
  hold: { hold: RecordHold }
  'end hold': NamedOne & { case?: string }
  forget: ForgetRequest
}

/** What each of them is answered. Contents of files are in base64. */
export type PlaceAnswers = {
  names: readonly string[]
  first: number | null
  history: History
  versions: readonly string[]
  rules: readonly { file: string; content: string }[] | null
  holds: readonly RecordHold[]
  hold: null
  'end hold': readonly RecordHold[]
  forget: Forgotten
}

/** A question with one answer, of a kind. */
export type PlaceQuestion<K extends keyof PlaceAnswers = keyof PlaceAnswers> = {
  [Kind in K]: { ask: Kind } & Asked[Kind]
}[K]

/** Asks for lines of a time; with `bytes`, only those with these texts, as `ReadOptions` has them. */
export type LinesQuestion = TimeSpan & {
  ask: 'lines'
  kind: SegmentKind
  bytes: readonly (string | readonly string[])[]
}

/** Asks for what was added: `known` says how many bytes of which segment are known; without it only that is told. */
export type TailQuestion = { ask: 'tail'; known?: readonly (readonly [string, number])[] }

/** Everything that a service can be asked about its record. */
export type AnyQuestion = PlaceQuestion | LinesQuestion | TailQuestion

/** The first line of an answer to `lines`, and the last one of an answer to `lines` and `tail`. */
export type LinesHead = { instances: readonly { instance: string; hours: readonly number[] }[] }
export type LinesFoot = {
  foreign: number
  newer: number
  cut: number
  unreadable: readonly { path: string; reason: string }[]
}
export type TailFoot = { known: readonly (readonly [string, number])[] }
