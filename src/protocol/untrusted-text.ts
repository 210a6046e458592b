/** So much of a foreign text is shown, in characters: enough to recognise it. */
const shown = 64

/** Text that is safe anywhere as it stands; the usual case, told quickly. */
const plain = /^[\x20-\x7e]{0,64}$/

/** Control and format characters (bidirectional ones too), lone surrogates, line and paragraph separators. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Foreign text for a log or a message: at most 64 characters, without any that could forge or reorder a line.
 *
 * Pure.
 */
export function cleanUntrusted(text: string): string {
  if (plain.test(text)) return text
  const characters = [...text.slice(0, shown * 8).replace(unsafe, '')]
  return characters.length <= shown ? characters.join('') : `${characters.slice(0, shown).join('')}…`
}

/** `cleanForeign` between double quotes. Pure. */
export function quoteUntrusted(text: string): string {
  return `"${cleanUntrusted(text)}"`
}
