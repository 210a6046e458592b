import type { SourceFile } from '../yaml/source.ts'
import { readFound } from './read-found.ts'
import { type FoundFile, inParallel, walk } from './walk.ts'

/** A rules folder as read: its files in order, and what is needed next time to decide which to read again. */
export type Snapshot = {
  files: readonly SourceFile[]
  known: ReadonlyMap<string, Known>
}

/** A file that was read, and until when (by `performance.now()`) an unchanged stamp means unchanged content. */
type Known = { source: SourceFile & { content: Uint8Array }; stamp: string; trustedUntilMs: number }

/** The longest time that a stamp is trusted: some mounts and memory maps never update it. */
const maxTrustMs = 30_000

/**
 * Read the rule files and lists of a folder: content as bytes, relative names with `/`, sorted by code unit.
 *
 * @throws FolderUnreadable
 */
export async function readRulesFolder(dir: string): Promise<readonly SourceFile[]> {
  return (await lookAtFolder(dir)).files
}

/**
 * Read a rules folder again, but only files that may have changed since the snapshot `before`.
 *
 * A file with the same content keeps its object, so snapshots can be compared by identity. Throws if a file vanishes
 * meanwhile: the folder is changing, so look again.
 *
 * @throws FolderUnreadable
 */
export async function lookAtFolder(dir: string, before?: Snapshot): Promise<Snapshot> {
  const files = await walk(dir)
  const read = await inParallel(files, found => readAgain(found, before?.known.get(found.file)))
  const known = new Map(read.map(file => [file.source.file, file]))
  return { files: read.map(({ source }) => source), known }
}

async function readAgain(found: FoundFile, known: Known | undefined): Promise<Known> {
  const { file, stamp } = found
  if (known?.stamp === stamp && performance.now() < known.trustedUntilMs) return known
  const trustedUntilMs = performance.now() + trustMs(found)
  const content = await readFound(found)
  const source = known && content.equals(known.source.content) ? known.source : { file, content }
  return { source, stamp, trustedUntilMs }
}

/**
 * How long to trust an unchanged stamp: as long as the age of the file.
 *
 * Two writes within one tick of the file system's clock (4 ms to 2 s) leave the same stamp, so a recently changed file
 * is read again soon. The random part keeps files that were read together from being due together.
 */
function trustMs({ changedMs }: FoundFile): number {
  return Math.min(Date.now() - changedMs, maxTrustMs * (0.5 + Math.random() / 2))
}
