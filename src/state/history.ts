import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { appendLine } from './append-line.ts'
import { readIfThere } from './state.ts'
import { codeIn, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** One line of `history.jsonl`: a version that came into force. */
export type HistoryLine = {
  v: 1
  /** ISO 8601. */
  at: string
  version: string
  /** The version in force before it; null for the first one. */
  before: string | null
  /** Who changed the rules, and why; null where that is not known. */
  who: string | null
  why: string | null
  source: HistorySource
  /** In a git work tree without changes: the last commit of these files. */
  commit?: string
  subject?: string
  /** The version of the files that a rollback or the page replaced, which may never have been in force. */
  replaced?: string
  /** What `explain --diff` says of the change. */
  sentences: readonly string[]
  /** Present if the sentences were left out when the line became old. */
  isShort?: true
  /** Present if the line is only kept because its version may have decided something on record. */
  isAside?: true
}

/** Where the change came from: a commit, files that were edited, `hookwarden rollback`, or the page. */
export type HistorySource = 'git' | 'file' | 'rollback' | 'page'

/** A line of the history, perhaps with a commit that came after it. */
export type ToldLine = HistoryLine & { isCommittedLater?: true }

/** History as read. `foreign` are lines that this program does not know. */
export type History = { lines: readonly ToldLine[]; foreign: number }

/** Adds a line. Throws StateUnusable. */
export async function addToHistory(dir: string, line: HistoryLine): Promise<void> {
  const path = historyFile(dir)
  await using(path, appendLine(path, JSON.stringify(line)))
}

/** All lines, the oldest one first. Needs no lock: what is being written is left out. Throws StateUnusable. */
export async function readHistory(dir: string): Promise<History> {
  const path = historyFile(dir)
  const text = (await using(path, readIfThere(path)))?.toString() ?? ''
  const found = text
    .split('\n')
    .filter(line => line !== '')
    .map(historyLineIn)
  const lines = found.filter(line => line !== undefined)
  return { lines, foreign: found.length - lines.length }
}

/** How much of the end of the file is read for its last line. */
const tailBytes = 1024 * 1024

/** The last line, read without the others; undefined if there is none. Throws StateUnusable. */
export async function lastOfHistory(dir: string): Promise<HistoryLine | undefined> {
  const path = historyFile(dir)
  const tail = await using(path, readTail(path))
  const found = tail.split('\n').findLast(text => historyLineIn(text) !== undefined)
  return found === undefined ? undefined : historyLineIn(found)
}

async function readTail(path: string): Promise<string> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const start = Math.max(size - tailBytes, 0)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return ''
    throw error
  }
}

/** Why the next version comes: noted by whoever writes rule files, read by the service that loads them. */
export type Reason = {
  version: string
  at: string
  who: string
  why: string
  source: 'rollback' | 'page'
  replaced: string
}

/** Notes why a version is about to come into force. Throws StateUnusable. */
export async function noteReason(dir: string, reason: Reason): Promise<void> {
  const path = join(dir, reasonName)
  const slices = (function* () {
    yield Buffer.from(`${JSON.stringify(reason)}\n`)
  })()
  await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
}

/** Forgets the reason, once it is in the history. */
export async function dropReason(dir: string): Promise<void> {
  const path = join(dir, reasonName)
  await using(path, rm(path, { force: true }))
}

/** The reason that was noted for a version; undefined if there is none. */
export async function reasonFor(dir: string, version: string): Promise<Reason | undefined> {
  const reason = await notedReason(dir)
  return reason?.version === version ? reason : undefined
}

/** The reason that was noted last; undefined if it is in the history. Throws StateUnusable. */
export async function notedReason(dir: string): Promise<Reason | undefined> {
  const path = join(dir, reasonName)
  return parsed((await using(path, readIfThere(path)))?.toString() ?? '') as Reason | undefined
}

/**
 * The versions that can be gone back to, the one in force last: what a rollback went back over is not among them.
 */
export function versionsBehind(lines: readonly HistoryLine[]): readonly string[] {
  return stackOf(lines).map(({ version }) => version)
}

/** The same with the lines, by their places, at which these versions came into force. */
export function stackOf(
  lines: readonly Pick<HistoryLine, 'version' | 'source' | 'isAside'>[],
): readonly { version: string; at: number }[] {
  const stack: { version: string; at: number }[] = []
  for (const [at, { version, source, isAside }] of lines.entries()) {
    if (isAside) continue
    const found = source === 'rollback' ? stack.findLastIndex(each => each.version === version) : -1
    if (found !== -1) stack.length = found + 1
    else if (stack.at(-1)?.version !== version) stack.push({ version, at })
  }
  return stack
}

const reasonName = 'reason.json'

/** Where the history is in a state folder. */
export function historyFile(dir: string): string {
  return join(dir, 'history.jsonl')
}

/** A line as this program knows it; undefined for any other. */
export function historyLineIn(text: string): HistoryLine | undefined {
  const line = parsed(text) as Partial<HistoryLine> | undefined
  const isKnown = line?.v === 1 && typeof line.version === 'string' && Array.isArray(line.sentences)
  return isKnown ? (line as HistoryLine) : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
