import type { Failure } from '../exchange.ts'
import type { Role, Visitor } from './answers.ts'
import type { PageDeps } from './page-deps.ts'
import type { Shape } from './shape.ts'

/** A request that fits its route. `signal` is aborted when nobody waits for the answer any more. */
export type PageRequest = {
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  body: Readonly<Record<string, unknown>>
  who: Visitor
  signal: AbortSignal
}

/** An answer as an object, or as JSON in UTF-8; or a failure that is one of the sender. */
export type PageAnswered = { status: number; answer: object } | { body: Uint8Array } | Failure

/** A route of the page's API: all there is to know about it. `answers` has the shapes of answers by status. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT'
  /** As the router and OpenAPI take it, with `:name` for a parameter. */
  path: string
  needs: Role
  about: string
  query?: Readonly<Record<string, Shape>>
  body?: Shape
  /** The longest body, in bytes. */
  mostBytes?: number
  answers: Readonly<Record<number, Shape>>
  work(request: PageRequest, deps: PageDeps): Promise<PageAnswered>
}

/** An answer of 200. */
export function fine(answer: object): PageAnswered {
  return { status: 200, answer }
}

/** An answer about a conflict or mistakes: `kind` tells the page what to offer. */
export function problemOfKind(status: number, kind: string, error: string, more: object = {}): PageAnswered {
  return { status, answer: { error, kind, ...more } }
}
