import { closest } from 'fastest-levenshtein'
import type { Callback } from '../callbacks/callback.ts'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import type { Malformed } from './request.ts'
import { quoteUntrusted } from './untrusted-text.ts'

/** What a request asks for, according to its path and query. */
export type Asked =
  | { kind: 'known'; callback: Callback; command: string }
  /** A command that the catalogue lacks. `unheeded`: the IM server ignores the reply to it. */
  | { kind: 'unknown' | 'unheeded'; command: string; nearest: string; problem: string }
  | ({ kind: 'malformed' } & Malformed)

/**
 * Read which callback a request is for.
 *
 * The last segment of the path is the command, whatever comes before it. If the path names none, `query` (without the
 * question mark) is used, as in open-im-server 3.3 and 3.4 (`?command=…`). The path must begin with `prefix`, such as
 * `/im/hooks` (no trailing slash), unless that is empty. Empty segments are ignored. Never throws.
 */
export function readCommand(path: string, query: string, prefix: string): Asked {
  const segments = decodeSegments(path)
  if (segments === null) return malformed(400, 'The path has an invalid percent-encoding')
  const rest = withoutPrefix(segments, prefix)
  if (rest === null) return malformed(404, 'Unknown path')
  const last = rest.at(-1) ?? ''
  const command = isCommand(last) ? last : commandOfQuery(query)
  if (command === null) return malformed(404, 'Neither the path nor the query names a callback')
  return askedFor(command)
}

/**
 * Find the callback for a command, in its short, current or former spelling and in any case.
 *
 * For an unknown command, the problem names the most similar one.
 */
export function askedFor(command: string): Exclude<Asked, { kind: 'malformed' }> {
  const callback = findCallback(command)
  if (callback !== undefined) return { kind: 'known', callback, command }
  const commands = callbacks.map(known => known.command)
  const nearest = closest(command.slice(0, longestCommand), commands)
  const problem = `There is no callback ${quoteUntrusted(command)}; the nearest is "${nearest}"`
  return { kind: /^callbackAfter/i.test(command) ? 'unheeded' : 'unknown', command, nearest, problem }
}

/** The non-empty segments of a path, decoded; null if the encoding of one is invalid. */
function decodeSegments(path: string): string[] | null {
  const segments = path.split('/').filter(segment => segment !== '')
  if (!path.includes('%')) return segments
  try {
    return segments.map(decodeURIComponent)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

function withoutPrefix(segments: readonly string[], prefix: string): readonly string[] | null {
  if (prefix === '') return segments
  if (!`/${segments.join('/')}/`.startsWith(`${prefix}/`)) return null
  return segments.slice(prefix.split('/').length - 1)
}

function isCommand(segment: string): boolean {
  // People often use `/callback` or `/callbacks` as the address that they give the IM server.
  return /^callback(?!s?$)/i.test(segment) || findCallback(segment) !== undefined
}

function commandOfQuery(query: string): string | null {
  if (query === '') return null
  for (const [key, value] of new URLSearchParams(query)) {
    if (key.toLowerCase() === 'command' && value !== '') return value
  }
  return null
}

function malformed(status: 400 | 404, problem: string): Asked {
  return { kind: 'malformed', status, problem }
}

/** Longer than any command: comparing more would only waste time. */
const longestCommand = 100
