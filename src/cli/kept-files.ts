import type { KeptRules } from '../state/kept-rules.ts'
import type { Places } from './places.ts'

/** The files of a version of the rules, from the first of several places that keeps it; undefined if none does. */
export async function filesOfVersion(places: Places, version: string): Promise<KeptRules['files'] | undefined> {
  const found = (await places.ask({ ask: 'rules', version })).find(({ answer }) => answer !== null)
  return found?.answer?.map(({ file, content }) => ({ file, content: Buffer.from(content, 'base64') }))
}
