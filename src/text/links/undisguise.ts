import { isAscii } from '../code-units.ts'
import { isSpace } from '../spaces.ts'
import { type PlainText, type TextEdit, withEdits } from './plain-text.ts'

/**
 * Signs that stand for a dot in a reading, by how it is written: in brackets or escaped, which is only done to hide it;
 * as a word; with a space on both sides or a comma; with a space on one side.
 */
export const dots = { plain: '.', hidden: '\ue000', spelled: '\ue001', apart: '\ue002', loose: '\ue003' } as const

/** True for a dot of a reading, however it is written. */
export function isDot(sign: string): boolean {
  return sign === dots.plain || (sign >= dots.hidden && sign <= dots.loose)
}

/**
 * A text with what hides an address undone, so that what looks like one to a reader is one: wide and styled letters
 * plain, what cannot be seen gone, dots that are bracketed, spelled or set apart as `dots` has them. Pure, linear.
 */
export function undisguise(text: string): PlainText {
  return withDots(withoutGaps(withPlainCharacters({ text, from: undefined })))
}

/** What has to be looked at in a text character by character. */
const unusual = /\\[/.:]|&(?:#|period|sol|colon)|%3a%2f%2f/i

function withPlainCharacters(reading: PlainText): PlainText {
  const { text } = reading
  if (isAscii(text) && !unusual.test(text)) return reading
  const isEscaped = /%3a%2f%2f/i.test(text)
  const changes: TextEdit[] = []
  for (const { 0: found, index } of text.matchAll(special)) {
    if (found[0] === '%' && !isEscaped) continue
    const plain = plainOf(found, text, index)
    if (plain !== found) changes.push({ start: index, end: index + found.length, text: plain })
  }
  return withEdits(reading, changes)
}

/** All but ASCII and letters that no plain writing has otherwise: Russian, Chinese, Japanese and Korean ones. */
const special =
  /[^ -~\t\n\r\u0410-\u044f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]|\\(?=[/.:])|&(?:#0*46|#x0*2e|period|#0*47|#x0*2f|sol|#0*58|#x0*3a|colon);|%3a%2f%2f|%2f/giu

function plainOf(found: string, text: string, at: number): string {
  switch (found[0]) {
    case '\\':
      return ''
    case '%':
      return found.length === 3 ? '/' : '://'
    case '&':
      return /46|2e|period/i.test(found) ? dots.hidden : /47|2f|sol/i.test(found) ? '/' : ':'
  }
  if (found >= dots.hidden && found <= dots.loose) return ' '
  if (fullStops.has(found)) return isWithinAscii(text, at) ? dots.plain : found
  return plainCharacter(found)
}

/** Full stops of Chinese and Japanese end a sentence, but for between letters of an address. */
const fullStops: ReadonlySet<string> = new Set(['。', '｡'])

function isWithinAscii(text: string, at: number): boolean {
  return isNameUnit.test(text[at - 1] ?? '') && isNameUnit.test(text[at + 1] ?? '')
}

/** Letters of names, plain or wide. */
const isNameUnit = /[a-z\d\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/i

function plainCharacter(char: string): string {
  const known = plainCharacters.get(char)
  if (known !== undefined) return known
  const plain = ignorable.test(char) ? '' : (signs.get(char) ?? compatibleLetters(char))
  if (plainCharacters.size < mostKept) plainCharacters.set(char, plain)
  return plain
}

const plainCharacters = new Map<string, string>()
const mostKept = 20_000
const ignorable = /\p{Default_Ignorable_Code_Point}/u

/** Signs that pass for those of an address. UTS #39, confusables.txt. */
const signs: ReadonlyMap<string, string> = new Map([
  ...Array.from('․．', (char): [string, string] => [char, '.']),
  ...Array.from('∕⁄⧸╱', (char): [string, string] => [char, '/']),
  ...Array.from('∶꞉ː', (char): [string, string] => [char, ':']),
])

/** What a letter or sign is in plain writing; an ellipsis or a fraction is no part of an address. */
function compatibleLetters(char: string): string {
  const plain = char.normalize('NFKC')
  return /^[\p{L}\p{N}\p{M}!-~]$/u.test(plain) ? plain : char
}

/** So many characters that stand alone make a word that is typed with gaps. */
const fewestAlone = 6

/** Letters with one space between them drawn together, where there is a dot or a colon among them. */
function withoutGaps(reading: PlainText): PlainText {
  const { text } = reading
  if (!/(?:^|\s)[^\s] [^\s] [^\s] /u.test(text)) return reading
  const changes: TextEdit[] = []
  let first = -1
  const end = (last: number) => {
    const isAddress = first !== -1 && last - first >= 2 * fewestAlone && /[.:/]/.test(text.slice(first, last))
    for (let at = first + 1; isAddress && at < last; at += 2) changes.push({ start: at, end: at + 1, text: '' })
    first = -1
  }
  for (let at = 0; at < text.length; at++) {
    const isAlone = !isSpaceAt(text, at) && isSpaceAt(text, at - 1) && isSpaceAt(text, at + 1)
    if (!isAlone) continue
    if (first === -1) first = at
    if (text[at + 1] !== ' ' || isSpaceAt(text, at + 2) || !isSpaceAt(text, at + 3)) end(at + 1)
  }
  return withEdits(reading, changes)
}

function isSpaceAt(text: string, at: number): boolean {
  return at < 0 || at >= text.length || isSpace(text.charCodeAt(at))
}

/** Domains that are no words, so that one behind a lone dot is meant as such. */
const apartTlds = 'com|cn|ru|xyz|org|net|top|vip|info|biz|icu'

/**
 * Dots that are written otherwise, signs for `@`, and stars of bold letters around a dot. Each part is short, so that looking for them takes linear time.
 * The word for a dot in English, German, Russian and Chinese.
 */
const disguised = new RegExp(
  `(?<=[\\p{L}\\p{N}\\]])(?:${[
    '(?<hidden>\\s{0,2}[[({<【「〔]\\s?(?:\\.|dot|d0t|punkt|точка|点|點)\\s?[\\])}>】」〕]\\s{0,2}|[[({]\\.(?=(?:com|cn|org|ru|xyz)[\\])}]))',
    '(?<slash>(?<=\\s\\. {1,2}[a-z]{2,6}) ?/ ?|(?<=[ _*-](?:dot|d0t|точка) [a-z]{2,6}) slash )',
    '(?<at>\\s{0,2}[[({<]\\s?(?:at|@)\\s?[\\])}>]\\s{0,2})',
    '(?<spelled>[ _*-]{1,2}(?:dot|d0t|точка|тчк)[ _*-]{1,2})',
    `(?<apart>\\s{1,2}\\. {1,2}(?=(?:${apartTlds})(?![\\p{L}\\p{N}])|[a-z]{2,6} ?/ ?[\\p{L}\\p{N}])|[•·‧∙⋅・﹒܂ㆍ](?=(?:${apartTlds})(?![\\p{L}\\p{N}]))|,(?=(?:com|cn|ru|xyz)(?![\\p{L}\\p{N},])))`,
    `(?<loose> {1,2}\\.(?=(?:com|cn|ru|xyz|org)(?![\\p{L}\\p{N}])|[a-z]{2,6}/[\\p{L}\\p{N}])|\\. {1,2}(?=(?:com|cn|ru|xyz)(?![\\p{L}\\p{N}])))`,
  ].join(
    '|',
  )})(?=[\\p{L}\\p{N}])|(?<=[a-z\\d])(?<han> ?[点點] ?)(?=[a-z])|(?<bold>(?<=[a-z\\d])[*_]{1,3}(?=\\.[a-z])|(?<=[a-z\\d]\\.)[*_]{1,3}(?=[a-z]))`,
  'giu',
)

/** What every part of `disguised` has in it: most texts have none of it. */
const mayBeDisguised =
  /d[o0]t|punkt|точка|тчк|[点點•·‧∙⋅・﹒܂ㆍ]|[[({<【「〔]\s?[.@a]|\s\.|\.\s{1,2}(?:com|cn|ru|xyz)|[*_]\.|\.[*_]|,(?:com|cn|ru|xyz)/i

function withDots(reading: PlainText): PlainText {
  if (!mayBeDisguised.test(reading.text)) return reading
  const changes: TextEdit[] = []
  for (const { 0: found, index, groups = {} } of reading.text.matchAll(disguised)) {
    changes.push({ start: index, end: index + found.length, text: signFor(groups) })
  }
  return withEdits(reading, changes)
}

function signFor({ hidden, slash, at, apart, loose, bold }: Record<string, string | undefined>): string {
  if (hidden !== undefined) return dots.hidden
  if (bold !== undefined) return ''
  if (slash !== undefined) return '/'
  if (at !== undefined) return '@'
  if (apart !== undefined) return dots.apart
  return loose === undefined ? dots.spelled : dots.loose
}
