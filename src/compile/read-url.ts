/**
 * A text as an address (WHATWG URL), or null when it is none.
 *
 * A host longer than any name can be written is none: the parser would put its accents in order, which takes time
 * that grows with the square of their count. Pure.
 */
export function readUrl(text: string): URL | null {
  if (text.length > longestAuthority && authorityOf(text).length > longestAuthority) return null
  try {
    // Most addresses parse: asking first whether one does would parse each twice.
    return new URL(text)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** A name has at most 253 characters (RFC 1035), each at most twelve when its bytes are escaped (`%F0%9F%98%80`). */
const longestAuthority = 12 * 253

/** The part of an address that the parser reads a host from; empty for schemes whose hosts it leaves alone. */
function authorityOf(text: string): string {
  const stripped = text.replace(/[\t\n\r]/g, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the parser skips them before an address.
  return /^[\x00-\x20]*(?:https?|wss?|ftp|file):[/\\]*([^/\\?#]*)/i.exec(stripped)?.[1] ?? ''
}
