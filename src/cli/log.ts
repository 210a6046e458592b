import { createColors } from 'picocolors'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import { suggestCallback } from '../language/advice/suggest-callback.ts'
import { escapeHidden } from '../language/show/visible.ts'
import type { RecordedDraft } from '../record/draft-line.ts'
import { DraftStats } from '../record/draft-stats.ts'
import type { RecordedDecision } from '../record/record-line.ts'
import { bytesOfWanted, isWantedDecision, type WantedDecisions } from '../record/wanted.ts'
import type { Covered } from '../state/covered.ts'
import { type OnLine, recordsOf } from '../state/read-records.ts'
import type { TimeSpan } from '../state/segments.ts'
import { coverageJson, coverageLines } from './covered.ts'
import { decisionLine } from './decision-line.ts'
import { draftCoverage, draftLine } from './draft-text.ts'
import { Following } from './follow.ts'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import type { Places } from './places.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags } from './records-asked.ts'

/** Options of `hookwarden log`, as typed. */
export type LogOptions = RecordFlags & {
  user?: string
  group?: string
  rule?: string
  code?: string
  callback?: string
  shadow?: true
  draft?: true
  last?: string
  json?: true
  follow?: true
}

/** Print decisions on record, one line each, the newest one last. Throws UsageError and StateUnusable. */
export async function log(options: LogOptions, io: Io): Promise<ExitCode> {
  const asked = await readRecordFlags(options, io)
  const wanted = await readWanted(options, asked)
  const written = writerOf(options, asked, io)
  const following = options.follow ? new Following(asked.places, io) : undefined
  // What is there already comes from the search, where it is wanted.
  await following?.begin()
  if (!options.follow || options.since !== undefined) {
    for (const span of spansOf(options, asked)) {
      const onFound = lastOnly(options.last, decision => written.decision(decision))
      const { since, until } = span
      const read = (onLine: OnLine) => asked.places.read({ since, until, bytes: bytesOfWanted(wanted) }, onLine)
      const coverage = await recordsOf(read, record => {
        if (!isWantedDecision(record, wanted)) return
        following?.isKnown(record.id)
        onFound.add(record)
      })
      if (span.isPart && !onFound.isFull()) continue
      onFound.end()
      written.end(coverage, options.draft ? await draftsIn(asked.places, span) : undefined)
      break
    }
  }
  await following?.run(record => {
    if (isWantedDecision(record, wanted)) written.decision(record)
  })
  return 0
}

/** What drafts decided in a time, and what not: a list of differences alone would not say how many calls it is about. */
async function draftsIn(places: Places, { since, until }: TimeSpan): Promise<DraftStats> {
  const drafts = new DraftStats()
  const options = { since, until, bytes: ['"kind":"draft'] }
  const read = (onLine: OnLine) => places.read(options, onLine)
  await recordsOf(read, record => {
    if (record.kind === 'draft' || record.kind === 'draft sum') drafts.add(record)
  })
  return drafts
}

async function readWanted(options: LogOptions, { places }: RecordsAsked): Promise<WantedDecisions> {
  const { user, group, rule, code, callback, shadow, draft } = options
  if (shadow && draft) throw new UsageError('--shadow is about the rules in force: leave it out with --draft')
  return {
    ...(user !== undefined && { user: await namesOf(user, places) }),
    ...(group !== undefined && { group: await namesOf(group, places) }),
    ...(rule !== undefined && { rule }),
    ...(code !== undefined && { code: wholeNumber('--code', code) }),
    ...(callback !== undefined && { callback: callbackName(callback) }),
    ...(shadow && { isShadow: true }),
    ...(draft && { isDraft: true }),
  }
}

/** The names of somebody in all places: each hashes with its own secret. */
async function namesOf(name: string, places: Places): Promise<readonly string[]> {
  const found = await places.ask({ ask: 'names', names: [name] })
  return [...new Set([name, ...found.flatMap(({ answer }) => answer)])]
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} must be a whole number, not "${text}"`)
  return Number(text)
}

function callbackName(text: string): string {
  const found = findCallback(text) ?? callbacks.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  if (found === undefined) throw new UsageError(`There is no callback "${text}". ${suggestCallback(text)}`)
  return found.name
}

/** Where to look: the last decisions are mostly in the last hour or day, and then no more is read. */
function spansOf(
  { last, since, follow }: LogOptions,
  asked: RecordsAsked,
): readonly (TimeSpan & { isPart: boolean })[] {
  const { until } = asked
  // This also shows what is written while it reads.
  if (follow) return [{ since: asked.since, until: Number.MAX_SAFE_INTEGER, isPart: false }]
  const parts = last === undefined || since !== undefined ? [] : [hourMs, 24 * hourMs]
  return [
    ...parts.map(length => ({ since: until - length, until, isPart: true })),
    { since: asked.since, until, isPart: false },
  ]
}

const hourMs = 3_600_000

/** Passes all decisions on, or at the end only the last ones. `isFull` if there are as many as are wanted. */
function lastOnly(last: string | undefined, pass: (decision: Listed) => void) {
  if (last === undefined) return { add: pass, isFull: () => true, end: () => {} }
  const most = wholeNumber('--last', last)
  let kept: Listed[] = []
  return {
    add: (decision: Listed) => {
      kept.push(decision)
      if (kept.length >= 2 * most + 1000) kept = kept.slice(-most)
    },
    isFull: () => kept.length >= most,
    end: () => {
      for (const decision of most === 0 ? [] : kept.slice(-most)) pass(decision)
    },
  }
}

/** What is listed: decisions, or how a draft decided otherwise. */
type Listed = RecordedDecision | RecordedDraft

/** `drafts`: what drafts decided in the time, if that is asked. */
type Writer = { decision(decision: Listed): void; end(coverage: Covered, drafts?: DraftStats): void }

function writerOf({ json, follow }: LogOptions, asked: RecordsAsked, io: Io): Writer {
  if (json) return jsonWriter(asked, follow === true, io)
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  let found = 0
  return {
    decision: decision => {
      found += 1
      const { zone } = asked
      const line = decision.kind === 'draft' ? draftLine(decision, zone, colors) : decisionLine(decision, zone, colors)
      print(`${line}\n`, io)
    },
    end: (coverage, drafts) => {
      const [one, many] =
        drafts === undefined ? ['decision', 'decisions'] : ['call decided otherwise', 'calls decided otherwise']
      const count = found === 0 ? `No ${one} found` : `${found} ${found === 1 ? one : many}`
      const lines = [count, ...draftCoverage(drafts?.found ?? []), ...coverageLines(coverage, asked)]
      print(`${found === 0 ? '' : '\n'}${colors.dim(lines.join('\n'))}\n`, io)
    },
  }
}

/** One document with a decision on each line; while following, one document a line. */
function jsonWriter({ now }: RecordsAsked, isFollowing: boolean, io: Io): Writer {
  let found = 0
  return {
    decision: decision => {
      const text = escapeHidden(JSON.stringify(decision))
      if (isFollowing) io.out(`${text}\n`)
      else io.out(`${found === 0 ? '{"decisions":[\n' : ',\n'}${text}`)
      found += 1
    },
    end: (coverage, drafts) => {
      if (isFollowing) return
      const rest = { ...(drafts && { drafts: drafts.json }), covers: coverageJson(coverage, now) }
      io.out(`${found === 0 ? '{"decisions":[' : ''}\n],${escapeHidden(JSON.stringify(rest)).slice(1)}\n`)
    },
  }
}
