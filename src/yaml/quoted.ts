/**
 * A text as it may stand anywhere in YAML, inside brackets too: in quotes where it needs them.
 *
 * Read again it is the same text, never a number or a truth value. Pure.
 */
export function inYaml(text: string): string {
  return isPlain(text) ? text : inQuotes(text)
}

/** A text in the quotes that leave it as it is; with escapes where none do. Pure. */
export function inQuotes(text: string): string {
  if (/[\p{Cc}\u{2028}\u{2029}\u{feff}]/u.test(text)) return JSON.stringify(text)
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`
}

/** What begins with a letter or a digit, and has nothing in it that means something to YAML. */
function isPlain(text: string): boolean {
  if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_./+@() -]*$/u.test(text) || text.endsWith(' ')) return false
  return !isNumber.test(text) && !isWord.test(text)
}

/** What the core schema of YAML 1.2 reads as a number, and what only looks like one. */
const isNumber = /^(?:0[xo][\da-f]+|[\d._]+(?:e[-+]?\d+)?)$/i

/** Truth values and nothing, and what older YAML takes for them. */
const isWord = /^(?:true|false|null|yes|no|on|off|y|n)$/i
