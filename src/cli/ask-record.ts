import { askService } from './ask-service.ts'
import { UsageError } from './io.ts'

/** What a service answered to a request about the record. */
export type RecordAnswer = { readonly [key: string]: unknown }

/**
 * Ask the service that has locked a state folder for something about its record.
 *
 * Throws UsageError if it cannot be asked, or refuses.
 */
export async function askForRecord(dir: string, path: string, body: object): Promise<RecordAnswer> {
  const answer = await askService<RecordAnswer>(dir, path, body)
  if (answer === undefined) {
    throw new UsageError(`A process uses ${dir}, and no service answers for it from here: stop it first`)
  }
  if ('problem' in answer) throw new UsageError(`The service at ${answer.url} refused: ${answer.problem}`)
  return answer.body
}
