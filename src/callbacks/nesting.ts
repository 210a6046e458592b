/** No JSON that people or servers write comes near, and what writes out or walks deeper JSON may run out of stack. */
export const deepest = 64

/** Whether a JSON value is nested more than so many levels deep. Pure; level by level, not by recursion. */
export function isNestedDeeper(value: unknown, levels = deepest): boolean {
  let level: object[] = isNest(value) ? [value] : []
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === levels) return true
    const next: object[] = []
    for (const node of level) {
      for (const part of Object.values(node)) if (isNest(part)) next.push(part)
    }
    level = next
  }
  return false
}

function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
