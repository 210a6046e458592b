import type { Route } from './route.ts'
import { named, namedShape } from './shapes.ts'

/** The OpenAPI document of routes. */
export function openApiOf(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'hookwarden: the API of the page', version },
    paths,
    components: { schemas: named },
  }
}

function operationOf({ path, about, needs, query = {}, body, answers }: Route): object {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(query).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
  const responses = Object.entries(answers).map(([status, schema]) => [
    status,
    { description: status === '200' ? 'The answer' : 'Why not', content: { 'application/json': { schema } } },
  ])
  const problem = { description: 'Why not', content: { 'application/json': { schema: namedShape('Problem') } } }
  return {
    summary: about,
    description: `Needs the role "${needs}".`,
    ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...Object.fromEntries(responses), default: problem },
  }
}
