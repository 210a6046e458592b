/** Where a store that several processes share is found. */
export type CountsUrl = {
  isTls: boolean
  /** Several of a cluster: any of them knows the others. */
  hosts: readonly { host: string; port: number }[]
  isCluster: boolean
  /** The number of the database; a cluster has only 0. */
  db: number
  user: string
  password: string
}

/**
 * Read `redis://USER:PASSWORD@HOST:PORT/DB`; undefined for anything else. `rediss:` is TLS.
 *
 * Several hosts (`redis://a:7000,b:7001`) are nodes of one cluster; `?cluster=true` says so of a single one.
 */
export function readCountsUrl(text: string): CountsUrl | undefined {
  const parts = /^(rediss?):\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/(\d{0,4}))?(?:\?cluster=(true|false))?$/.exec(text)
  if (parts === null) return undefined
  const [, scheme, login = '', places = '', db = '', cluster] = parts
  const hosts = places.split(',').map(readHost)
  const [user, password] = [login.replace(/:.*/s, ''), login.replace(/^[^:]*:?/, '')].map(decoded)
  if (user === undefined || password === undefined || !hosts.every(host => host !== undefined)) return undefined
  const isCluster = hosts.length > 1 || cluster === 'true'
  if (isCluster && (cluster === 'false' || Number(db) !== 0)) return undefined
  return { isTls: scheme === 'rediss', hosts, isCluster, db: Number(db), user, password }
}

/** The URL without its user and password, for logs and the status. */
export function shownCountsUrl(text: string): string {
  return text.replace(/\/\/.*@/s, '//')
}

const usualPort = 6379

/** `host`, `host:port` or `[::1]:port`. */
function readHost(text: string): { host: string; port: number } | undefined {
  const parts = /^(?:([\w.-]+)|\[([\da-fA-F:.]+)\])(?::(\d{1,5}))?$/.exec(text)
  const port = Number(parts?.[3] ?? usualPort)
  const host = parts?.[1] ?? parts?.[2]
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
