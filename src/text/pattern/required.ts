/** What a text must have in it for an expression to match: a text, all of some things, or any of them. */
export type Required = { all: readonly Required[] } | { any: readonly Required[] } | string

/** What re2js found to be required, as it holds it: `Prefilter` in its source, as of 2.10. */
type Prefilter = { type: number; str: string; subs: readonly Prefilter[] }

/** What re2js found out about an expression; undefined when nothing is required. */
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

/** Whether a text has what is required. */
export function has(text: string, required: Required): boolean {
  if (typeof required === 'string') return text.includes(required)
  return 'all' in required ? required.all.every(each => has(text, each)) : required.any.some(each => has(text, each))
}
