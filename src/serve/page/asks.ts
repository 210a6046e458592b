import type { RulePause } from '../../state/pauses.ts'
import type { SourceFile } from '../../yaml/source.ts'
import type { About } from './answers.ts'
import type { Edits } from './rule-sets.ts'

/** What the thread of the page is asked to find out about a set of rules. */
export type Ask =
  | { kind: 'rules' }
  | { kind: 'tests'; file?: string; rule?: string }
  | { kind: 'try'; wanted: TriedRequest }
  | { kind: 'keep test'; rule: string; wanted: TriedRequest }
  /** `written` is a rule as its author would write it, by its keys. */
  | { kind: 'new rule'; callback: string; written: Readonly<Record<string, unknown>> }
  | { kind: 'complete' | 'meaning'; file: string; line: number; column: number }
  /** `than` is the key of the set to compare with. */
  | { kind: 'changes'; than: string }
  | { kind: 'publish'; than: string }

/** A call to judge, as dry runs take it: `payload` as the IM server sends it, earlier calls as tests have them. */
export type TriedRequest = { callback: string; payload: unknown; at?: string; after?: unknown }

/** A question about a set. `edits` are laid over its files, and the rules of `pauses` are in shadow. */
export type AskAbout = {
  key: string
  draft: About['draft']
  edits: Edits
  pauses: readonly RulePause[]
  ask: Ask
}

/** An answer of the thread: a value for JSON without what the rules are, or a problem to tell. */
export type Worked = { body: Record<string, unknown> } | { status: number; problem: string; more?: object }

/** Messages to the thread. Files come before the questions about them. */
export type ToPageWorker =
  | { kind: 'files'; key: string; changed: readonly SourceFile[]; removed: readonly string[]; like?: string }
  | { kind: 'forget'; key: string }
  /** `stop` is one number that becomes 1 when nobody waits for the answer any more. */
  | { kind: 'ask'; about: AskAbout; stop: SharedArrayBuffer }

/** The settings that the thread starts with. */
export type PageWorkerData = { maxHeapMb: number; maxTextBytes: number; allowEmpty: boolean }

/** Messages from the thread; `body` is JSON in UTF-8. */
export type FromPageWorker =
  | { kind: 'ready' }
  | { kind: 'answer'; body: Uint8Array<ArrayBuffer> }
  | { kind: 'problem'; status: number; problem: string; more?: object }
  | { kind: 'stopped' }
