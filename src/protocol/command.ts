import { closest } from 'fastest-levenshtein'
import type { Callback } from '../callbacks/callback.ts'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import type { Malformed } from './request.ts'
import { quoteUntrusted } from './untrusted-text.ts'

/** What a request asks for, by its path and query. */
export type Asked =
  | { kind: 'known'; callback: Callback; command: string }
  /** A command that the catalogue lacks; of an `unheeded` one the server throws the answer away. */
  | { kind: 'unknown' | 'unheeded'; command: string; nearest: string; problem: string }
  | ({ kind: 'malformed' } & Malformed)

/**
 * Read which callback a request is for.
 *
 * The last segment of the path is the command, whatever stands before it; `query` (without the question mark)
 * counts when the path names none, as in open-im-server 3.3 and 3.4 (`?command=…`). A `prefix` like `/im/hooks`
 * (no slash at its end), when not empty, must begin the path. Empty segments do not count. Pure; never throws.
 */
export function readCommand(path: string, query: string, prefix: string): Asked {
  const segments = decodeSegments(path)
  if (segments === null) return malformed(400, 'The path has a broken percent-encoding')
  const rest = withoutPrefix(segments, prefix)
  if (rest === null) return malformed(404, 'The path is not one that is answered here')
  const last = rest.at(-1) ?? ''
  const command = isCommand(last) ? last : commandOfQuery(query)
  if (command === null) return malformed(404, 'Neither the path nor the query names a callback')
  return askedFor(command)
}

/**
 * Find the callback of a command, in its short, present or former spelling and any letter case.
 *
 * Of an unknown one, the problem names the nearest. Pure.
 */
export function askedFor(command: string): Exclude<Asked, { kind: 'malformed' }> {
  const callback = findCallback(command)
  if (callback !== undefined) return { kind: 'known', callback, command }
  const commands = callbacks.map(known => known.command)
  const nearest = closest(command.slice(0, longestCommand), commands)
  const problem = `There is no callback ${quoteUntrusted(command)}; the nearest is "${nearest}"`
  return { kind: /^callbackAfter/i.test(command) ? 'unheeded' : 'unknown', command, nearest, problem }
}

/** The segments of a path that are not empty, decoded; null when the encoding of one is broken. */
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
  // `/callback` and `/callbacks` are what people call the address that they give the IM server.
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

/** Longer than any command: comparing more would only take time. */
const longestCommand = 100
