/** One piece of a page: `paragraph`, `item`, `table row`, or the language of a block of code. */
export type Piece = { kind: string; text: string }

/** A heading with what follows it, up to the next one. */
export type Section = { heading: string; level: number; pieces: readonly Piece[] }

/** A page by its headings and pieces: what two languages of it have in common. */
export function outlineOf(page: string): readonly Section[] {
  const sections: { heading: string; level: number; pieces: Piece[] }[] = []
  // Blocks of code first, since they may have empty lines and signs of comments.
  for (const [block, language, code = ''] of page.matchAll(/^```(\w*)\n([\s\S]*?)^```$|^.+$/gm)) {
    const [heading, signs = ''] = /^(#+) /.exec(block) ?? []
    if (language !== undefined) sections.at(-1)?.pieces.push({ kind: language, text: code })
    else if (heading !== undefined) sections.push({ heading: block, level: signs.length, pieces: [] })
    else if (!block.startsWith('<!--')) sections.at(-1)?.pieces.push({ kind: kindOf(block), text: block })
  }
  return sections
}

/** What is the same in every language, once each: what stands in backticks, and the numbers outside of it. */
export function marksOf(text: string): readonly string[] {
  const codes = [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
  const numbers = text.replaceAll(/`[^`]+`/g, '').match(/\d([\d,.]*\d)?/g) ?? []
  return [...new Set([...codes, ...numbers])].sort()
}

/** The values of a mapping or list at any depth, each with its place. */
export function leavesOf(value: unknown, place = ''): readonly (readonly [place: string, value: unknown])[] {
  if (typeof value !== 'object' || value === null) return [[place, value]]
  return Object.entries(value).flatMap(([key, inside]) => leavesOf(inside, `${place}/${key}`))
}

function kindOf(line: string): string {
  if (line.startsWith('|')) return 'table row'
  return /^(- |\d+\. )/.test(line) ? 'item' : 'paragraph'
}
