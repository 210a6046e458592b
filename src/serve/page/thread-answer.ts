import type { PageWorked } from './page-thread.ts'
import type { PageAnswered } from './route.ts'

/** What the thread found, as an answer of the API. */
export function answerOfThread(worked: PageWorked): PageAnswered {
  if ('body' in worked) return worked
  const { status, problem, more } = worked
  return more === undefined ? { status, problem } : { status, answer: { error: problem, ...more } }
}

/** An answer of the thread that is needed here, as an object. */
export function parsedAnswer<T>({ body }: { body: Uint8Array }): T {
  return JSON.parse(new TextDecoder().decode(body)) as T
}
