import { readdir, readFile } from 'node:fs/promises'
import type { Callback } from '../callbacks/callback.ts'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import type { Call } from '../decide/call.ts'
import { nearest } from '../language/advice/suggest.ts'
import { likelyCallbacks, suggestCallback } from '../language/advice/suggest-callback.ts'
import { isObject, kindOf, own } from '../protocol/json-type.ts'
import { readPayload } from '../protocol/payload.ts'
import type { UnknownKey } from '../protocol/unknown-keys.ts'
import { inShell, readGivenValues } from './given-values.ts'
import { type Io, UsageError } from './io.ts'
import { readJson } from './read-json.ts'

/** What to try: a payload file (`-` is standard input), or a callback name and field values. */
export type WantedCall = { payload: string; values: readonly string[] }

/** A call to try, and the payload keys that no rule can see. */
export type AskedCall = { call: Call; unknownKeys: readonly UnknownKey[] }

/** Read the call to try. Throws UsageError that says what to type instead. */
export async function readAsked({ payload, values }: WantedCall, io: Io): Promise<AskedCall> {
  const columns = io.size?.()?.columns
  const callback = findCallback(payload)
  if (callback !== undefined) return read(callback, readGivenValues(callback, values, columns), 'arguments')
  if (values.length > 0 || payload.includes('=')) throw new UsageError(notACallback(payload, values))
  const name = payload === '-' ? 'Standard input' : payload
  const body = readJson(name, payload === '-' ? await io.readStdin() : await readNamedFile(payload, 'payload'), columns)
  return read(callbackOf(name, body), body, name)
}

function read(callback: Callback, body: unknown, name: string): AskedCall {
  const made = readPayload(callback, body)
  if (made.ok) return made
  const { problem, meant } = made
  const { field = '', value } = meant ?? {}
  const written =
    name !== 'arguments'
      ? `${JSON.stringify(field)}: ${JSON.stringify(value)}`
      : inShell(typeof value === 'string' ? `${field}=${value}` : `${field}:=${JSON.stringify(value)}`)
  throw new UsageError(`${name}: ${problem}${meant === undefined ? '' : `. Write ${written}`}`)
}

/** The message for values that do not follow a callback name. */
function notACallback(payload: string, values: readonly string[]): string {
  if (payload === '-' || payload.endsWith('.json')) {
    const example = ['beforeAddFriend', ...values].map(inShell).join(' ')
    return `Values go after a callback name, not after a file, as in: hookwarden try ${example}`
  }
  if (!payload.includes('=')) {
    return `There is no callback ${JSON.stringify(payload)}. ${suggestCallback(payload)}`
  }
  const all = [payload, ...values]
  const keys = all.map(value => value.replace(/:?=.*$/s, ''))
  const name = callbacksWith(keys)[0]?.name ?? 'beforeSetGroupMemberInfo'
  return `Name the callback first, as in: hookwarden try ${[name, ...all].map(inShell).join(' ')}`
}

/** The content of a file that an argument names; `what` is it for messages. Throws UsageError. */
export async function readNamedFile(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new UsageError(`Cannot read the ${what} ${path}: ${await whyUnreadable(path, code)}`, { cause })
  }
}

async function whyUnreadable(path: string, code: string): Promise<string> {
  if (code === 'ENOENT') {
    const [likely] = /[./\\]/.test(path) ? [] : likelyCallbacks(path)
    const callback = likely === undefined ? '' : `. Did you mean the callback "${likely}"?`
    return `it does not exist${callback}`
  }
  if (code === 'EISDIR') {
    const payloads = (await readdir(path)).filter(file => file.endsWith('.json'))
    return `it is a folder. ${payloads.length === 0 ? 'Name a file in it' : `Payloads in it: ${payloads.slice(0, 10).join(', ')}`}`
  }
  return code === 'EACCES' ? 'permission denied' : code
}

/** The callback that a payload names. */
function callbackOf(name: string, body: unknown): Callback {
  if (!isObject(body) || Array.isArray(body)) {
    throw new UsageError(`${name} must contain one JSON object, not ${kindOf(body)}: try one payload at a time`)
  }
  const keys = Object.keys(body)
  const command = own(body, 'callbackCommand')
  if (typeof command !== 'string') throw new UsageError(`${name} has no "callbackCommand". ${commandMeant(keys)}`)
  const callback = findCallback(command)
  if (callback !== undefined) return callback
  throw new UsageError(`${name}: there is no callback ${JSON.stringify(command)}. ${suggestCallback(command)}`)
}

function commandMeant(keys: readonly string[]): string {
  const misspelt = keys.find(key => nearest(key, ['callbackCommand']) !== undefined)
  if (misspelt !== undefined) return `Write "callbackCommand" instead of ${JSON.stringify(misspelt)}`
  const [first, second] = callbacksWith(keys)
  const likely = first === undefined ? '' : `Its keys match ${first.name}${second ? ` (or ${second.name})` : ''}. `
  return `${likely}Add it as the IM server does: "callbackCommand": "${(first ?? exampleCallback).command}"`
}

const exampleCallback = callbacks[0] as Callback

/** The callbacks that have all of these fields; none if there are no keys to go by. */
function callbacksWith(keys: readonly string[]): readonly Callback[] {
  if (keys.length === 0) return []
  return callbacks.filter(({ fields }) => keys.every(key => fields.some(({ name }) => name === key)))
}
