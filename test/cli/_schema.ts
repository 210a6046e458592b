/** The parts of JSON Schema that our own schemas of reports use. */
type Schema = {
  $ref?: string
  type?: string | readonly string[]
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  minimum?: number
  definitions?: Record<string, Schema>
}

/** Where a value is not as a schema says, and why. */
export function mismatches(value: unknown, schema: Schema, root: Schema = schema, path = '$'): string[] {
  if (schema.$ref !== undefined) {
    const named = root.definitions?.[schema.$ref.replace('#/definitions/', '')]
    return named === undefined ? [`${path}: no definition ${schema.$ref}`] : mismatches(value, named, root, path)
  }
  if (schema.anyOf !== undefined) {
    const all = schema.anyOf.map(each => mismatches(value, each, root, path))
    return all.some(found => found.length === 0) ? [] : (all.at(-1) ?? [])
  }
  if ('const' in schema && value !== schema.const) return [`${path} is not ${JSON.stringify(schema.const)}`]
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path} is ${JSON.stringify(value)}`]
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some(type => isOfType(value, type))) return [`${path} is not ${types.join(' or ')}`]
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    return [`${path} is ${value}`]
  if (Array.isArray(value))
    return value.flatMap((each, at) => mismatches(each, schema.items ?? {}, root, `${path}[${at}]`))
  return typeof value === 'object' && value !== null ? inObject(value, schema, root, path) : []
}

function inObject(value: object, schema: Schema, root: Schema, path: string): string[] {
  const { properties = {}, required = [], additionalProperties: others = true } = schema
  const missing = required.filter(key => !Object.hasOwn(value, key)).map(key => `${path}.${key} is missing`)
  const wrong = Object.entries(value).flatMap(([key, each]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (own !== undefined) return mismatches(each, own, root, `${path}.${key}`)
    if (typeof others === 'object') return mismatches(each, others, root, `${path}.${key}`)
    return others ? [] : [`${path}.${key} is not in the schema`]
  })
  return [...missing, ...wrong]
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    default:
      return typeof value === type
  }
}
