import { readdirSync, readFileSync } from 'node:fs'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'

/** The body of a request. */
export type Body = Record<string, unknown>

const folder = 'rules/samples'

/** The files of rules/samples. */
export const sampleFiles: readonly { file: string; body: Body }[] = readdirSync(folder).map(file => ({
  file,
  body: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')),
}))

/** One request of each callback as servers sent it. */
const sent: readonly Body[] = JSON.parse(readFileSync('test/callbacks/sent.json', 'utf8'))

/** Requests of a callback as servers sent them, those in rules/samples, and one that has every key. */
export function samplesOf(callback: Callback): readonly Body[] {
  const own = [...sent, ...sampleFiles.map(({ body }) => body)]
  return [...own.filter(({ callbackCommand }) => findCallback(String(callbackCommand)) === callback), wholeOf(callback)]
}

/** A request that sets all that a call may leave alone, too. */
function wholeOf(callback: Callback): Body {
  return sampleOf({ ...callback, fields: callback.fields.map(field => ({ ...field, nullable: false })) })
}
