import { hasSigns, signsOf } from '../words/entry-signs.ts'
import { traits } from './character-shape.ts'
import { type Candidate, isSpelledOut, isSplit } from './misleading.ts'
import { isStutter, isUnspacedAt, kindAt } from './places.ts'
import { charsAt, inkOf, isGapAt, type VisibleText, visibleText } from './visible-text.ts'

/**
 * True if a candidate really is the entry: it has the signs of the entry, is more than numbers or signs, and does not
 * run the words of a sentence together.
 */
export function isMeant({ seen, start, end }: Candidate, text: string, place: 'whole' | 'word'): boolean {
  const signs = signsOf(text)
  if (signs !== undefined && !hasSigns(seen, start, end, signs)) return false
  if (isWeak(seen, start, end) && (isTorn(seen, start) || !isPlain(seen, start, end, text))) return false
  if (!mayStretch(text, seen, end) && hasStutter(seen, start, end)) {
    const meant = visibleText(text)
    if (inkCount(seen, start, end) > inkCount(meant, 0, meant.count)) return false
  }
  return place === 'whole' || isOneWord(seen, start, end, text)
}

/** Of few letters, what repeats one may be another word (`gooood`): of three, only the last one is held down. */
function mayStretch(entry: string, seen: VisibleText, end: number): boolean {
  const letters = Array.from(entry).length
  return letters > 3 || (letters === 3 && isStutter(seen, end - 1, 0, end))
}

/** True when there is nothing but gaps and what means a letter only beside letters. */
function isWeak(seen: VisibleText, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (!isGapAt(seen, at) && ((seen.traits[at] as number) & traits.isWeak) === 0) return false
  }
  return true
}

/** True if a number begins inside another: `10086` is not in `910086`. */
function isTorn(seen: VisibleText, start: number): boolean {
  return kindAt(seen, start) === traits.digit && kindAt(seen, start - 1) === traits.digit
}

function hasStutter(seen: VisibleText, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isStutter(seen, at, start, end)) return true
  return false
}

/** Digits and signs are letters only next to letters; a number is only found as that number; a flag is not a word. */
function isPlain(seen: VisibleText, start: number, end: number, text: string): boolean {
  const found = inkOf(seen, start, end).normalize('NFKC')
  if ((found.match(/\p{Regional_Indicator}/gu)?.length ?? 0) > 2) return true
  return found === inkOf(visibleText(text)).normalize('NFKC')
}

function inkCount(seen: VisibleText, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if (!isGapAt(seen, at)) count++
  return count
}

/**
 * Spaces separate words. They are ignored if the entry has as many, between Han, in a word spelt out letter by letter
 * (`a d m i n`: at least three pieces, at most one of which has several letters, or two letters in each), and once in a
 * long word (`help desk`), which two words of a sentence rarely form by chance; never where a sentence ends.
 */
function isOneWord(seen: VisibleText, start: number, end: number, text: string): boolean {
  let blanks = 0
  let endsClause = false
  const runs = [0]
  for (let at = start; at < end; at++) {
    const kind = kindAt(seen, at)
    const isWithin = at > start && at + 1 < end && isUnspacedAt(seen, at - 1) && isUnspacedAt(seen, at + 1)
    if (kind === traits.space && !isWithin) {
      blanks++
      endsClause = clauseEnd.test(charsAt(seen, at))
    }
    if (kind >= traits.gap) runs.push(0)
    else if (kind !== traits.mark) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
  }
  if (blanks === 0 || blanks < wordCount(text)) return true
  if (isSpelledOut({ seen, start, end })) return true
  if (blanks === 1) return (end - start > longWord && !endsClause) || isSplit({ seen, start, end })
  return runs.filter(size => size > 1).length <= 1 || runs.every(size => size <= 2)
}

/** A full stop, comma or the like in front of a space, which are one place. */
const clauseEnd = /\p{Terminal_Punctuation}/u

/** The least letters of a long word: `paypal` is long, `admin` is not. */
const longWord = 6

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
}
