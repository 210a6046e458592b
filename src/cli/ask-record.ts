import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from './io.ts'

/** How long the service may take to answer, in ms: it may have a large segment to compress. */
const patienceMs = 60_000

/**
 * Ask the service that uses a state folder, by the address that it left there, and return its answer.
 *
 * Undefined if it is too old to know the question, or does not record. Throws UsageError if it cannot be asked.
 */
export async function askForRecord(
  dir: string,
  path: string,
  body: object,
): Promise<{ readonly [key: string]: unknown } | undefined> {
  const url = await addressOf(dir)
  try {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    })
    if (response.status === 404 || response.status === 405) return undefined
    const answer = (await response.json()) as { readonly [key: string]: unknown }
    if (!response.ok) throw new UsageError(`The service at ${url} refused: ${String(answer.error)}`)
    return answer
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`The service that uses ${dir} does not answer at ${url}: try again, or stop it first`, {
      cause: error,
    })
  }
}

async function addressOf(dir: string): Promise<string> {
  try {
    const { url } = JSON.parse(await readFile(join(dir, 'admin.json'), 'utf8')) as { url?: unknown }
    if (typeof url === 'string') return url
  } catch {
    // The message below says what to do.
  }
  throw new UsageError(`A process uses ${dir}, and its address is not in ${join(dir, 'admin.json')}: stop it first`)
}
