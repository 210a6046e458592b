import { isAccent } from '../lookalike/skeleton.ts'
import { rememberingLong } from '../memo.ts'
import { isLetter, setOf, withAll } from '../properties.ts'

/**
 * Letters of scripts that write no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese. The mark that makes a
 * vowel of kana long belongs to them.
 */
export function isUnspaced(point: number): boolean {
  return (isOfScript(point) && isLetter(point)) || point === 0x30fc || point === 0xff70
}

const isOfScript = setOf(
  withAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu,
  ),
)

/**
 * Where words begin and end in scripts without spaces, by the dictionary of the platform (ICU; Node's own data, so a
 * rare word may be known to one version and not to another).
 *
 * The platform takes time in the square of the text, so it is given one piece after another, each with what stands
 * around it, and only those that are asked about.
 */
export type Segments = {
  /** True at a place inside a word; never where a letter of another script, a sign or a space is on either side. */
  isInside(at: number): boolean
}

/** The words of a text, found where they are asked for. Linear in the text. */
export const segmentsOf: (text: string) => Segments = rememberingLong(text => {
  const pieces = new Map<number, Uint8Array>()
  const startsOf = (piece: number) => {
    const known = pieces.get(piece)
    if (known !== undefined) return known
    const made = wordStarts(text, piece)
    pieces.set(piece, made)
    return made
  }
  return {
    isInside(place) {
      const at = behindAdornment(text, place)
      if (at <= 0 || at >= text.length || !isUnspacedAt(text, at) || !isUnspacedBefore(text, at)) return false
      return startsOf(Math.floor(at / pieceLength))[at % pieceLength] === 0
    },
  }
})

/** UTF-16 code units that are parted into words at once, and those around them, from which no word is taken. */
const pieceLength = 128
const around = 32

const segmenter = lazily(() => new Intl.Segmenter('zh', { granularity: 'word' }))

/** A 1 where a word begins, for each code unit of a piece. */
function wordStarts(text: string, piece: number): Uint8Array {
  const from = piece * pieceLength
  const starts = new Uint8Array(pieceLength)
  const first = Math.max(0, from - around)
  for (const { index } of segmenter().segment(text.slice(first, from + pieceLength + around))) {
    const at = first + index - from
    if (at >= 0 && at < pieceLength) starts[at] = 1
  }
  return starts
}

/** The words that a short text is parted into. */
export function segmentsIn(text: string): string[] {
  return Array.from(segmenter().segment(text), ({ segment }) => segment)
}

/** Marks that only adorn a letter (a stroke through it) stand between two letters as little as what is invisible. */
function behindAdornment(text: string, place: number): number {
  let at = place
  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at) as number)
    if (!isAccent(char) && !isAdornment.test(char)) break
    at += char.length
  }
  return at
}

const isAdornment = /[\p{Script=Inherited}\p{Default_Ignorable_Code_Point}]/u

function isUnspacedAt(text: string, at: number): boolean {
  return isUnspaced(text.codePointAt(at) as number) || isMark.test(text.slice(at, at + 2))
}

function isUnspacedBefore(text: string, at: number): boolean {
  let before = at - 1
  while (before > 0 && isMark.test(text.slice(before, before + 1))) before--
  const point = text.charCodeAt(before) >= 0xdc00 && text.charCodeAt(before) < 0xe000 ? before - 1 : before
  return isUnspaced(text.codePointAt(Math.max(0, point)) as number)
}

const isMark = /^\p{M}/u

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Particles of Japanese that stand behind a word, which the platform may take for a part of it (死|ねばいい). */
const particles = new Set(
  'は が を に の と も で だ ば よ ね な か や て た さ わ ろ ぞ へ です じゃ って から けど だろ まで より なら なあ'.split(
    ' ',
  ),
)

/**
 * True where a hit stands as a word of its own: it neither begins nor ends inside a word. `isOpen` says that any ending
 * may follow. Behind kana a particle may be glued to it; hiragana that are no word themselves are none in the midst of
 * others (ですしね).
 */
export function standsAlone(text: string, start: number, end: number, isOpen: boolean): boolean {
  if (!isUnspacedNear(text, start) && !isUnspacedNear(text, end)) return true
  const segments = segmentsOf(text)
  if (segments.isInside(start) || !endsAlone(text, end, isOpen)) return false
  if (start === 0 || !isHiragana.test(text.charAt(start - 1)) || !onlyHiragana.test(text.slice(start, end))) return true
  for (let at = start + 1; at < end; at++) if (!segments.isInside(at)) return false
  return true
}

/** True where a hit does not end inside a word. */
export function endsAlone(text: string, end: number, isOpen: boolean): boolean {
  if (isOpen || !isUnspacedNear(text, end)) return true
  return !segmentsOf(text).isInside(end) || isBeforeParticle(text, end)
}

/** False where no letter of such a script is at a place: the quick answer for nearly all texts of other scripts. */
function isUnspacedNear(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) >= 0xe00 && text.charCodeAt(at) >= 0x300
}

function isBeforeParticle(text: string, at: number): boolean {
  if (!isKana.test(text.charAt(at - 1))) return false
  if (heldOut.test(text.slice(at, at + 16))) return true
  if (!isHiragana.test(text.charAt(at))) return false
  return particles.has(segmentsIn(text.slice(at, at + 6))[0] ?? '')
}

/** A last vowel that is held out: クソォォ. */
const heldOut = /^[ぁぃぅぇぉァィゥェォー〜]+(?![\u3041-\u30ff])/

const isKana = /[\u3041-\u30ff]/
const isHiragana = /[\u3041-\u309f]/
const onlyHiragana = /^[\u3041-\u309f]+$/
