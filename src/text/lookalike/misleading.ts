import { isAscii } from '../code-units.ts'
import { sameHan } from '../han-forms.ts'
import { segmentsOf, standsAlone } from '../words/segments.ts'
import { traits } from './character-shape.ts'
import { isUnspacedAt, kindAt } from './places.ts'
import { charsAt, inkOf, isGapAt, lengthAt, type VisibleText, visibleText } from './visible-text.ts'

/**
 * True where a reader sees another word than the entry: one of a script without spaces that the hit is a part of, a
 * contraction of English, a syllable of Vietnamese with another tone, a Turkish word with a dotless i, a Han of another
 * shape in a word of its own. `isOpen` says that any ending may follow.
 */
export function isMisleading(candidate: Candidate, entry: string, isOpen: boolean): boolean {
  const typed = typedAs(candidate)
  if (!standsAlone(candidate.seen.text, typed.start, typed.end, isOpen)) return true
  if (isContraction(typed.text, entry) || isNumberGoingOn(candidate, entry)) return true
  if ((isAscii(typed.text) && isAscii(entry)) || hasItsLetters(candidate, entry)) return false
  return (
    isOtherSyllable(candidate, typed, entry) ||
    isOtherLetter(typed.text, entry) ||
    isForeignKana(candidate, entry) ||
    isOtherHan(candidate, entry)
  )
}

/** What was read as an entry: places of a text, the last not among them. */
export type Candidate = { seen: VisibleText; start: number; end: number }

/** A hit as it was typed: a range of the composed text, and its characters. */
type Typed = { start: number; end: number; text: string }

function typedAs({ seen, start, end }: Candidate): Typed {
  const starts = seen.starts()
  let [from, to] = [seen.text.length, 0]
  for (let at = start; at < end; at++) {
    from = Math.min(from, starts[at] as number)
    to = Math.max(to, (starts[at] as number) + lengthAt(seen, at))
  }
  return { start: from, end: to, text: seen.text.slice(from, to) }
}

/** True where the very letters of the entry stand, whatever parts them. */
function hasItsLetters({ seen, start, end }: Candidate, entry: string): boolean {
  return inkOf(seen, start, end) === inkOf(visibleText(entry))
}

/** `he'll` is no "hell": the apostrophe is read. */
function isContraction(typed: string, entry: string): boolean {
  return apostrophe.test(typed) && contraction.test(typed) && !apostrophe.test(entry)
}

