import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, posix, sep } from 'node:path'
import { badlyNamed, entryName, rawName } from './entry-name.ts'
import { FolderUnreadable, reading } from './folder-unreadable.ts'

/** A rule file or list that was found: `file` is its name in the rules folder, `path` its real path. */
export type FoundFile = {
  file: string
  path: string
  size: number
  /** When its content or inode last changed, by the clock of the file system. */
  changedMs: number
  /** Changes if the file is replaced or written to, as far as the file system reports it. */
  stamp: string
}

/** Far above any real rules folder; stops `--rules /` by mistake at once instead of after an hour. */
const limits = { entries: 20_000, depth: 32, bytes: 64 * 1024 * 1024 }

/**
 * Find the rule files and lists of a folder, without reading them.
 *
 * Names that start with a dot are skipped. Links are followed as long as they stay in the folder; the folder itself may
 * be a link. A file that is reached twice counts once, under the name with the fewest links, then the first by code
 * unit: so loops end, and the order on disk does not matter. (A list is identified by its name, so one file under two
 * names is two lists.) A broken link is an error, since its target may have been rules. So is a link that leads out of
 * the folder: diagnostics quote what is read, and the operator chose only this folder.
 *
 * @throws FolderUnreadable
 */
export async function walk(dir: string): Promise<readonly FoundFile[]> {
  const found: Found = { claimed: new Set(), entries: 0, files: [] }
  const root = await realPath(dir)
  let level: Entry[] = [{ file: '', path: root }]
  while (level.length > 0) {
    const links = await walkFolders(level, found)
    const targets = await inParallel(links.sort(byFile), link => follow(link, root))
    for (const target of targets) if (!target.isFolder) addFile(target, found)
    level = targets.filter(target => target.isFolder)
  }
  const files = await inParallel(found.files.sort(byFile), inspect)
  refuseTooLarge(dir, files)
  return files
}

type Entry = { file: string; path: string }
type Found = { claimed: Set<string>; entries: number; files: Entry[] }

/** Walk folders and the folders in them. Links are returned, not followed. */
async function walkFolders(start: readonly Entry[], found: Found): Promise<Entry[]> {
  const links: Entry[] = []
  const folders = [...start]
  for (const folder of folders) {
    if (!claim(folderKey(folder), found)) continue
    for (const dirent of await list(folder, found)) {
      const name = entryName(dirent.name)
      if (name === undefined) {
        refuseBadName(folder, dirent)
        continue
      }
      const entry = { file: posix.join(folder.file, name), path: join(folder.path, name) }
      if (dirent.isSymbolicLink()) links.push(entry)
      else if (dirent.isDirectory()) folders.push(entry)
      else addFile(entry, found)
    }
  }
  return links
}

async function list({ file, path }: Entry, found: Found): Promise<Dirent<Buffer>[]> {
  if (file.split('/').length > limits.depth)
    throw new FolderUnreadable(path, `it is more than ${limits.depth} folders deep`)
  const dirents = await reading(path, readdir(path, { withFileTypes: true, encoding: 'buffer' }))
  found.entries += dirents.length
  if (found.entries > limits.entries) {
    throw new FolderUnreadable(path, `the rules folder has more than ${limits.entries} entries`)
  }
  return dirents.filter(({ name }) => !rawName(name).startsWith('.'))
}

/** An entry with such a name cannot be read. It is an error if it would have been a rule file, list or folder. */
function refuseBadName(folder: Entry, dirent: Dirent<Buffer>): void {
  const entry = { file: posix.join(folder.file, rawName(dirent.name)), path: '' }
  if (dirent.isDirectory() || dirent.isSymbolicLink() || fileKey(entry) !== null) {
    throw badlyNamed(folder.path, dirent.name)
  }
}

async function follow({ file, path }: Entry, root: string): Promise<Entry & { isFolder: boolean }> {
  const target = await realPath(path)
  const isFolder = (await reading(path, stat(target))).isDirectory()
  const isInside = target === root || target.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
  if (!isInside && (isFolder || fileKey({ file, path }) !== null)) {
    throw new FolderUnreadable(path, 'it is a link that leads out of the rules folder. Copy its target into the folder')
  }
  return { file, path: target, isFolder }
}

/** The path with all links resolved. */
async function realPath(path: string): Promise<string> {
  const bytes = await reading(path, realpath(path, 'buffer'))
  const found = entryName(bytes)
  if (found === undefined) throw badlyNamed('', bytes)
  return found
}

function addFile(entry: Entry, found: Found): void {
  const key = fileKey(entry)
  if (key !== null && claim(key, found)) found.files.push(entry)
}

/** Identifies a file: two entries with the same key are one file. Null for other files than rule files and lists. */
function fileKey({ file, path }: Entry): string | null {
  if (file.endsWith('.yaml') || file.endsWith('.yml')) return `rules ${path}`
  return isUnderLists(file) && file.endsWith('.txt') ? `list ${basename(file)} ${path}` : null
}

/** Identifies a folder. It counts as another one under `lists/`, where other files are read. */
function folderKey({ file, path }: Entry): string {
  return `${isUnderLists(file) ? 'lists' : 'folder'} ${path}`
}

function isUnderLists(file: string): boolean {
  return file === 'lists' || file.startsWith('lists/')
}

/** True the first time. */
function claim(key: string, { claimed }: Found): boolean {
  const isFirst = !claimed.has(key)
  claimed.add(key)
  return isFirst
}

async function inspect({ file, path }: Entry): Promise<FoundFile> {
  const stats = await reading(path, stat(path))
  if (!stats.isFile()) throw new FolderUnreadable(path, 'it is not a regular file')
  const { dev, ino, size, mtimeMs, ctimeMs } = stats
  return { file, path, size, changedMs: ctimeMs, stamp: `${path} ${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}` }
}

function refuseTooLarge(dir: string, files: readonly FoundFile[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (bytes > limits.bytes) throw new FolderUnreadable(dir, `its files have more than ${limits.bytes} bytes in total`)
}

function byFile(a: Entry, b: Entry): number {
  return a.file < b.file ? -1 : 1
}

/** Node has four threads for the file system; a few more calls keep them busy. */
const calls = 16

/** Map with a bounded number of concurrent calls, in the order of the items. Rejects with the first failure. */
export async function inParallel<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const left = items.entries()
  const work = async () => {
    for (const [index, item] of left) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: Math.min(calls, items.length) }, work))
  return results
}
