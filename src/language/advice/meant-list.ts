import { inYaml } from '../../yaml/quoted.ts'

/**
 * Splits a text into the entries that it lists, as in `admin, mod`; undefined if it is not a list.
 *
 * Separators are commas, semicolons, bars, "or" and "and"; brackets and quotes around the entries are dropped.
 */
export function entriesMeant(text: string): readonly string[] | undefined {
  if (text.length > 1_000) return undefined
  const [, inside] = /^\s*[([{]\s*(.*?)\s*[)\]}]\s*$/s.exec(text) ?? []
  const parts = (inside ?? text).split(/\s*[,;|，；、\n]\s*|\s+(?:or|and)\s+/)
  const entries = parts.map(unquoted).filter(entry => entry !== '')
  return entries.length > 1 || (inside !== undefined && entries.length === 1) ? entries : undefined
}

function unquoted(text: string): string {
  const bare = text.trim()
  return /^(["'`]).*\1$/s.test(bare) ? bare.slice(1, -1) : bare
}

/** Entries as a list in brackets: texts, or values written without quotes. */
export function inBrackets(entries: readonly string[], areTexts = true): string {
  return `[${entries.map(entry => (areTexts ? inYaml(entry) : entry)).join(', ')}]`
}
