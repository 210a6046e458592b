/** No JSON that people or servers write comes near, and what writes out or walks deeper JSON may run out of stack. */
export const deepest = 64

/** Whether a JSON value is nested more than so many levels deep. Pure; it looks no deeper than that. */
export function isNestedDeeper(value: unknown, levels = deepest): boolean {
  return isNest(value) && (levels === 0 || hasDeeper(value, levels - 1))
}

/** Bodies are as large as they may be: the parts are looked at where they are, without a list of them. */
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
