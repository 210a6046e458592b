/**
 * Parses a text as a WHATWG URL; null if it is not one.
 *
 * A host longer than any valid name is rejected: the parser would sort its combining accents, which takes time
 * quadratic in their number.
 */
export function readUrl(text: string): URL | null {
  if (text.length > longestHost && hostIn(text).length > longestHost) return null
  try {
    // Most addresses parse: checking first would parse each of them twice.
    return new URL(text)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** A name has at most 253 characters (RFC 1035), each written with at most twelve (several letters can become one). */
const longestHost = 12 * 253

/**
 * The part of an address that the parser turns into the host, for measuring its length: without the parts around it and
 * the characters it drops, which could make any host too long. Empty for schemes whose hosts the parser does not
 * change. Linear time.
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

/** The host unchanged if its escapes are invalid: the parser rejects such a host. */
function unescaped(host: string): string {
  try {
    return decodeURIComponent(host)
  } catch (error) {
    if (error instanceof URIError) return host
    throw error
  }
}

/** Characters ignored in a host: those of Default_Ignorable_Code_Point that UTS #46 maps to nothing. */
const dropped =
  /\u034f|[\u00ad\u200b\u2060\u2064\ufeff]|[\u180b-\u180d\u180f]|[\ufe00-\ufe0f]|[\u{1bca0}-\u{1bca3}]|[\u{e0100}-\u{e01ef}]/gu

/** Parts of an IPv4 address may start with any number of zeros. */
const isNumber = /^(?:0x)?0*[\da-f]{0,11}$/i
