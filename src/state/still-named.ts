import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { createGunzip } from 'node:zlib'
import { readRules } from './kept-rules.ts'
import { codeIn, using } from './state-errors.ts'

/** Where a name still is in a state folder: a file, in it a file of rules or a line of the record, and how often. */
export type StillNamed = { file: string; times: number; within: readonly string[] }

/** Of so many lines it is said which they are. */
const mostListed = 3

/**
 * Search all files of a state folder for a name, by its bytes, compressed files too.
 *
 * A name inside a longer one is another name. Throws StateUnusable.
 */
export async function stillNamed(dir: string, name: string): Promise<readonly StillNamed[]> {
  const found: StillNamed[] = []
  const files = await using(dir, readdir(dir, { recursive: true, withFileTypes: true }))
  for (const entry of files) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const file = relative(dir, path).split(sep).join('/')
    const named = await linesNaming(path, name)
    if (named.times > 0) found.push({ file, times: named.times, within: await placesIn(dir, file, name, named.ids) })
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1))
}

async function placesIn(dir: string, file: string, name: string, ids: readonly string[]): Promise<readonly string[]> {
  const [, version] = /^rules\/([^/]+)\.json\.gz$/.exec(file) ?? []
  if (version === undefined) return ids
  const kept = await readRules(dir, version)
  return (kept?.files ?? [])
    .filter(({ content }) => timesIn(Buffer.from(content).toString('latin1'), inLatin1(name)) > 0)
    .map(each => each.file)
}

/** How often a file has a name, and the ids of the first lines of the record with it. */
async function linesNaming(path: string, name: string): Promise<{ times: number; ids: readonly string[] }> {
  const needle = inLatin1(name)
  const ids: string[] = []
  let [times, rest] = [0, '']
  const look = (text: string) => {
    const here = timesIn(text, needle)
    times += here
    if (here === 0 || ids.length >= mostListed) return
    for (const line of text.split('\n')) {
      const [, id] = /^\{"v":\d+,"id":"([^"]+)"/.exec(line) ?? []
      if (id !== undefined && ids.length < mostListed && timesIn(line, needle) > 0) ids.push(id)
    }
  }
  try {
    for await (const chunk of bytesIn(path)) {
      const text = rest + chunk.toString('latin1')
      const end = text.lastIndexOf('\n') + 1
      look(text.slice(0, end))
      rest = text.slice(end)
    }
  } catch (error) {
    // Removed meanwhile; or damaged, and looked at as far as it goes.
    if (codeIn(error) !== 'ENOENT' && !codeIn(error).startsWith('Z_')) throw error
  }
  look(rest)
  return { times, ids }
}

function bytesIn(path: string): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: 262_144 })
  if (!path.endsWith('.gz')) return file
  const zip = createGunzip({ chunkSize: 262_144 })
  file.on('error', error => zip.destroy(error))
  return file.pipe(zip)
}

/** The bytes of a name, one a character, so that binary files can be searched as well. */
function inLatin1(name: string): string {
  return Buffer.from(name).toString('latin1')
}

/** How often a name is in a text, not as a part of a longer one. */
function timesIn(text: string, name: string): number {
  let times = 0
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isPartOfName(text[at - 1]) && !isPartOfName(text[at + name.length])) times += 1
  }
  return times
}

function isPartOfName(character: string | undefined): boolean {
  return character !== undefined && /[\w-]/.test(character)
}
