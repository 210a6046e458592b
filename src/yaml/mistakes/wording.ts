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

/** A field and values in brackets without a colon between them, as the pair that they mean: `nickName in [a, b]`. */
export function meantList(text: string): string | undefined {
  const [, field, said = '', values] = /^([\w.]+)\s+([a-z=! ]+?)\s*(\[[^[\]{}\n]*\])$/i.exec(text) ?? []
  const word = field === undefined ? undefined : listWords.get(said.toLowerCase().replace(/^is /, ''))
  return word && `${field}: ${word === 'one of' ? values : `{ ${word}: ${values} }`}`
}

/** How people compare with several values, and the words of the rule language for it. */
const listWords: ReadonlyMap<string, string> = new Map([
  ...['in', 'one of', 'any of', 'either', 'is', '=', '=='].map(said => [said, 'one of'] as const),
  ...['not in', 'none of', 'not one of', 'neither', 'not', '!='].map(said => [said, 'not one of'] as const),
  ...['contains', 'contains any', 'contains any of', 'contains one of'].map(said => [said, 'contains any'] as const),
  ...['starts with', 'starts with any', 'starts with one of'].map(said => [said, 'starts with any'] as const),
  ...['ends with', 'ends with any', 'ends with one of'].map(said => [said, 'ends with any'] as const),
  ...['has word', 'has word in', 'has a word in'].map(said => [said, 'has word in'] as const),
])
