import type { SourceFile } from '../yaml/source.ts'
import { readFound } from './read-found.ts'
import { type FoundFile, inParallel, walk } from './walk.ts'

/** A rules folder as it was read: its files in order, and what tells at the next look which of them to read again. */
export type Snapshot = {
  files: readonly SourceFile[]
  known: ReadonlyMap<string, Known>
}

/** A file that was read, and until when (by `performance.now()`) its stamp vouches for the content. */
type Known = { source: SourceFile & { content: Uint8Array }; stamp: string; trustedUntilMs: number }

/** The longest that a stamp is trusted. It can lie for good: some mounts and memory maps keep the times as they were. */
const maxTrustMs = 30_000

/**
 * Read the rule files and lists of a folder: content as bytes, names relative with `/`, in order of code unit.
 *
 * @throws FolderUnreadable
 */
export async function readRulesFolder(dir: string): Promise<readonly SourceFile[]> {
  return (await lookAtFolder(dir)).files
}

/**
 * Look at a rules folder again, reading only what may have changed since the snapshot `before`.
 *
 * A file whose content is the same keeps its very object, so two snapshots can be compared by identity.
 * A file that vanishes meanwhile makes it throw: the folder is changing, look again.
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
 * How long to take an unchanged stamp for an unchanged file: as long as the file is old.
 *
 * Two writes within one tick of the file system's clock (4 ms to 2 s) leave the same stamp, so a young file is read
 * again soon. What is read together is not all due together: hence the random part.
 */
function trustMs({ changedMs }: FoundFile): number {
  return Math.min(Date.now() - changedMs, maxTrustMs * (0.5 + Math.random() / 2))
}
