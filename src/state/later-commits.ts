import type { SourceFile } from '../yaml/source.ts'
import { blobsIn, type Commit, git, hashOf, withLf } from './git.ts'

/** Rule files that came into force at a time, in ms since 1970, before they were committed. */
export type Uncommitted = { at: number; files: () => Promise<readonly SourceFile[] | undefined> }

/** So many commits are looked at, the last ones: about a second of work. */
const mostCommits = 200

/** The clock of whoever commits may be another one, and commits have whole seconds. */
const slackMs = 60_000

/**
 * For each set of files, in order, the first commit that has exactly these since they came into force; undefined where
 * there is none.
 *
 * Only objects are read, as by `commitOf`.
 */
export async function laterCommits(dir: string, all: readonly Uncommitted[]): Promise<readonly (Commit | undefined)[]> {
  const found = all.map((): Commit | undefined => undefined)
  const commits = await commitsSince(dir, Math.min(...all.map(({ at }) => at)))
  if (commits.length === 0) return found
  const hashes: (Hashes | undefined)[] = []
  for (const { files } of all) hashes.push(await hashesOf(commits[0]?.commit ?? '', await files()))
  for (const { atMs, ...commit } of commits) {
    if (found.every(each => each !== undefined)) break
    const tree = await git(dir, 'ls-tree', '-r', '-z', commit.commit, '--', '.')
    if (tree === undefined) continue
    const blobs = blobsIn(tree)
    for (const [place, { at }] of all.entries()) {
      if (atMs + slackMs >= at && isThat(blobs, hashes[place])) found[place] ??= commit
    }
  }
  return found
}

/** The commits that changed the folder, the oldest first. */
async function commitsSince(dir: string, ms: number): Promise<readonly (Commit & { atMs: number })[]> {
  const since = `--max-age=${Math.floor((ms - slackMs) / 1000)}`
  const format = '--format=%H%x00%ct%x00%an%x00%s'
  const log = await git(dir, 'log', '-n', String(mostCommits), '--no-show-signature', since, format, 'HEAD', '--', '.')
  const commits = (log ?? '')
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [commit = '', seconds, author = '', subject = ''] = line.split('\0')
      return { commit, author, subject, atMs: Number(seconds) * 1000 }
    })
  return commits.reverse()
}

/** For each file the hashes that its blob may have. */
type Hashes = ReadonlyMap<string, readonly string[]>

/** By the algorithm of a known hash. */
async function hashesOf(known: string, files: readonly SourceFile[] | undefined): Promise<Hashes | undefined> {
  if (files === undefined) return undefined
  const hashes = new Map<string, readonly string[]>()
  for (const { file, content } of files) {
    const bytes = Buffer.from(content as Uint8Array)
    const both = bytes.includes('\r\n') ? [bytes, withLf(bytes)] : [bytes]
    hashes.set(file, await Promise.all(both.map(each => hashOf(known, each))))
  }
  return hashes
}

function isThat(blobs: ReadonlyMap<string, string>, hashes: Hashes | undefined): boolean {
  if (hashes === undefined || hashes.size !== blobs.size) return false
  return [...hashes].every(([file, all]) => all.includes(blobs.get(file) ?? ''))
}
