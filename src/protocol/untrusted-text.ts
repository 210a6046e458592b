/** How many characters of an untrusted text are shown: enough to recognise it. */
const shown = 64

/** Text that is safe to show unchanged: the usual case, quick to check. */
const plain = /^[\x20-\x7e]{0,64}$/

/** Control and format characters (bidirectional ones too), lone surrogates, line and paragraph separators. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Untrusted text for a log or a message: at most 64 characters, without any that could forge or reorder a line.
 */
export function cleanUntrusted(text: string): string {
  if (plain.test(text)) return text
  const characters = [...text.slice(0, shown * 8).replace(unsafe, '')]
  return characters.length <= shown ? characters.join('') : `${characters.slice(0, shown).join('')}…`
}

/** `cleanUntrusted` in double quotes. */
export function quoteUntrusted(text: string): string {
  return `"${cleanUntrusted(text)}"`
}
