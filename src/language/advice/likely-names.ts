/**
 * The names that an unreadable text probably defines: its keys, and the values of `rule:`.
 *
 * They keep other files from reporting such a name as unknown.
 */
export function likelyNames(text: string): string[] {
  return text.split('\n').flatMap(line => line.split(/[{,，]/).flatMap(namesIn))
}

function namesIn(piece: string): string[] {
  const colon = piece.search(/[:：]/)
  if (colon === -1) return []
  const key = bare(piece.slice(0, colon).replace(/^[\s-]*/, ''))
  const isRule = ['rule', 'id', 'name'].includes(key.toLowerCase())
  return isRule ? [key, bare(piece.slice(colon + 1))] : [key]
}

/** A key or value without its quotes. */
function bare(text: string): string {
  return text.trim().replace(/^["']|["']$/g, '')
}
