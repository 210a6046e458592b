import { graphemeSegments } from 'unicode-segmenter/grapheme'

/** One character as readers see it, and how many columns of a terminal it takes. */
export type Cell = { shown: string; width: number; start: number; end: number }

/**
 * A line as cells, one for each grapheme; offsets are those in the line.
 *
 * Control characters and invisible ones are spelt out, so that no text can steer a terminal or hide in it; a tab
 * stays a tab, and its width is unknown. Pure.
 */
export function cellsOf(line: string): Cell[] {
  return Array.from(graphemeSegments(line), ({ segment, index }) => {
    const shown = segment === '\t' ? segment : visible(segment)
    const width = shown === segment ? columns(segment) : shown.length
    return { shown, width, start: index, end: index + segment.length }
  })
}

/** A text of others with its control and invisible characters spelt out: `<U+202E>`. Pure. */
export function visible(text: string): string {
  return text.replaceAll(hidden, character => `<U+${hex(character)}>`)
}

/** Lines of text, as `visible` shows each; colours stay. Pure. */
export function visibleLines(text: string): string {
  return text.replaceAll(hiddenInLines, (found, kept?: string) => kept ?? visible(found))
}

/** A JSON text with its control and invisible characters written as escapes, line breaks aside: the same value. Pure. */
export function escapeHidden(json: string): string {
  const asEscape = (unit: string) => `\\u${hex(unit).toLowerCase()}`
  return json.replaceAll(hidden, character => (character === '\n' ? character : character.replaceAll(/./gs, asEscape)))
}

/** All but the joiners that emoji and several scripts are written with. */
const hidden = /(?![\u{200c}\u{200d}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escapeCharacter = String.fromCharCode(27)

/** The same, or in a group what lines are laid out with: line breaks, tabs, colours. */
const hiddenInLines = new RegExp(`([\\n\\t]|${escapeCharacter}\\[[\\d;]*m)|${hidden.source}`, 'gu')

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

/** How many columns a grapheme takes, after UAX #11 and the habits of terminals. */
function columns(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\u{200c}\u{200d}]+$/u.test(grapheme)) return 0
  if (grapheme.includes('\u{fe0f}')) return 2
  return wide.test(grapheme) && !/^[\u{ff61}-\u{ffdc}]/u.test(grapheme) ? 2 : 1
}

/** East Asian wide and full-width characters, and emoji. */
const wide = new RegExp(
  [
    '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}\\p{Script=Yi}]',
    '\\p{Emoji_Presentation}',
    '[\\u3000-\\u3029\\u3030-\\u303e\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6]',
  ].join('|'),
  'u',
)
/** A value as JSON in which every character can be seen. Pure. */
export function shown(value: unknown): string {
  return visible(JSON.stringify(value))
}
