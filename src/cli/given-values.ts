import type { Callback } from '../callbacks/callback.ts'
import { misspelt } from '../language/advice/suggest.ts'
import { UsageError } from './io.ts'
import { readJson } from './read-json.ts'

/**
 * Build a payload from arguments: `key=text`, or `key:=JSON` for null, numbers, true, false and lists.
 *
 * Throws UsageError that says what to type instead.
 */
export function readGivenValues(callback: Callback, values: readonly string[], columns?: number): object {
  const given = new Map<string, unknown>()
  for (const written of values) {
    const [, key = '', sign, value = ''] = /^([^=]*?)(:?=)([\s\S]*)$/.exec(written) ?? []
    if (sign === undefined || key === '') throw new UsageError(notAValue(written, callback))
    if (given.has(key)) throw new UsageError(`"${key}" is given twice: keep one`)
    given.set(key, sign === '=' ? value : jsonGiven(key, value, columns))
  }
  return { callbackCommand: callback.command, ...Object.fromEntries(given) }
}

/** The value of `key:=JSON`; a bare word is told to be a text, or a keyword of JSON that is misspelt. */
function jsonGiven(key: string, value: string, columns?: number): unknown {
  if (/^[a-z][\w-]*$/i.test(value) && !keywords.includes(value)) {
    const keyword = misspelt(value.toLowerCase(), keywords)
    const asText = `${inShell(`${key}=${value}`)} for text`
    const hint = keyword === undefined ? `Write ${asText}` : `Write ${key}:=${keyword}, or ${asText}`
    throw new UsageError(`"${value}" in ${key}:= is not JSON. ${hint}`)
  }
  return readJson(`${key}:=`, value, columns)
}

const keywords = ['null', 'true', 'false']

function notAValue(written: string, { fields }: Callback): string {
  const [, key, value] = /^([\w ]+):\s*(.*)$/.exec(written) ?? []
  if (key !== undefined) return `"${written}" does not set a field. Write ${inShell(`${key}=${value}`)}`
  const name = /^[\w ]+$/.test(written) ? written : fields[0]?.name
  return `"${written}" does not set a field. Write ${name}=… for text, or ${name}:=… for JSON such as null`
}

/** An argument, quoted for a shell if necessary. */
export function inShell(argument: string): string {
  return /^[\w=.:/@-]*$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
