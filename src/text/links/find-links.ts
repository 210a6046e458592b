import { rememberingLong } from '../memo.ts'
import { linksWithoutScheme } from './bare.ts'
import { type MarkdownText, markdownTexts } from './markdown-text.ts'
import { type FoundLink, givenRange } from './plain-text.ts'
import { linksWithScheme } from './scheme.ts'
import { undisguise } from './undisguise.ts'

/**
 * A link in a text, and where it stands: a half-open range of the text as given, in UTF-16 code units.
 *
 * `shownHost` is what the text of a Markdown link shows, where that is another host than it leads to; `isLabel` is set
 * for the text of a Markdown link that shows the very host which it leads to.
 */
export type Link = FoundLink & MarkdownText

/**
 * The links in a text, in order; they do not overlap. Pure, linear.
 *
 * With and without a scheme, and through disguises. What may as well be a file, a part of a program, an abbreviation or
 * the end of a sentence is none.
 */
export const findLinks: (text: string) => readonly Link[] = rememberingLong(text => {
  if (!mayHaveLink.test(text)) return []
  const reading = undisguise(text)
  const links = inOrder([...linksWithScheme(reading.text), ...linksWithoutScheme(reading.text)])
  const shown = markdownTexts(reading.text, links)
  return links.map((link, at) => ({ ...link, ...givenRange(reading, link.start, link.end), ...shown[at] }))
})

/** What every link has, in some writing. */
const mayHaveLink = /[.:,&%。｡．․•·‧∙⋅・﹒܂ㆍ∶꞉ː：点點]|\/\/|d[o0]t|punkt|точка|тчк/i

/** The links as they stand in the reading; what begins inside another is of it. */
function inOrder(found: FoundLink[]): FoundLink[] {
  let end = 0
  return found
    .sort((one, other) => one.start - other.start || other.end - one.end)
    .filter(link => {
      if (link.start < end) return false
      end = link.end
      return true
    })
}
