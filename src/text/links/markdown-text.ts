import type { FoundLink } from './plain-text.ts'

/** What a Markdown link says of itself. */
export type MarkdownText = { shownHost?: string; isLabel?: true }

/** The text of a Markdown link is looked for in so many code units before its target. */
const longestText = 500

/**
 * For each link what its text shows, where it is the target of a Markdown link and the text has an address: another host
 * than it leads to, or the same. Links are in order. Pure, linear.
 */
export function markdownTexts(reading: string, links: readonly FoundLink[]): MarkdownText[] {
  const all: MarkdownText[] = links.map(() => ({}))
  for (const [at, { start, host }] of links.entries()) {
    const shown = links[at - 1]
    if (shown === undefined || !isText(reading, shown, start)) continue
    if (host === shown.host || bare(host).endsWith(`.${bare(shown.host)}`) || bare(host) === bare(shown.host)) {
      all[at - 1] = { ...all[at - 1], isLabel: true }
    } else all[at] = { shownHost: shown.host }
  }
  return all
}

/** Whether a link is in the text of a Markdown link whose target begins at a place. */
function isText(reading: string, { start, end }: FoundLink, target: number): boolean {
  const between = target - end > longestText ? '' : reading.slice(end, target)
  if (!/^[^[\]]*\]\(\s?<?$/.test(between)) return false
  const open = reading.lastIndexOf('[', start)
  return open !== -1 && start - open <= longestText && !reading.slice(open, start).includes(']')
}

function bare(host: string): string {
  return host.replace(/^www\./, '')
}
