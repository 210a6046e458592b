import { access } from 'node:fs/promises'
import { codeIn } from './state-errors.ts'

/** Whether there is a file. Throws other errors than that it is missing. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (codeIn(error) === 'ENOENT') return false
    throw error
  }
}
