import type { Dirent } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, parse } from 'node:path'

/** How far around a wrong place is looked, and how many folders are named. */
const limits = { depth: 3, entries: 2000, named: 5, headBytes: 4096 }

/**
 * Folders with rule files that lie near a place where there are none, as a shell names them, the nearest first.
 *
 * Of a relative path those below the working folder, else those below what of the path exists. What cannot be read is
 * passed over: this is only for a hint.
 */
export async function nearFolders(wrong: string): Promise<readonly string[]> {
  const start = await existingPart(wrong)
  // An absolute path of which nothing exists would have all of the disk looked through.
  const roots = [...new Set([...(start === parse(start).root ? [] : [start]), ...(isAbsolute(wrong) ? [] : ['.'])])]
  const found: string[] = []
  const looked: Looked = { entries: 0 }
  for (const root of roots) found.push(...(await findBelow(root, looked)))
  return [...new Set(found)].slice(0, limits.named)
}

/** How many entries have been looked at: a hint is not worth reading all of a disk. */
type Looked = { entries: number }

/** The path, or what of it exists and is a folder. */
async function existingPart(path: string): Promise<string> {
  for (let part = path; ; part = dirname(part)) {
    if ((await entriesOf(part)) !== undefined || dirname(part) === part) return part
  }
}

/** Rules folders from a folder down, level by level. */
async function findBelow(root: string, looked: Looked): Promise<readonly string[]> {
  const found: string[] = []
  let level = [root]
  for (let depth = 0; depth <= limits.depth && looked.entries <= limits.entries; depth++) {
    const next: string[] = []
    for (const dir of level) {
      const entries = (await entriesOf(dir)) ?? []
      looked.entries += entries.length
      if (looked.entries > limits.entries) break
      if (await isRulesFolder(dir, entries)) found.push(dir)
      else next.push(...foldersIn(dir, entries))
    }
    level = next
  }
  return found
}

/** Rule files may lie deeper in a rules folder: its lists show that it is one. */
async function isRulesFolder(dir: string, entries: readonly Dirent[]): Promise<boolean> {
  if (await hasRules(dir, entries)) return true
  if (!entries.some(entry => entry.isDirectory() && entry.name === 'lists')) return false
  for (const below of foldersIn(dir, entries)) {
    if (await hasRules(below, (await entriesOf(below)) ?? [])) return true
  }
  return false
}

function foldersIn(dir: string, entries: readonly Dirent[]): readonly string[] {
  const folders = entries.filter(
    entry => entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name),
  )
  return folders.map(({ name }) => join(dir, name))
}

const skipped: ReadonlySet<string> = new Set(['node_modules', 'dist', 'target', 'vendor'])

async function entriesOf(dir: string): Promise<Dirent[] | undefined> {
  try {
    return await readdir(dir, { withFileTypes: true })
  } catch {
    return undefined
  }
}

async function hasRules(dir: string, entries: readonly Dirent[]): Promise<boolean> {
  for (const { name } of entries) {
    if (/\.ya?ml$/.test(name) && /^(?:callback|rules) *:/m.test(await headOf(join(dir, name)))) return true
  }
  return false
}

async function headOf(path: string): Promise<string> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(limits.headBytes), 0, limits.headBytes)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    return ''
  }
}
