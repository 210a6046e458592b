import type { ProblemAnswer } from '../serve/page/answers.ts'

/** Why a request failed: `status` is 0 if the service could not be reached. `answer` is what it said. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  readonly answer: ProblemAnswer

  constructor(status: number, answer: ProblemAnswer) {
    super(answer.error)
    this.status = status
    this.answer = answer
  }
}

/** How a request is made; aborting the signal also stops the work in the service. */
export type AskOptions = { method?: 'GET' | 'POST' | 'PUT'; body?: object; signal?: AbortSignal }

/** Ask the service. Throws ApiProblem, or the reason of the signal. */
export async function askApi<T>(path: string, { method, body, signal }: AskOptions = {}): Promise<T> {
  const response = await reach(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal !== undefined && { signal }),
  })
  const answer: unknown = await response.json().catch(error => {
    if (signal?.aborted) throw error
    return undefined
  })
  if (response.ok && answer !== undefined) return answer as T
  throw new ApiProblem(response.status, problemIn(answer, response.status))
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/${path}`, request)
  } catch (error) {
    if (request.signal?.aborted) throw error
    throw new ApiProblem(0, { error: 'unreachable', kind: 'unreachable' })
  }
}

function problemIn(answer: unknown, status: number): ProblemAnswer {
  const isProblem = typeof answer === 'object' && answer !== null && 'error' in answer
  return isProblem ? (answer as ProblemAnswer) : { error: `The service answered with status ${status}` }
}

/** A query that names what is not undefined. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((each): each is [string, string] => each[1] !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
