/** Quotes an author's text inside a message: on one line, shortened, in quotes that it does not contain. */
export function cite(text: string): string {
  const points = [...oneLine(text.slice(0, 4 * longest))]
  const line = points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : points.join('')
  if (!line.includes('"')) return `"${line}"`
  return line.includes("'") ? `“${line}”` : `'${line}'`
}

/** How many characters of a text a message shows. */
const longest = 60

/** A text as the author should write it in YAML: in double quotes if nothing in it needs escaping. */
export function quoted(text: string): string {
  const line = oneLine(text)
  return /["\\]/.test(line) ? `'${line.replaceAll("'", "''")}'` : `"${line}"`
}

/** A hint that shows a text in quotes, unless it is too long to repeat. */
export function putInQuotes(text: string): string {
  return text.length > 2 * longest ? 'Put the whole text in quotes' : `Put it in quotes: ${quoted(text)}`
}

function oneLine(text: string): string {
  const lines = text.split('\n').map(line => line.trim())
  return lines.join(' ').trim()
}
/** Operators of other languages, and the words of the rule language for them. */
export const comparisons: ReadonlyMap<string, string> = new Map([
  ['=', 'is'],
  ['!=', 'is not'],
  ['>', 'more than'],
  ['>=', 'at least'],
  ['<', 'less than'],
  ['<=', 'at most'],
])

/** The test that a comparison used as a value means: `>= 60` is `{ at least: 60 }`. */
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
