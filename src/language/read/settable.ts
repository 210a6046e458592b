import type { Field } from '../../callbacks/callback.ts'
import { isObjectText } from '../../callbacks/json-texts.ts'

/** Why the server cannot take a value, in words that follow "cannot be set to …", and what can be written instead. */
export type Refusal = { reason: string; hint: string; choices?: readonly string[] }

/** Why a rewritable field cannot be set to this value; undefined if it can. */
export function refusalOf(field: Field, value: string | number | boolean): Refusal | undefined {
  return typeof value === 'string' ? refusedText(field, value) : refusedNumber(field, Number(value))
}

function refusedNumber({ names, rewrite = {} }: Field, value: number): Refusal | undefined {
  const named = [...(names ?? [])].filter(([, number]) => rewrite.only?.includes(number) ?? true)
  const choices = named.map(([name]) => name)
  const hint = `Write ${enumerate(choices)}`
  if (rewrite.only && !rewrite.only.includes(value)) {
    return { reason: 'the IM server would accept it unchecked', hint, choices }
  }
  if (names !== undefined && named.every(([, number]) => number !== value)) {
    return { reason: 'it is not a known value', hint, choices }
  }
  const { most } = rewrite
  return most === undefined || Math.abs(value) <= most
    ? undefined
    : { reason: 'it is too large for the IM server', hint: `Write a number up to ${most}` }
}

function refusedText({ origin, rewrite = {} }: Field, value: string): Refusal | undefined {
  if (rewrite.notEmpty && value === '') {
    return {
      reason: 'the IM server treats it as unchanged',
      hint: 'Write a non-empty text, or reject the call',
    }
  }
  // The text of a message is put inside its JSON.
  if (!rewrite.jsonObject || origin === 'message text' || isObjectText(value)) return undefined
  const hint = `Write the JSON as a single text: '{{ "content": "hello" }}'`
  return { reason: 'the IM server accepts only a JSON object', hint }
}

function enumerate(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
