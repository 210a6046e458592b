import { isIP } from 'node:net'

/**
 * True for a host that only this machine can reach: `localhost`, 127.0.0.0/8, `::1`, in brackets or not.
 *
 * Names are not resolved, so no other name counts.
 */
export function isLoopback(host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  if (bare.toLowerCase() === 'localhost') return true
  return isIP(bare) === 4 ? bare.startsWith('127.') : bare === '::1'
}

/** True if a Host header names loopback, with or without a port: a web page cannot make a browser send it. */
export function isLoopbackHost(header: string | undefined): boolean {
  return header !== undefined && isLoopback(header.replace(/:\d{1,5}$/, ''))
}
