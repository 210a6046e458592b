import { copyFile, type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SourceFile } from '../yaml/source.ts'
import { codeIn, StateUnusable, using } from './state-errors.ts'
import { syncFolder } from './write-whole.ts'

/** What differs between two sets of files, by path: written anew, or to be removed. */
export type FileChanges = { written: readonly SourceFile[]; removed: readonly string[] }

/** What must be written and removed so that `now` becomes `wanted`. */
export function fileChangesTo(now: readonly SourceFile[], wanted: readonly SourceFile[]): FileChanges {
  const present = new Map(now.map(({ file, content }) => [file, Buffer.from(content as Uint8Array)]))
  const kept = new Set(wanted.map(({ file }) => file))
  return {
    written: wanted.filter(
      ({ file, content }) => present.get(file)?.equals(Buffer.from(content as Uint8Array)) !== true,
    ),
    removed: [...present.keys()].filter(file => !kept.has(file)),
  }
}

/**
 * Changes files in a folder, all of them or none.
 *
 * Everything is written aside first, under names that start with a dot. Then `isStillSo` is asked, and the files are put
 * in place by renaming; if that fails half-way, it is undone. Files keep their mode and owner.
 *
 * Throws StateUnusable, with nothing changed, for what cannot be written.
 */
export async function replaceFiles(
  dir: string,
  { written, removed }: FileChanges,
  isStillSo: () => Promise<boolean>,
): Promise<boolean> {
  const folders = new Set([...written.map(({ file }) => file), ...removed].map(file => dirname(join(dir, file))))
  for (const folder of folders) await using(folder, removeLeftovers(folder))
  const moves: Move[] = []
  try {
    for (const { file, content } of written) {
      const move = await using(join(dir, file), moveTo(join(dir, file), moves.length))
      moves.push(move)
      await using(move.target, prepare(move, content))
    }
    for (const file of removed) {
      const move = { target: join(dir, file), before: asideOf(join(dir, file), moves.length, 'old') }
      moves.push(move)
      await using(move.target, prepareRemoval(move))
    }
    if (!(await isStillSo())) return false
    await makeAll(moves)
    return true
  } finally {
    for (const { draft, before } of moves) {
      for (const path of [draft, before]) if (path !== undefined) await rm(path, { force: true })
    }
    for (const folder of new Set(moves.map(({ target }) => dirname(target)))) await syncIfThere(folder)
  }
}

/** One file to put in place: its new content, unless it is removed, and its content before, if there is one. */
type Move = { target: string; draft?: string; before?: string }

/** A file to write, and what is known of the one in its place. */
type Writing = Move & { draft: string; present?: Owned }

/** The beginning of names for what is written aside. */
const prefix = '.hookwarden-'

/** Takes away what a process that was killed has left. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const file of await namesIn(folder)) {
    if (file.startsWith(prefix) && /\.(?:new|old)$/.test(file)) await rm(join(folder, file), { force: true })
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return []
    throw error
  }
}

async function moveTo(path: string, nth: number): Promise<Writing> {
  const target = await resolved(path)
  const present = await statIfThere(target)
  const draft = asideOf(target, nth, 'new')
  return present === undefined ? { target, draft } : { target, draft, present, before: asideOf(target, nth, 'old') }
}

function asideOf(target: string, nth: number, ending: 'new' | 'old'): string {
  return join(dirname(target), `${prefix}${nth}.${ending}`)
}

async function prepare({ target, draft, before, present }: Writing, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  if (before !== undefined) await copyFile(target, before)
  const written = await open(draft, 'w', present?.mode ?? 0o666)
  try {
    await written.writeFile(content)
    if (present !== undefined) await likeBefore(written, present)
    await written.sync()
  } finally {
    await written.close()
  }
  if (before !== undefined && present !== undefined) await likeBeforeAt(before, present)
}

/** Shows that the folder can be written before anything is changed. */
async function prepareRemoval({ before }: { before: string }): Promise<void> {
  await (await open(before, 'w')).close()
}

/** A link is followed: what it names is replaced. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return path
    throw error
  }
}

type Owned = { mode: number; uid: number; gid: number }

async function statIfThere(path: string): Promise<Owned | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return undefined
    throw error
  }
}

async function likeBeforeAt(path: string, present: Owned): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await likeBefore(file, present)
  } finally {
    await file.close()
  }
}

/** Only some users may give a file to its owner. */
async function likeBefore(file: FileHandle, { mode, uid, gid }: Owned): Promise<void> {
  await file.chmod(mode)
  try {
    await file.chown(uid, gid)
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes(codeIn(error))) throw error
  }
}

async function makeAll(moves: readonly Move[]): Promise<void> {
  const made: Move[] = []
  try {
    for (const move of moves) {
      await make(move)
      made.push(move)
    }
  } catch (cause) {
    const left = await undoAll(made)
    const result = left.length === 0 ? '' : `. These files are changed already: ${left.join(', ')}`
    throw new StateUnusable(dirname(moves[made.length]?.target ?? ''), `${String(cause)}${result}`, { cause })
  }
}

async function make({ target, draft, before }: Move): Promise<void> {
  if (draft !== undefined) await rename(draft, target)
  else if (before !== undefined) await rename(target, before)
}

/** Undoes moves, the last one first. Returns those that cannot be undone: what they had before stays beside them. */
async function undoAll(made: readonly Move[]): Promise<readonly string[]> {
  const left: string[] = []
  for (const move of [...made].reverse()) {
    try {
      await undo(move)
    } catch {
      // The first failure is the one to tell; this one only shows in what is left.
      left.push(move.target)
    }
  }
  return left
}

async function undo({ target, before }: Move): Promise<void> {
  if (before === undefined) await rm(target, { force: true })
  else await rename(before, target)
}

async function syncIfThere(folder: string): Promise<void> {
  try {
    await syncFolder(folder)
  } catch (error) {
    if (codeIn(error) !== 'ENOENT') throw error
  }
}
