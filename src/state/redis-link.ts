import type { Cluster, Redis } from 'ioredis'
import { countScript } from './count-script.ts'
import type { ScriptCall } from './count-steps.ts'
import type { CountsUrl } from './counts-url.ts'

/** What `ioredis` exports, as far as it is used. */
export type Ioredis = Pick<typeof import('ioredis'), 'Redis' | 'Cluster'>

export type LinkOptions = CountsUrl & {
  /** How long anybody waits for the store. */
  waitMs: number
  /** Certificates of authorities to trust instead of those of the system. */
  ca?: string
}

/** A script with its name in the store, the SHA-1 of its text. */
export type StoreScript = { text: string; sha: string }

type Command = readonly [name: string, ...args: (string | number)[]]
type Result = { value: unknown } | { error: Error }

/** A connection to the store, which is made again as often as it is lost. */
export class RedisLink {
  readonly #client: Redis | Cluster
  readonly #waitMs: number
  /** What to do about those who wait when the connection is lost. */
  readonly #waiting = new Set<(reason: Error) => void>()
  #lastError: string | undefined

  constructor({ Redis, Cluster }: Ioredis, options: LinkOptions) {
    this.#waitMs = options.waitMs
    const { hosts, isCluster } = options
    const [first] = hosts
    this.#client = isCluster
      ? new Cluster([...hosts], clusterOptions(options))
      : new Redis({
          ...first,
          ...nodeOptions(options),
          db: options.db,
          retryStrategy: pauseMs,
          enableOfflineQueue: false,
        })
    this.#client.on('error', error => {
      this.#lastError = reasonOf(error)
    })
    // A cluster closes only when none of its nodes is left.
    this.#client.on('close', () => this.#giveUp())
    this.#client.on('ready', () => {
      this.#lastError = undefined
    })
  }

  get isReady(): boolean {
    return this.#client.status === 'ready'
  }

  /** Why there is no connection, as far as it is known. */
  get whyNot(): string {
    return this.#lastError ?? 'not connected'
  }

  /** Called when the connection is there, and when it is lost or could not be made. */
  onChange(listener: () => void): void {
    this.#client.on('ready', listener).on('close', listener)
  }

  /** Makes the connection anew, perhaps to another server. */
  reconnect(): void {
    this.#client.disconnect(true)
  }

  close(): void {
    this.#client.disconnect()
    this.#giveUp()
  }

  /** Runs a script several times at once. Rejects unless all of them answer in time; then some may have run. */
  async run(calls: readonly ScriptCall[], { text, sha }: StoreScript = countScript): Promise<readonly unknown[]> {
    return this.#inTime(async () => {
      const results = await this.#send(calls.map(call => commandOf('evalsha', sha, call)))
      // The store may have lost its scripts. What it did not know it did not run.
      const unknown = calls.filter((_, at) => isUnknown(results[at]))
      const again = await this.#send(unknown.map(call => commandOf('eval', text, call)))
      return results.map(result => resultOf(isUnknown(result) ? again.shift() : result))
    })
  }

  /** Removes keys, those of one counter together; returns how many of each there were. Rejects as `run` does. */
  async remove(keys: readonly (readonly string[])[]): Promise<readonly number[]> {
    return this.#inTime(async () => {
      const results = await this.#send(keys.map(each => ['del', ...each] as const))
      return results.map(result => Number(resultOf(result)))
    })
  }

  /** Sets a key unless it is there, to be kept for `keepMs`; returns its value. Rejects without an answer in time. */
  async setOnce(key: string, value: string, keepMs: number): Promise<string> {
    return this.#inTime(async () => {
      const [set, known] = await this.#send([
        ['set', key, value, 'PX', keepMs, 'NX'],
        ['getex', key, 'PX', keepMs],
      ])
      resultOf(set)
      return String(resultOf(known))
    })
  }

  /** Each node has its own connection in a cluster; one server gets all commands in one piece. */
  async #send(commands: readonly Command[]): Promise<Result[]> {
    if (commands.length === 0) return []
    const client = this.#client
    if (isOfCluster(client)) {
      const answers = commands.map(([name, ...args]) => client.call(name, ...args))
      const settled = await Promise.allSettled(answers)
      return settled.map(each =>
        each.status === 'fulfilled' ? { value: each.value } : { error: errorOf(each.reason) },
      )
    }
    const results = (await client.pipeline(commands.map(command => [...command])).exec()) ?? []
    return results.map(([error, value]) => (error === null ? { value } : { error }))
  }

  #inTime<T>(work: () => Promise<T>): Promise<T> {
    if (!this.isReady) return Promise.reject(new Error(this.whyNot))
    return new Promise<T>((resolve, reject) => {
      // An answer may have arrived while this process was busy: what is in the socket is read before `setImmediate`.
      const late = () => setImmediate(reject, new Error(`no answer within ${this.#waitMs} ms`))
      const timer = setTimeout(late, this.#waitMs)
      this.#waiting.add(reject)
      const end = () => {
        clearTimeout(timer)
        this.#waiting.delete(reject)
      }
      work().then(resolve, reject).finally(end)
    })
  }

  /** Without this, those who wait for an answer over a lost connection would wait to the end of their time. */
  #giveUp(): void {
    const reason = new Error(this.whyNot)
    for (const reject of this.#waiting) reject(reason)
    this.#waiting.clear()
  }
}

/** The reason for a failure, in one line and without what was sent. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: unknown; code?: unknown }
  const [line = ''] = String(message ?? '').split('\n')
  return line.slice(0, 200) || String(code ?? 'unknown')
}

/** The defaults of ioredis wait for ever for a server that is down, and send what nobody waits for any more. */
function nodeOptions({ isTls, hosts, isCluster, user, password, ca, waitMs }: LinkOptions) {
  return {
    ...(user !== '' && { username: user }),
    ...(password !== '' && { password }),
    ...(isTls && { tls: { ...(ca !== undefined && { ca }), ...(!isCluster && serverName(hosts[0]?.host)) } }),
    connectTimeout: 500,
    // Of commands that are part of connecting; for all others there is `waitMs`.
    commandTimeout: Math.max(500, waitMs),
    // A peer that is gone without a word.
    socketTimeout: Math.max(1000, 2 * waitMs),
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
  }
}

function clusterOptions(options: LinkOptions) {
  return {
    redisOptions: nodeOptions(options),
    enableOfflineQueue: false,
    clusterRetryStrategy: pauseMs,
    slotsRefreshTimeout: 500,
    // Certificates are of names, not of addresses.
    ...(options.isTls && { dnsLookup: (name: string, on: (error: null, address: string) => void) => on(null, name) }),
  }
}

/** How long to wait before connecting for the so-manieth time: at most a second, so that it is soon noticed. */
function pauseMs(times: number): number {
  return Math.min(50 * 2 ** times, 1000)
}

/** Servers with several certificates choose by name; an address is none. */
function serverName(host: string | undefined): { servername?: string } {
  return host === undefined || /^[\d.]+$|:/.test(host) ? {} : { servername: host }
}

function isOfCluster(client: Redis | Cluster): client is Cluster {
  return client.isCluster
}

function commandOf(name: string, script: string, { keys, args }: ScriptCall): Command {
  return [name, script, keys.length, ...keys, ...args]
}

function isUnknown(result: Result | undefined): boolean {
  return result !== undefined && 'error' in result && result.error.message.startsWith('NOSCRIPT')
}

function resultOf(result: Result | undefined): unknown {
  if (result === undefined) throw new Error('no answer')
  if ('error' in result) throw result.error
  return result.value
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
