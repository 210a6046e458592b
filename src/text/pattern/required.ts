/** What a text must contain for an expression to match: a text, all of several requirements, or any of them. */
export type Required = { all: readonly Required[] } | { any: readonly Required[] } | string

/** The requirement as re2js stores it: `Prefilter` in its source, as of 2.10. */
type Prefilter = { type: number; str: string; subs: readonly Prefilter[] }

/** Convert the requirement found by re2js; undefined if nothing is required. */
export function requiredBy(prefilter: Prefilter | null): Required | undefined {
  switch (prefilter?.type) {
    case 1:
      return prefilter.str
    case 2: {
      const all = prefilter.subs.map(requiredBy).filter(each => each !== undefined)
      return { all }
    }
    case 3: {
      const any = prefilter.subs.map(requiredBy)
      return any.every(each => each !== undefined) ? { any } : undefined
    }
    default:
      return undefined
  }
}

/** Whether a text meets a requirement. */
export function has(text: string, required: Required): boolean {
  if (typeof required === 'string') return text.includes(required)
  return 'all' in required ? required.all.every(each => has(text, each)) : required.any.some(each => has(text, each))
}
