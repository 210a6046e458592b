import { graphemeSegments } from 'unicode-segmenter/grapheme'

/** One character as displayed, and its width in terminal columns. */
export type Cell = { shown: string; width: number; start: number; end: number }

/**
 * Splits a line into cells, one per grapheme; offsets are within the line.
 *
 * Control and invisible characters are spelt out, so that no text can control a terminal or hide in it; a tab stays a
 * tab, and its width is unknown.
 */
export function cellsOf(line: string): Cell[] {
  return Array.from(graphemeSegments(line), ({ segment, index }) => {
    const shown = segment === '\t' ? segment : visible(segment)
    const width = shown === segment ? columns(segment) : shown.length
    return { shown, width, start: index, end: index + segment.length }
  })
}

/** An untrusted text with its control and invisible characters spelt out: `<U+202E>`. */
export function visible(text: string): string {
  return text.replaceAll(hidden, character => `<U+${hex(character)}>`)
}

/** Lines of text, each as `visible` shows it; colours are kept. */
export function visibleLines(text: string): string {
  return text.replaceAll(hiddenInLines, (found, kept?: string) => kept ?? visible(found))
}

/** A JSON text with its control and invisible characters escaped, except line breaks: the same value. */
export function escapeHidden(json: string): string {
  const asEscape = (unit: string) => `\\u${hex(unit).toLowerCase()}`
  return json.replaceAll(hidden, character => (character === '\n' ? character : character.replaceAll(/./gs, asEscape)))
}

/** All but the joiners used by emoji and several scripts. */
const hidden = /(?![\u{200c}\u{200d}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escapeCharacter = String.fromCharCode(27)

/** The same, or in a group the characters that lay out lines: line breaks, tabs, colours. */
const hiddenInLines = new RegExp(`([\\n\\t]|${escapeCharacter}\\[[\\d;]*m)|${hidden.source}`, 'gu')

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

/** The width of a grapheme in columns, after UAX #11 and the habits of terminals. */
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
/** A value as JSON in which every character is visible. */
export function shown(value: unknown): string {
  return visible(JSON.stringify(value))
}
