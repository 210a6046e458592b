import { hostname, userInfo } from 'node:os'
import { addressIn } from '../state/admin-address.ts'

/** What a service answered: the body of its answer, or why it refused. */
export type ServiceAnswer<T> = { url: string } & ({ body: T } | { problem: string })

/** How long a service may take to answer. */
const timeLimitMs = 15_000

/** Asks the service that uses a state folder; undefined if none does, or it cannot be reached from here. */
export async function askService<T>(state: string, path: string, body: object): Promise<ServiceAnswer<T> | undefined> {
  const address = await addressIn(state)
  if (address === undefined) return undefined
  const answer = await askAt<T>(address.url, path, body)
  return answer === 'unreachable' ? undefined : answer
}

/** Asks a service by the address of its admin listener. */
export async function askAt<T>(url: string, path: string, body: object): Promise<ServiceAnswer<T> | 'unreachable'> {
  try {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeLimitMs),
    })
    const answer = (await response.json()) as T & { error?: unknown }
    return response.ok ? { url, body: answer } : { url, problem: String(answer.error ?? response.status) }
  } catch (error) {
    if (error instanceof TypeError && error.cause !== undefined) return 'unreachable'
    return { url, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Who runs this command, as far as the system knows: the user behind sudo, and the machine. */
export function whoAsks(env: Readonly<Record<string, string | undefined>>): string {
  return `${env.SUDO_USER ?? nameOfUser()}@${hostname()}`
}

/** A user id without a name, as in containers, has no entry to read. */
function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}
