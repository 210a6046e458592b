/**
 * The longest text that rules may produce, in UTF-16 code units: the default limit for texts of a call.
 *
 * Otherwise rules whose texts build on each other could fill the memory; a step on a text of 1 MB takes up to 95 ms.
 */
export const longestMade = 2 ** 16

/** How much all texts of a list together may grow, in UTF-16 code units. */
export const mostGrowth = 2 ** 20

/** A text made from another, cut if it grew beyond the limit. */
export function cut(made: string, from: string): string {
  return begin(made, Math.max(longestMade, from.length))
}

/** The pieces of a text joined, up to the limit: `most` code units. */
export function joined(pieces: readonly string[], most = longestMade): string {
  let text = ''
  for (const piece of pieces) {
    if (text.length + piece.length > most) return text + begin(piece, most - text.length)
    text += piece
  }
  return text
}

/** Every `from` (not empty) in a text replaced, up to the limit; a text that was already longer may stay as long. */
export function replaced(text: string, from: string, to: string): string {
  const most = Math.max(longestMade, text.length)
  if (text.length * Math.max(1, to.length / from.length) <= most) return text.split(from).join(to)
  let made = ''
  let at = 0
  for (let found = text.indexOf(from); found !== -1 && made.length <= most; found = text.indexOf(from, at)) {
    made += text.slice(at, found) + to
    at = found + from.length
  }
  return begin(made.length > most ? made : made + text.slice(at), most)
}

/** The first code units of a text, without splitting a surrogate pair. */
function begin(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, text.length > length && last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}
