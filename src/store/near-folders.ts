import type { Dirent } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, parse } from 'node:path'

/** How far to search around a wrong path, and how many folders to name. */
const limits = { depth: 3, entries: 2000, named: 5, headBytes: 4096 }

/**
 * Folders with rule files near a wrong path, as a user would type them, the nearest first.
 *
 * Searches below the part of the path that exists and, for a relative path, below the working folder. Skips what cannot
 * be read: this is only for a hint.
 */
export async function nearFolders(wrong: string): Promise<readonly string[]> {
  const start = await existingPart(wrong)
  // If no part of an absolute path exists, this would search the whole disk.
  const roots = [...new Set([...(start === parse(start).root ? [] : [start]), ...(isAbsolute(wrong) ? [] : ['.'])])]
  const found: string[] = []
  const search: Search = { entries: 0 }
  for (const root of roots) found.push(...(await findBelow(root, search)))
  return [...new Set(found)].slice(0, limits.named)
}

/** How many entries have been read: a hint is not worth reading a whole disk. */
type Search = { entries: number }

/** The longest part of the path that is an existing folder. */
async function existingPart(path: string): Promise<string> {
  for (let part = path; ; part = dirname(part)) {
    if ((await entriesOf(part)) !== undefined || dirname(part) === part) return part
  }
}

/** Rules folders at or below a folder, level by level. */
async function findBelow(root: string, search: Search): Promise<readonly string[]> {
  const found: string[] = []
  let level = [root]
  for (let depth = 0; depth <= limits.depth && search.entries <= limits.entries; depth++) {
    const next: string[] = []
    for (const dir of level) {
      const entries = (await entriesOf(dir)) ?? []
      search.entries += entries.length
      if (search.entries > limits.entries) break
      if (await isRulesFolder(dir, entries)) found.push(dir)
      else next.push(...foldersIn(dir, entries))
    }
    level = next
  }
  return found
}

/** Whether a folder has rule files; if it has a `lists` folder, they may also be one level deeper. */
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
