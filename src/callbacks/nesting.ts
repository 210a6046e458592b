/** Real JSON never gets close, and code that writes or walks deeper JSON may overflow the stack. */
export const deepest = 64

/** Whether a JSON value is nested more than `levels` deep. Looks no deeper than that. */
export function isNestedDeeper(value: unknown, levels = deepest): boolean {
  return isNest(value) && (levels === 0 || hasDeeper(value, levels - 1))
}

/** Bodies can be as large as the limit allows, so the parts are visited in place, without building a list. */
function hasDeeper(nest: object, levels: number): boolean {
  if (Array.isArray(nest)) {
    for (const part of nest) if (isNest(part) && isNestedDeeper(part, levels)) return true
  } else {
    for (const key in nest) {
      const part = (nest as Record<string, unknown>)[key]
      if (isNest(part) && isNestedDeeper(part, levels)) return true
    }
  }
  return false
}

function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
