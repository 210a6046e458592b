/**
 * A text as it can be written anywhere in YAML, even inside brackets: in quotes if needed.
 *
 * Read again it is the same text, never a number or a truth value.
 */
export function inYaml(text: string): string {
  return isPlain(text) ? text : inQuotes(text)
}

/** A text in the quotes that need no escapes; with escapes if both would. */
export function inQuotes(text: string): string {
  if (/[\p{Cc}\u{2028}\u{2029}\u{feff}]/u.test(text)) return JSON.stringify(text)
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`
}

/** Starts with a letter or a digit, and contains nothing that YAML interprets. */
function isPlain(text: string): boolean {
  if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_./+@() -]*$/u.test(text) || text.endsWith(' ')) return false
  return !isNumber.test(text) && !isWord.test(text)
}

/** Anything that the core schema of YAML 1.2 reads as a number, or that looks like one. */
const isNumber = /^(?:0[xo][\da-f]+|[\d._]+(?:e[-+]?\d+)?)$/i

/** Truth values and null, including those of older YAML versions. */
const isWord = /^(?:true|false|null|yes|no|on|off|y|n)$/i
