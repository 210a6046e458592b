import { inYaml } from '../../yaml/quoted.ts'

/**
 * Entries that were written into one text, as in `admin, mod`; undefined when it is no list.
 *
 * Commas, semicolons and bars part them, or the words "or" and "and"; brackets and quotes around them are left out.
 * Pure.
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

/** Entries as a list in brackets: texts, or what stands without quotes. Pure. */
export function inBrackets(entries: readonly string[], areTexts = true): string {
  return `[${entries.map(entry => (areTexts ? inYaml(entry) : entry)).join(', ')}]`
}
