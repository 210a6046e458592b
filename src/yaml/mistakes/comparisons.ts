/** Signs that authors compare with in other languages, and the words of the rule language for them. */
export const comparisons: ReadonlyMap<string, string> = new Map([
  ['=', 'is'],
  ['!=', 'is not'],
  ['>', 'more than'],
  ['>=', 'at least'],
  ['<', 'less than'],
  ['<=', 'at most'],
])

/** A comparison that stands in the place of a value, as the test that it means: `>= 60` is `{ at least: 60 }`. Pure. */
export function meantComparison(text: string): string | undefined {
  const [, sign = '', value = ''] = /^([<>]=?|!=)\s*([\w.-]+)$/.exec(text) ?? []
  const word = comparisons.get(sign)
  return word && `{ ${word}: ${value} }`
}
