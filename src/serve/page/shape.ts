/** The part of JSON Schema that the page's API is described by and its requests are checked with. */
export type Shape = {
  $ref?: string
  description?: string
  type?: ShapeType | readonly ShapeType[]
  enum?: readonly unknown[]
  properties?: Readonly<Record<string, Shape>>
  required?: readonly string[]
  additionalProperties?: boolean | Shape
  maxProperties?: number
  items?: Shape
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
  anyOf?: readonly Shape[]
}

type ShapeType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'

/** An object with these keys and no others; a name that ends with a question mark may be left out. */
export function fields(all: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(all).map(([name, shape]) => [name.replace(/\?$/, ''), shape] as const)
  const required = Object.keys(all).filter(name => !name.endsWith('?'))
  return { type: 'object', properties: Object.fromEntries(entries), required, additionalProperties: false }
}

/** A text of a length. */
export function boundedText(maxLength: number, minLength = 0): Shape {
  return { type: 'string', maxLength, minLength }
}

/** The same, or null. */
export function orNull(shape: Shape): Shape {
  return { anyOf: [shape, { type: 'null' }] }
}

/** A list of something. */
export function listOfShape(items: Shape, maxItems?: number): Shape {
  return { type: 'array', items, ...(maxItems !== undefined && { maxItems }) }
}

/** What is wrong with a value, in words for whoever sent it; undefined if it fits. */
export function misfit(shape: Shape, value: unknown, name = 'the body'): string | undefined {
  const { type, enum: choices, anyOf } = shape
  if (anyOf !== undefined) {
    return anyOf.some(each => misfit(each, value, name) === undefined) ? undefined : `${name} has a wrong value`
  }
  if (choices !== undefined && !choices.includes(value)) return `${name} must be one of ${choices.join(', ')}`
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type
  if (types.length > 0 && !types.some(each => hasShapeType(value, each))) return `${name} must be ${types.join(' or ')}`
  if (typeof value === 'string') return misfitOfText(shape, value, name)
  if (typeof value === 'number') return misfitOfNumber(shape, value, name)
  if (Array.isArray(value)) return misfitOfList(shape, value, name)
  return typeof value === 'object' && value !== null ? misfitOfObject(shape, value, name) : undefined
}

function hasShapeType(value: unknown, type: ShapeType): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isSafeInteger(value)
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
  }
}

function misfitOfText({ minLength = 0, maxLength, pattern }: Shape, value: string, name: string): string | undefined {
  if (maxLength !== undefined && value.length > maxLength) return `${name} is longer than ${maxLength} characters`
  if (value.trim().length < minLength) return `${name} must not be empty`
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : `${name} has a wrong form`
}

function misfitOfNumber({ minimum, maximum }: Shape, value: number, name: string): string | undefined {
  const isWithin = value >= (minimum ?? value) && value <= (maximum ?? value)
  return isWithin ? undefined : `${name} must be from ${minimum} to ${maximum}`
}

function misfitOfList({ items, maxItems }: Shape, value: readonly unknown[], name: string): string | undefined {
  if (maxItems !== undefined && value.length > maxItems) return `${name} has more than ${maxItems} items`
  for (const item of items === undefined ? [] : value) {
    const problem = misfit(items as Shape, item, `an item of ${name}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

function misfitOfObject(shape: Shape, value: object, name: string): string | undefined {
  const { properties = {}, required = [], additionalProperties = true, maxProperties } = shape
  const missing = required.find(key => !Object.hasOwn(value, key))
  if (missing !== undefined) return `"${missing}" is missing`
  const entries = Object.entries(value)
  if (maxProperties !== undefined && entries.length > maxProperties)
    return `${name} has more than ${maxProperties} keys`
  for (const [key, part] of entries) {
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
    if (own === false) return `${name} must not have a key ${JSON.stringify(key.slice(0, 50))}`
    const problem = typeof own === 'object' ? misfit(own, part, JSON.stringify(key.slice(0, 50))) : undefined
    if (problem !== undefined) return problem
  }
  return undefined
}
