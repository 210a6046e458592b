import type { DiagnosticJson } from '../../language/show/render.ts'
import type { Report } from '../../protocol/report.ts'
import type { RulePause } from '../../state/pauses.ts'
import type { RulesInForce } from '../observer.ts'
import type { ReloadStatus } from '../reload-status.ts'

/** What somebody may do on the page: look; read what people wrote; write drafts; publish; pause rules and mark calls. */
export type Role = 'look' | 'content' | 'write' | 'publish' | 'act'

/** Who asks. */
export type Visitor = { name: string; may: readonly Role[] }

/** What the page always shows. Times are ISO 8601. */
export type PageStatus = {
  app: string
  who: Visitor
  inForce: { version: string | null; since: string | null; rules: RulesInForce['counts'] | null }
  lastReload: ReloadStatus | null
  pauses: readonly RulePause[]
  drafts: readonly DraftShown[]
  /** Why no draft can be kept; null if they can. */
  draftsProblem: string | null
  /** The rules folder, and whether calls are on record. */
  folder: string
  isRecorded: boolean
}

/** A draft, and what it changes. `isBaseInForce` is false once other rules have come into force than it was made from. */
export type DraftShown = {
  id: string
  name: string
  base: string
  isBaseInForce: boolean
  revision: number
  madeAt: string
  madeBy: string
  savedAt: string
  savedBy: string
  files: readonly DraftFileShown[]
  end?: { kind: 'published'; version: string; at: string } | { kind: 'discarded'; at: string }
}

/** A file that a draft changes: the revision of its last save, when and by whom. */
export type DraftFileShown = { file: string; isRemoved: boolean; revision: number; at: string; who: string }

/**
 * Which rules an answer is about, so that nobody takes it for one about others: the version of the rules that were judged,
 * null if they have errors; the draft as of a revision; and the files of which an unsaved text was judged.
 */
export type About = {
  version: string | null
  draft: { id: string; name: string; revision: number; base: string } | null
  edited: readonly string[]
}

/** One file of the rules. `change` is what a draft did to it. */
export type FileShown = {
  file: string
  bytes: number
  change: 'added' | 'changed' | 'removed' | null
  revision: number
}

export type FilesAnswer = { about: About; files: readonly FileShown[] }

/** The text of a file. `revision` is that of the draft, to be sent back with a save. */
export type FileAnswer = { about: About; file: string; text: string; revision: number; isThere: boolean }

/** A rule as people read it. Line and column are those of its name, 1-based. */
export type RuleShown = {
  rule: string
  file: string
  line: number
  column: number
  stage: 'rewrite' | 'exempt' | 'reject'
  mode: 'enforce' | 'shadow' | 'disabled'
  order: number
  callbacks: readonly string[]
  sentences: readonly string[]
  why: string | null
  tests: number
  paused: RulePause | null
}

/** All rules in the order in which they decide, and what is wrong with them; no rules if there is an error. */
export type RulesAnswer = {
  about: About
  rules: readonly RuleShown[] | null
  diagnostics: readonly DiagnosticJson[]
  /** How many diagnostics are left out, since there are too many. */
  leftOut: number
}

/** A test beside a rule, or of a file (then `rule` is null). `problem` has lines for people; empty if it passed. */
export type TestShown = {
  rule: string | null
  file: string
  line: number
  name: string
  expected: string
  status: 'passed' | 'failed' | 'needs time'
  problem: readonly string[]
}

export type TestsAnswer = { about: About; tests: readonly TestShown[] | null }

/** What could be typed at a place: `text` replaces the columns from `from` to `to` of that line. */
export type Offer = { label: string; text: string; about: string; kind: 'key' | 'value' }

export type OffersAnswer = { about: About; from: number; to: number; offers: readonly Offer[] }

/** What a word means, in plain text, with an example in YAML. */
export type MeaningAnswer = { about: About; from: number; to: number; meaning: string | null; example: string | null }

/** What the service would answer to a call. `at` is when the call was judged, in ms since 1970. */
export type TryAnswer = { about: About; at: number; callback: string; report: Report }

/** The draft with one more save. `others` are the files that somebody else saved since the revision that was sent. */
export type SavedAnswer = { draft: DraftShown; others: readonly DraftFileShown[] }

/** What a kept test became: it was added, or was there already. */
export type KeptTestAnswer = {
  draft: DraftShown
  file: string
  /** What was done, in words, and the new text of the file; null if nothing changed. */
  text: string
  content: string | null
  isAdded: boolean
  /** False if a test with the same input expects something else. */
  isRight: boolean
}

/** A rule that was written into a file: its line, and the new text of the file. */
export type NewRuleAnswer = { draft: DraftShown; file: string; line: number; content: string }

/** What a draft changes, in sentences: what becomes stricter first. */
export type ChangesAnswer = {
  about: About
  stricter: readonly (readonly string[])[]
  others: readonly (readonly string[])[]
  diagnostics: readonly DiagnosticJson[]
  leftOut: number
}

/** Rules that were put in place, and whether they are in force by now. */
export type PublishedAnswer = { version: string; inForce: boolean; since: string | null }

/** A field of a callback, for a form. */
export type FieldShown = {
  name: string
  kind: string
  nullable: boolean
  rewritable: boolean
  isNeverSent?: true
  names?: Readonly<Record<string, number>>
  items?: string | readonly FieldShown[]
  about: string
}

/** A callback, for a form. `rules` is how many rules in force decide it. */
export type CallbackShown = {
  name: string
  command: string
  phase: 'before' | 'after'
  rejectable: boolean
  about: string
  isDead: boolean
  rules: number
  fields: readonly FieldShown[]
  sample: Readonly<Record<string, unknown>>
}

export type CallbacksAnswer = { callbacks: readonly CallbackShown[] }

/** What was wrong with a request; with `kind`, the page knows what to offer. */
export type ProblemAnswer = { error: string; kind?: string; [key: string]: unknown }
