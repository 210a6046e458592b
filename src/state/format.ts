import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeIn, StateUnusable, using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** The format of what is kept in a state folder, and of each file in it that says so. */
export const stateFormat = 1

/**
 * Whether a state folder states a format, which this program knows.
 *
 * Throws StateUnusable for a folder of a newer program: nothing in it may be changed.
 */
export async function hasFormat(dir: string): Promise<boolean> {
  const path = join(dir, name)
  const text = await using(path, readText(path))
  if (text === '') return false
  const format = formatIn(text)
  if (format === undefined)
    throw new StateUnusable(path, 'it states no format. Restore it, or give another --state DIR')
  if (format > stateFormat) throw new StateUnusable(path, newerFormat(format))
  return true
}

/** States the format of a new folder. */
export async function stateItsFormat(dir: string): Promise<void> {
  if (await hasFormat(dir)) return
  const path = join(dir, name)
  await using(path, writeWhole(line({ format: stateFormat }), { draft: `${path}.new`, of: () => path }))
}

/** Why something of a newer format is not used. */
export function newerFormat(format: number): string {
  return `its format ${format} is that of a newer hookwarden. This one knows ${stateFormat} and leaves it as it is`
}

/** The number that a JSON text states as its format. */
export function formatIn(text: string): number | undefined {
  try {
    const { format } = JSON.parse(text) as { format?: unknown }
    return typeof format === 'number' && format >= 1 ? format : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

const name = 'format'

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return ''
    throw error
  }
}

function* line(value: unknown): Generator<Uint8Array, void> {
  yield Buffer.from(`${JSON.stringify(value)}\n`)
}
