import fc from 'fast-check'

/** A text for a title: what cannot be seen is shown as its code point. */
export function alike(text: string): string {
  const shown = text.replace(
    /[^\p{L}\p{N}\p{P}\p{S} ]/gu,
    char => `<${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}>`,
  )
  return `“${shown}”`
}

/** Pairs of letters that look or sound related and are no case variants. */
export const different: readonly (readonly [string, string])[] = [
  ['i', 'ı'],
  ['i', 'і'],
  ['a', 'а'],
  ['o', '0'],
  ['ä', 'a'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['є', 'е'],
  ['é', 'è'],
  ['あ', 'ア'],
]

/** Characters in whose company text is hard to fold, cut or clean. */
const hardParts = [
  ...'aAiIıİsSßẞſσςΣkK\u212aÅé ',
  ...['\u0301', '\u0307', '\u0345', '\u0327', '\u034f', '\u093c', '\u094d', '\u20e3', '\u3099', '\u0308\u0301'],
  ...['\u200b', '\u200c', '\u200d', '\u202e', '\u2060', '\ufeff', '\u00ad', '\u3164', '\uffa0', '\ufe0e', '\ufe0f'],
  ...['\ufe00', '\u{e0100}', '\u180b', '\u180e', '\u{e0067}\u{e0062}\u{e0065}\u{e007f}', '\u{e0067}', '\u{e007f}'],
  ...['👩', '👧', '🏽', '🏴', '🇩', '🇪', '❤', '™', 'ℹ', '㊗', '#', '1', '漢', '員', 'か', 'ｶ', 'ﾞ', '각', 'ᄀ', 'ᅡ', 'ᆨ'],
  ...[
    'न',
    'म',
    'स',
    'ന',
    'ക',
    'م',
    'ی',
    'خ',
    'ﷺ',
    'ᠠ',
    'ᠮ',
    'Ж',
    'ж',
    'ᾳ',
    'ΐ',
    'ŉ',
    'ǰ',
    '¨',
    '\u0085',
    '\t',
    '\r',
    '\n',
  ],
  ...['\u3000', '\u00a0', '\ud800', '\udc00', '.', '_', '-', '0', '@', '$'],
]

/** Short texts of hard characters and of any characters at all. */
export const hardText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...hardParts), { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

/** Entries of a word list, one a line. */
export function list(texts: readonly string[]): { text: string; line: number }[] {
  return texts.map((text, i) => ({ text, line: i + 1 }))
}
