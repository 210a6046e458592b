/** A value as JSON in UTF-8, or null if that is longer than `maxBytes`. */
export function jsonWithin(value: unknown, maxBytes: number): Uint8Array<ArrayBuffer> | null {
  // Measured first: a long text that occurs a thousand times takes no memory until it is serialised.
  if (leastLength(value, maxBytes) > maxBytes) return null
  const json = new TextEncoder().encode(JSON.stringify(value))
  return json.length > maxBytes ? null : json
}

/** A lower bound for the length of a value as JSON. Stops counting beyond `most`. */
function leastLength(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  // Brackets and commas: one more than the parts.
  let length = 1
  for (const [key, part] of Object.entries(value)) {
    if (length > most) break
    if (part !== undefined) length += 1 + (Array.isArray(value) ? 0 : key.length) + leastLength(part, most - length)
  }
  return length
}
