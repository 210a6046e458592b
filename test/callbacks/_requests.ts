import { readFileSync } from 'node:fs'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { samplesOf } from './_samples.ts'

/** A request as an IM server puts it on the wire; `body` is the exact text. */
export type Wire = { path: string; headers: Record<string, string>; body: string }

/** Requests of all callbacks that ask, captured from a server at open-im-server 7848d7c. */
const captured: readonly Wire[] = JSON.parse(readFileSync('test/callbacks/requests.json', 'utf8')).requests

/** Requests of a callback as they are on the wire: those captured, and its samples under the same headers. */
export function requestsOf(callback: Callback): readonly Wire[] {
  const real = captured.filter(({ path }) => findCallback(path.slice(1)) === callback)
  const [{ headers } = { headers: {} }] = captured
  const made = samplesOf(callback).map(body => ({
    path: `/${callback.command}`,
    headers,
    body: `${JSON.stringify(body)}\n`,
  }))
  return [...real, ...made]
}
