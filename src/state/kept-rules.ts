import { isUtf8 } from 'node:buffer'
import { mkdir, open, readdir, readFile, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { threadId } from 'node:worker_threads'
import { createGzip, gunzip } from 'node:zlib'
import type { SourceFile } from '../yaml/source.ts'
import { newerFormat, stateFormat } from './format.ts'
import { codeIn, StateUnusable, using } from './state-errors.ts'
import { syncFolder } from './write-whole.ts'

/** The files of a rule set, by its version. Contents are bytes. */
export type KeptRules = { version: string; files: readonly (SourceFile & { content: Uint8Array })[] }

/**
 * Keeps the files of a rule set in the state folder: `rules/<version>.json.gz`. If it is there, it is as good as new.
 *
 * Others are at work between pieces. Throws StateUnusable.
 */
export async function keepRules(dir: string, version: string, files: readonly SourceFile[]): Promise<void> {
  const path = rulesFile(dir, version)
  // Two at once would write to the same place.
  const written = writing.get(path) ?? using(path, writeUnlessThere(path, version, files))
  writing.set(path, written)
  try {
    await written
  } finally {
    writing.delete(path)
  }
}

/** What is being written, by path. */
const writing = new Map<string, Promise<void>>()

async function writeUnlessThere(path: string, version: string, files: readonly SourceFile[]): Promise<void> {
  if (!(await isRenewed(path))) await write(path, piecesOf(version, files))
}

/** The rule set of a version; undefined if it is not kept. Throws StateUnusable. */
export async function readRules(dir: string, version: string): Promise<KeptRules | undefined> {
  const path = rulesFile(dir, version)
  const packed = await using(path, readUnlessMissing(path))
  if (packed === undefined) return undefined
  const { format, files } = await using(path, unpack(packed))
  if (typeof format !== 'number' || !Array.isArray(files)) throw new StateUnusable(path, 'it holds no rules')
  if (format > stateFormat) throw new StateUnusable(path, newerFormat(format))
  return { version, files: (files as readonly KeptText[]).map(contentOf) }
}

/** The versions that are kept. Throws StateUnusable. */
export async function versionsKept(dir: string): Promise<readonly string[]> {
  const folder = join(dir, folderName)
  const names = await using(folder, readdir(folder).catch(emptyIfMissing))
  return names.filter(name => name.endsWith(ending)).map(name => name.slice(0, -ending.length))
}

const folderName = 'rules'
const ending = '.json.gz'

/** Where the files of a version are kept in a state folder. */
export function rulesFile(dir: string, version: string): string {
  return join(dir, folderName, `${version}${ending}`)
}

/** A file as kept: its text, or where it is not UTF-8 its bytes. */
type KeptText = { file: string; content: string; encoding?: 'base64' }

function contentOf({ file, content, encoding }: KeptText): KeptRules['files'][number] {
  return { file, content: Buffer.from(content, encoding ?? 'utf8') }
}

/** How many bytes become JSON at once: less than a millisecond of work. */
const pieceBytes = 64 * 1024 - 1

/** The JSON text of a rule set, in pieces. */
function* piecesOf(version: string, files: readonly SourceFile[]): Generator<string> {
  yield `${JSON.stringify({ format: stateFormat, version }).slice(0, -1)},"files":[\n`
  for (const [at, { file, content }] of files.entries()) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const isText = isUtf8(bytes)
    yield `${at === 0 ? '' : ',\n'}{"file":${JSON.stringify(file)},"content":"`
    yield* isText ? textPieces(bytes) : base64Pieces(bytes)
    yield isText ? '"}' : '","encoding":"base64"}'
  }
  yield '\n]}\n'
}

function* textPieces(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const text = decoder.decode(bytes.subarray(start, start + pieceBytes), { stream: true })
    yield JSON.stringify(text).slice(1, -1)
  }
}

/** A multiple of three bytes needs no padding. */
function* base64Pieces(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield Buffer.from(bytes.subarray(start, start + pieceBytes)).toString('base64')
  }
}

async function write(path: string, pieces: Iterable<string>): Promise<void> {
  // The thread of a draft may keep the same rules at the same time.
  const draft = `${path}.${threadId}.new`
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  try {
    const file = await open(draft, 'w', 0o600)
    try {
      await pipeline(Readable.from(pieces), createGzip(), async packed => {
        for await (const piece of packed) await file.writeFile(piece)
      })
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    await syncFolder(join(path, '..'))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function unpack(packed: Uint8Array): Promise<{ format?: unknown; files?: unknown }> {
  return JSON.parse((await promisify(gunzip)(packed)).toString())
}

/** False if it is not there. */
async function isRenewed(path: string): Promise<boolean> {
  try {
    const now = new Date()
    await utimes(path, now, now)
    return true
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return false
    throw error
  }
}

async function readUnlessMissing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return undefined
    throw error
  }
}

function emptyIfMissing(error: unknown): string[] {
  if (codeIn(error) === 'ENOENT') return []
  throw error
}
