import { execFile } from 'node:child_process'
import { webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import { isOurs } from '../language/read/file.ts'
import type { SourceFile } from '../yaml/source.ts'

/** A commit that has exactly these rule files. */
export type Commit = { commit: string; author: string; subject: string }

/**
 * The last commit that changed the rule files of a folder; undefined unless the folder is in a git work tree, and its
 * files are those of the commit that is checked out.
 *
 * Only objects are read: nothing that the repository configures runs, such as filters, hooks or transports. Without git
 * there is no commit.
 */
export async function commitOf(dir: string, files: readonly SourceFile[]): Promise<Commit | undefined> {
  const head = (await git(dir, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()
  if (head === undefined || head === '') return undefined
  const tree = await git(dir, 'ls-tree', '-r', '-z', head, '--', '.')
  if (tree === undefined || !(await isSameTree(blobsIn(tree), files))) return undefined
  const log = await git(dir, 'log', '-1', '--no-show-signature', '--format=%H%x00%an%x00%s', head, '--', '.')
  const [commit = '', author = '', subject = ''] = log?.trimEnd().split('\0') ?? []
  return commit === '' ? undefined : { commit, author, subject }
}

const timeLimitMs = 5_000

/** More than the names of the largest folder take. */
const mostOutput = 16 * 1024 * 1024

/** What git prints, run in a folder; undefined when it fails, takes too long, or is not there. */
export async function git(dir: string, ...args: readonly string[]): Promise<string | undefined> {
  const options = { cwd: dir, timeout: timeLimitMs, killSignal: 'SIGKILL', maxBuffer: mostOutput } as const
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '' }
  try {
    return (
      await promisify(execFile)('git', ['--no-pager', '-c', 'core.fsmonitor=false', ...args], { ...options, env })
    ).stdout
  } catch {
    // Whatever is the matter with the repository, the rules are not: who changed them is then unknown.
    return undefined
  }
}

/** The blobs of rule files by path, in what `ls-tree -r -z` prints. */
export function blobsIn(tree: string): ReadonlyMap<string, string> {
  const blobs = tree.split('\0').flatMap((entry): [string, string][] => {
    const [, hash, file] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? []
    return hash === undefined || file === undefined || !isOurs({ file }) ? [] : [[file, hash]]
  })
  return new Map(blobs)
}

async function isSameTree(blobs: ReadonlyMap<string, string>, files: readonly SourceFile[]): Promise<boolean> {
  if (blobs.size !== files.length) return false
  for (const { file, content } of files) {
    const blob = blobs.get(file)
    if (blob === undefined || !(await isBlob(blob, Buffer.from(content as Uint8Array)))) return false
  }
  return true
}

/** Git may have checked out LF as CRLF. */
async function isBlob(blob: string, content: Buffer): Promise<boolean> {
  if ((await hashOf(blob, content)) === blob) return true
  return content.includes('\r\n') && (await hashOf(blob, withLf(content))) === blob
}

/** A content as git has it, if it checks out LF as CRLF. */
export function withLf(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}

/** The hash of a blob, by the algorithm of another one. Hashed in another thread. */
export async function hashOf({ length }: string, content: Buffer): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`blob ${content.length}\0`), content])
  const hash = await webcrypto.subtle.digest(length === 64 ? 'SHA-256' : 'SHA-1', bytes)
  return Buffer.from(hash).toString('hex')
}
