/**
 * A text as an address (WHATWG URL), or null when it is none.
 *
 * A host longer than any name can be written is none: the parser would put its accents in order, which takes time
 * that grows with the square of their count. Pure.
 */
export function readUrl(text: string): URL | null {
  if (text.length > longestHost && hostIn(text).length > longestHost) return null
  try {
    // Most addresses parse: asking first whether one does would parse each twice.
    return new URL(text)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** A name has at most 253 characters (RFC 1035), each made of twelve at most (as letters are that become one). */
const longestHost = 12 * 253

/**
 * What the parser makes a host of, for its length: without what comes before and after it and what is dropped from it,
 * or any host could be made too long to be known. Empty for schemes whose hosts the parser leaves alone. Pure, linear.
 */
function hostIn(text: string): string {
  const authority = authorityOf(text)
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  const labels = unescaped(host).replace(dropped, '').split('.')
  return labels.map(label => (isNumber.test(label) ? '' : label)).join('.')
}

function authorityOf(text: string): string {
  const stripped = text.replace(/[\t\n\r]/g, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the parser skips them before an address.
  return /^[\x00-\x20]*(?:https?|wss?|ftp|file):[/\\]*([^/\\?#]*)/i.exec(stripped)?.[1] ?? ''
}

/** Where the escapes are wrong, as they stand: the parser takes no such host. */
function unescaped(host: string): string {
  try {
    return decodeURIComponent(host)
  } catch (error) {
    if (error instanceof URIError) return host
    throw error
  }
}

/** Characters that count for nothing in a host: those of Default_Ignorable_Code_Point that UTS #46 maps to nothing. */
const dropped =
  /\u034f|[\u00ad\u200b\u2060\u2064\ufeff]|[\u180b-\u180d\u180f]|[\ufe00-\ufe0f]|[\u{1bca0}-\u{1bca3}]|[\u{e0100}-\u{e01ef}]/gu

/** Numbers of an IPv4 address may begin with any count of zeros. */
const isNumber = /^(?:0x)?0*[\da-f]{0,11}$/i