/** Also what keyboards and word processors have in its place: a left quote, a grave, an acute, a modifier letter. */
const apostrophe = /['’‘`´ʼʹ′＇]/
const contraction = /^\p{L}+?['’‘`´ʼʹ′＇](?:t|ll|re|ve|m|d|s)$/iu

/** An entry that begins with a digit is none in the midst of a number (`22b` for 2b). */
function isNumberGoingOn({ seen, start }: Candidate, entry: string): boolean {
  return /^\p{Nd}/u.test(entry) && kindAt(seen, start - 1) === traits.digit
}

/** A Vietnamese syllable: to change its tone or one of its letters makes another word (các, cặc). */
function isOtherSyllable({ seen }: Candidate, { start, end, text }: Typed, entry: string): boolean {
  const [found, meant] = [text, entry].map(lowerLetters) as [string, string]
  if (found === meant || !syllable.test(bare(found)) || (!vietnamese.test(found) && !vietnamese.test(meant)))
    return false
  return !isLetter.test(seen.text.slice(0, start).slice(-1)) && !isLetter.test(seen.text.charAt(end))
}

/** The letters of a text in lower case, composed, without what is invisible. */
function lowerLetters(text: string): string {
  return text.replaceAll(noLetter, '').normalize('NFC').toLowerCase()
}

const noLetter = /[^\p{L}\p{M}]|\p{Default_Ignorable_Code_Point}/gu
const isLetter = /[\p{L}\p{M}]/u
const marked = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ'
/** A word of Latin letters with a Vietnamese one in it. */
const vietnamese = new RegExp(`^[a-z${marked}]*[${marked}][a-z${marked}]*$`, 'u')
/** As Vietnamese builds them: `fúck` is none. */
const syllable = /^(?:ngh?|gh|gi|[ckptg]h|nh|tr|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?$/

function bare(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd')
}

/** In short words of Turkish ı is another letter (sık), and so is ñ in Spanish (año). */
function isOtherLetter(typed: string, entry: string): boolean {
  if (Array.from(entry).length >= 5) return false
  return (typed.includes('ı') && !/[ıI]/.test(entry)) || (/ñ/i.test(typed) && !/ñ/i.test(entry))
}

/** Kana that are drawn like letters of another script are read as kana in the midst of others. */
function isForeignKana({ seen, start, end }: Candidate, entry: string): boolean {
  if (kana.test(entry) || !kana.test(charsAt(seen, start)) || !kana.test(charsAt(seen, end - 1))) return false
  const isKanaAt = (at: number) => at >= 0 && at < seen.count && kana.test(charsAt(seen, at))
  return isKanaAt(start - 1) || isKanaAt(end)
}

const kana = /^\p{Script=Hiragana}|\p{Script=Katakana}/u

/** Han by its shape alone: nobody is misled where what stands there is a word (太便宜 is no 大便, 大人 no 犬人). */
function isOtherHan({ seen, start, end }: Candidate, entry: string): boolean {
  if (!anyHan.test(entry)) return false
  const own = new Set(Array.from(entry, sameHan))
  let starts: Uint32Array | undefined
  for (let at = start; at < end; at++) {
    const char = charsAt(seen, at)
    if (!isHanChar.test(char) || own.has(sameHan(char))) continue
    starts ??= seen.starts()
    const from = starts[at] as number
    const { isInside } = segmentsOf(seen.text)
    if (isInside(from) || isInside(from + char.length)) return true
  }
  return false
}

const anyHan = /\p{Script=Han}/u
const isHanChar = /^\p{Script=Han}$/u

/** True where every letter of a word is parted from the next by one space: `バ カ`, `시 발`. */
export function isSpelledOut({ seen, start, end }: Candidate): boolean {
  let letters = 0
  for (let at = start; at < end; at++) {
    const isGap = isGapAt(seen, at)
    if (isGap !== (at - start) % 2 > 0) return false
    if (!isGap && !isOfBlocks(seen, at)) return false
    letters += isGap ? 0 : 1
  }
  return letters > 1
}

/** Where a space splits one word in two and a half of it is none, having no vowel: `fu ck`, never `pen is`. */
export function isSplit({ seen, start, end }: Candidate): boolean {
  let space = -1
  for (let at = start; at < end; at++) {
    if (kindAt(seen, at) !== traits.space) continue
    if (space !== -1) return false
    space = at
  }
  const half = (from: number, to: number) => {
    let text = ''
    for (let at = from; at < to; at++) text += charsAt(seen, at)
    return text
  }
  return space !== -1 && [half(start, space), half(space + 1, end)].some(text => consonants.test(text))
}

const consonants = /^(?:[bcdfghjklmnpqrstvwxz]{2,}|[бвгджзклмнпрстфхцчшщ]{2,})$/iu

/** True at a digit or one Latin letter between two letters of Han, kana or Hangul, where it means nothing (시1발, 麻a痹). */
export function isStray({ seen }: Pick<Candidate, 'seen'>, at: number): boolean {
  if (!isOfBlocks(seen, at - 1) || !isOfBlocks(seen, at + 1)) return false
  return kindAt(seen, at) === traits.digit || latin.test(charsAt(seen, at))
}

/** True for a letter of Han, kana, Hangul or another script without spaces. */
function isOfBlocks(seen: VisibleText, at: number): boolean {
  return isUnspacedAt(seen, at) || (at >= 0 && at < seen.count && isSyllable(seen.points[at] as number))
}

function isSyllable(point: number): boolean {
  return point >= 0xac00 && point <= 0xd7a3
}

const latin = /^[a-z]$/i
