import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ExecutionContext } from 'ava'
import { pageRoutes } from '../../../src/serve/page/api.ts'
import { openApiOf } from '../../../src/serve/page/openapi.ts'

/** An answer of the API. */
export type Answer<T> = { status: number; answer: T }

type Operation = { responses: Record<string, { content: { 'application/json': { schema: object } } }> }
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: object } }

const document = openApiOf(pageRoutes, 'test') as Document
const ajv = new Ajv2020({ strict: false })

/** Asks the API of a service, and checks each answer against its OpenAPI document. `asked` are the routes that were. */
export function apiOf(t: ExecutionContext, url: string) {
  const asked = new Set<string>()
  const ask = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const response = await fetch(new URL(`/api/${path}`, url), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    })
    const answer = (await response.json()) as T
    const known = routeOf(method, path)
    if (known === undefined) return t.fail(`${method} ${path} is not in the OpenAPI document`) as never
    asked.add(known.name)
    const schema = (known.operation.responses[response.status] ?? known.operation.responses.default)?.content[
      'application/json'
    ].schema
    const isFit = ajv.compile({ ...schema, components: document.components })
    t.true(isFit(answer), `${method} ${path} ${response.status}: ${JSON.stringify(isFit.errors)}`)
    return { status: response.status, answer }
  }
  return { ask, asked }
}

/** Every route of the document, as `GET /api/status`. */
export const everyRoute: readonly string[] = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
)

function routeOf(method: string, path: string): { name: string; operation: Operation } | undefined {
  const [wanted = ''] = `/api/${path}`.split('?')
  for (const [pattern, operations] of Object.entries(document.paths)) {
    const operation = operations[method.toLowerCase()]
    const regular = new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    if (operation !== undefined && regular.test(wanted)) return { name: `${method} ${pattern}`, operation }
  }
  return undefined
}
