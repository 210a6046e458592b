import { readdirSync, readFileSync } from 'node:fs'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'

/** The body of a request. */
export type Body = Record<string, unknown>

const folder = 'rules/samples'

const inFolder: readonly { file: string; body: Body }[] = readdirSync(folder).map(file => ({
  file,
  body: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')),
}))

/** Real requests of a callback, and one made from its entry. */
export function samplesOf(callback: Callback): readonly Body[] {
  const real = inFolder.filter(({ body }) => findCallback(String(body.callbackCommand)) === callback)
  return [...real.map(({ body }) => body), sampleOf(callback)]
}

/** The files of rules/samples. */
export const sampleFiles = inFolder
