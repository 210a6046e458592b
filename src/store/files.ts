import { readFile } from 'node:fs/promises'
import type { SourceFile } from '../language/source.ts'
import { reading } from './folder-unreadable.ts'
import { inParallel } from './in-parallel.ts'
import { type FoundFile, walk } from './walk.ts'

/** A rules folder as it was read: its files in order, and what tells at the next look which of them to read again. */
export type Snapshot = {
  files: readonly SourceFile[]
  /** Where the folders really are, for those who want to be told of changes. */
  folders: readonly string[]
  known: ReadonlyMap<string, Known>
}

/** A file that was read, and until when (by `performance.now()`) its stamp vouches for the content. */
type Known = { source: SourceFile; stamp: string; trustedUntilMs: number }

/**
 * A file written twice within one tick of a file system's clock looks the same from outside, so a stamp says nothing
 * until it is older than the longest tick (2 s, of FAT).
 */
const tickMs = 2_000

/** Stamps can lie (network mounts, memory maps): every so often the content is read whatever they say. */
const trustMs = 30_000

/**
 * Read the rule files and lists of a folder: content as bytes, names relative with `/`, in order of code unit.
 *
 * @throws FolderUnreadable
 */
export async function readRulesFolder(dir: string): Promise<readonly SourceFile[]> {
  return (await lookAt(dir)).files
}

/**
 * Look at a rules folder again, reading only what may have changed since the snapshot `before`.
 *
 * A file whose content is the same keeps its very object, so two snapshots can be compared by identity.
 * A file that vanishes meanwhile makes it throw: the folder is changing, look again.
 *
 * @throws FolderUnreadable
 */
export async function lookAt(dir: string, before?: Snapshot): Promise<Snapshot> {
  const { files, folders } = await walk(dir)
  const read = await inParallel(files, found => readAgain(found, before?.known.get(found.file)))
  const known = new Map(read.map(file => [file.source.file, file]))
  return { files: read.map(({ source }) => source), folders, known }
}

async function readAgain({ file, path, stamp, changedMs }: FoundFile, known: Known | undefined): Promise<Known> {
  if (known?.stamp === stamp && performance.now() < known.trustedUntilMs) return known
  const isRacy = Date.now() - changedMs < tickMs
  // Files read together should not all be due together.
  const trustedUntilMs = isRacy ? 0 : performance.now() + trustMs * (0.5 + Math.random())
  const content = await reading(path, readFile(path))
  const source = known && content.equals(known.source.content as Uint8Array) ? known.source : { file, content }
  return { source, stamp, trustedUntilMs }
}
