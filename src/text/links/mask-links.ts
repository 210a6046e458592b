import { countGraphemes, graphemeStarts } from '../graphemes.ts'
import { findLinks, type Link } from './find-links.ts'

/**
 * The text with every grapheme of its links replaced by `mask`, which must be fit for it (`isMask`).
 *
 * Masking can bring out another link, so it is repeated until none is found; a text that never comes to rest is masked
 * whole. So masking twice changes nothing more. Pure, linear.
 */
export function maskLinks(text: string, mask = '*'): string {
  let now = text
  for (let round = 0; round < 8; round++) {
    const links = findLinks(now)
    if (links.length === 0) return now
    now = masked(now, links, mask)
  }
  return findLinks(now).length === 0 ? now : mask.repeat(countGraphemes(now))
}

function masked(text: string, links: readonly Link[], mask: string): string {
  const starts = [...graphemeStarts(text), text.length]
  let next = 0
  const pieces = starts.slice(1).map((end, at) => {
    const start = starts[at] as number
    while (next < links.length && (links[next] as Link).end <= start) next++
    const link = links[next]
    return link !== undefined && link.start < end ? mask : text.slice(start, end)
  })
  return pieces.join('')
}
