/** A text of the author inside a message: in quotes it does not have, on one line, cut when it is long. Pure. */
export function cite(text: string): string {
  const points = [...oneLine(text.slice(0, 4 * longest))]
  const line = points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : points.join('')
  if (!line.includes('"')) return `"${line}"`
  return line.includes("'") ? `“${line}”` : `'${line}'`
}

/** How many characters of a text a message shows. */
const longest = 60

/** A text as the author should write it in YAML: in double quotes when nothing in it needs care. Pure. */
export function quoted(text: string): string {
  const line = oneLine(text)
  return /["\\]/.test(line) ? `'${line.replaceAll("'", "''")}'` : `"${line}"`
}

/** A hint that shows a text in quotes, unless it is too long to repeat. Pure. */
export function putInQuotes(text: string): string {
  return text.length > 2 * longest ? 'Put the whole text in quotes' : `Put it in quotes: ${quoted(text)}`
}

function oneLine(text: string): string {
  const lines = text.split('\n').map(line => line.trim())
  return lines.join(' ').trim()
}
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
  const [, sign = '', value = ''] = /^([<>]=?|!=?)\s*([\w.-]+)$/.exec(text) ?? []
  const word = comparisons.get(sign === '!' ? '!=' : sign)
  return word && `{ ${word}: ${value} }`
}

/** A comparison in braces, as the pair that it means: `{ nickName != admin }` is `{ nickName: { is not: admin } }`. */
export function meantPair(text: string): string | undefined {
  const [, field, sign = '', value] = /^\{\s*([\w.]+)\s*([<>]=?|!=|==?)\s*([\w.-]+)\s*\}$/.exec(text) ?? []
  if (field === undefined) return undefined
  return `{ ${field}: ${meantComparison(`${sign}${value}`) ?? value} }`
}
