import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { holderIn } from './lock.ts'
import { readIfThere } from './state.ts'
import { using } from './state-errors.ts'
import { writeWhole } from './write-whole.ts'

/** Where the running service listens for operators, its process id, and the whole path of its rules folder. */
export type AdminAddress = { url: string; pid: number; rules?: string }

/** Says where this process listens. It must have locked the folder. Throws StateUnusable. */
export async function tellAddress(dir: string, address: AdminAddress): Promise<void> {
  const path = pathOf(dir)
  const slices = (function* () {
    yield Buffer.from(`${JSON.stringify(address)}\n`)
  })()
  await using(path, writeWhole(slices, { draft: `${path}.new`, of: () => path }))
}

/** Removes what `tellAddress` wrote. Throws StateUnusable. */
export async function forgetAddress(dir: string): Promise<void> {
  await using(pathOf(dir), rm(pathOf(dir), { force: true }))
}

/**
 * Where the service that uses a state folder listens; undefined if none does.
 *
 * What a process that was killed has left does not count: another service may have its address by now.
 */
export async function addressIn(dir: string): Promise<AdminAddress | undefined> {
  const path = pathOf(dir)
  const address = addressOf((await using(path, readIfThere(path)))?.toString() ?? '')
  if (address === undefined) return undefined
  const holder = await holderIn(dir)
  return holder === '' || holder === String(address.pid) ? address : undefined
}

function pathOf(dir: string): string {
  return join(dir, 'admin.json')
}

function addressOf(text: string): AdminAddress | undefined {
  try {
    const { url, pid, rules } = JSON.parse(text) as Partial<AdminAddress>
    if (typeof url !== 'string' || typeof pid !== 'number') return undefined
    return { url, pid, ...(typeof rules === 'string' && { rules }) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
