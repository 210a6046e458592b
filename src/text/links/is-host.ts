import {
  commonEndings,
  type Ending,
  isEnglish,
  netPrograms,
  plainWords,
  russianEnding,
  secondLevels,
} from './domains.ts'
import { dots } from './undisguise.ts'

/** A part of a name between dots, and the sign that stands for the dot before it. */
export type Label = { text: string; start: number; end: number; dot: string }

/** A name with its end, and what tells whether it is an address. */
export type Name = {
  reading: string
  labels: readonly Label[]
  ending: Ending
  /** The end in lower case. */
  tld: string
  start: number
  end: number
}

/**
 * Whether a name is the host of a link, by what it is made of and what stands around it. `next` is the label behind it.
 *
 * Pure.
 */
export function isHost(name: Name, next: Label | undefined): boolean {
  const label = owner(name)
  if (label.text === '' || /_|-$/.test(label.text)) return false
  if (name.reading[name.end] === '_' && name.reading[name.start - 1] !== '_' && !commonEndings.has(name.tld))
    return false
  if (isSuffix(name) || isTag(name) || name.reading[name.end] === '@') return false
  if (isLookalike(name) && !name.labels.some(({ text }) => /[a-z]/i.test(text))) return false
  if (next !== undefined && !endsBefore(name, next)) return false
  if (hasPath(name)) return !isOfTwoWords(name)
  if (isReversed(name, next) || isWithinPath(name)) return false
  return isMarked(name) || (isWeak(name) ? isMeantApart(name) : isWellWritten(name) && isLikely(name))
}

/** An end that only looks like one is meant where there are Latin letters about: сом is a fish. */
function isLookalike({ labels, tld }: Name): boolean {
  const end = (labels.at(-1) as Label).text.toLowerCase()
  return end !== tld && end !== russianEnding
}

/** As in com.cn, which nobody owns. */
function isSuffix({ labels, tld }: Name): boolean {
  return labels.length === 2 && tld.length === 2 && secondLevels.has((labels[0] as Label).text.toLowerCase())
}

/** A hashtag, or a price. */
function isTag({ reading, start, tld }: Name): boolean {
  return reading[start - 1] === '$' || (reading[start - 1] === '#' && !commonEndings.has(tld))
}

/** The part that its owner chose: the one before the end. */
function owner({ labels }: Name): Label {
  return labels.at(-2) as Label
}

/** Whether what follows after one more dot is another sentence, or the end is beyond doubt. */
function endsBefore({ tld, ending }: Name, { dot, text }: Label): boolean {
  if (dot !== dots.plain || text === '') return true
  return commonEndings.has(tld) || (ending === 'plain' && /^[^a-z\d_-]/.test(text))
}

function hasPath({ reading, end }: Name): boolean {
  return (reading[end] === '/' || reading[end] === '\\') && /[\p{L}\p{N}?#@%+]/u.test(reading[end + 1] ?? '')
}

/** As in he.is/she. */
function isOfTwoWords(name: Name): boolean {
  const { text } = owner(name)
  return name.ending === 'word' && text.length <= 3 && isKnown(text) && name.labels.length === 2
}

/** As packages of programs are named: com.example.app. */
function isReversed({ labels, tld }: Name, next: Label | undefined): boolean {
  const isLonger = labels.length > 2 || (next?.dot === dots.plain && next.text !== '')
  return isLonger && /^(?:com|org|net|io|cn|edu|gov|javax?)$/i.test(labels[0]?.text ?? '') && tld !== 'com'
}

/** Behind one slash, as files are in their folders. Behind two an address begins. */
function isWithinPath({ reading, start, tld }: Name): boolean {
  const before = reading[start - 1]
  if (before !== '/' && before !== '\\') return false
  if (reading[start - 2] !== before) return !commonEndings.has(tld)
  return (
    /[\p{L}\p{N}]/u.test(reading[start - 3] ?? '') &&
    !/h?t?tps?$/i.test(reading.slice(Math.max(0, start - 7), start - 2))
  )
}

/** What only addresses have: www, a hidden dot, two slashes before it, a port, a query. */
function isMarked({ reading, labels, start, end, ending }: Name): boolean {
  if (labels.length > 2 && /^www\d?$/i.test(labels[0]?.text ?? '')) return true
  if (labels.some(({ dot }, at) => at > 0 && dot === dots.hidden)) return true
  if (reading[start - 1] === '/' && reading[start - 2] === '/') return ending !== 'file'
  sign.lastIndex = end
  return ending !== 'file' && sign.test(reading)
}

const sign = /:\d{2,5}(?!\d)|\?[\w-]+=/y

function isWeak({ labels }: Name): boolean {
  return labels.some(({ dot }, at) => at > 0 && dot !== dots.plain)
}

/** A dot that is spelled or stands apart is meant where the name is no word of a sentence. */
function isMeantApart(name: Name): boolean {
  if (isSpelledAddress(name)) return false
  const { text } = owner(name)
  const { dot } = name.labels.at(-1) as Label
  if (
    (name.ending === 'file' && name.tld !== 'cc') ||
    !/\p{L}/u.test(text) ||
    text.length < (dot === dots.loose ? 4 : 3)
  )
    return false
  const isClear = name.ending === 'plain' && (name.tld.length > 2 || commonEndings.has(name.tld))
  if (!isKnown(text)) return isClear || !goesOn(name)
  return dot !== dots.loose && text.length > 3 && name.ending === 'plain' && !goesOn(name)
}

/** As in john at gmail dot com: an e-mail address, where the word in front is none of the language. */
function isSpelledAddress({ reading, start }: Name): boolean {
  const [, user = ''] = /([\p{L}\p{N}._-]+) at $/iu.exec(reading.slice(Math.max(0, start - 40), start)) ?? []
  return user.length > 2 && !isKnown(user)
}

/** A word follows in the same line, or a call. */
function goesOn({ reading, end }: Name): boolean {
  following.lastIndex = end
  return following.test(reading)
}

const following = /[ \t]+[\p{L}]|['’([]/uy

/**
 * Whether the end is in letters as ends of addresses are: small, or big as the whole name is. A big letter begins a
 * sentence (`ok.So`), big letters are of products (`ASP.NET`).
 */
function isWellWritten(name: Name): boolean {
  const end = (name.labels.at(-1) as Label).text
  if (end === end.toLowerCase()) return true
  const { text } = owner(name)
  if (end === end.toUpperCase()) {
    if (text !== text.toUpperCase()) return commonEndings.has(name.tld)
    return name.ending === 'plain' && (name.tld !== 'net' || text.length > 6 || isMade(text))
  }
  return /^\p{Lu}\p{Ll}+$/u.test(end) ? /^(?:com|cn|org|ru|xyz)$/.test(name.tld) : true
}

/** Words have no digits or hyphens, names of sites do. */
function isMade(text: string): boolean {
  return /\p{L}/u.test(text) && /[\d-]/.test(text)
}

/** A name with nothing about it that only addresses have. */
function isLikely(name: Name): boolean {
  const { ending, tld, labels } = name
  const { text } = owner(name)
  if (/^\d+$/.test(text)) return isOfNumber(name)
  if (text.length === 1) return /^(?:com|cn|co|net|org)$/.test(tld) && (text < '\x80' || !goesOn(name))
  if (ending === 'rare') return labels.length > 2 || isMade(text)
  if (ending === 'file') return tld === 'cc' && (isMade(text) || (isBesideHan(name) && !isKnown(text)))
  if (isMade(text) && !isInSentence(name)) return true
  return ending === 'plain' ? isPlainName(name) : isNoSentence(name)
}

/** As in 12306.cn, and not in 10.am, 5.kg or top 10.top. */
function isOfNumber(name: Name): boolean {
  const { ending, tld } = name
  if (owner(name).text.length < (plainWords.has(tld) ? 3 : 2)) return false
  return tld === 'cn' || tld === 'cc' || (ending === 'plain' && tld.length > 2)
}

/** As in ps5.is out, or check-in.at five: a word of two letters that goes on behind words. */
function isInSentence(name: Name): boolean {
  const parts = owner(name).text.split('-')
  const isWord = (part: string) => part.length < 3 || isKnown(part) || /\d/.test(part)
  return name.ending === 'word' && name.tld.length === 2 && goesOn(name) && parts.every(isWord)
}

/** Before an end that is hardly a word: no program, and no abbreviation of the next word. */
function isPlainName(name: Name): boolean {
  const { tld } = name
  const { text } = owner(name)
  if (tld === 'net' && netPrograms.has(text.toLowerCase())) return false
  if (plainWords.has(tld) && isKnown(text)) return text.length > 3 && !goesOn(name)
  if (/[^\x20-\x7e]/.test(text)) return (text.length > 2 || commonEndings.has(tld)) && !isBeforeWord(name)
  if (plainWords.has(tld)) return text.length > 2 || tld === 'net'
  if (tld.length > 2) return true
  return !(name.reading[name.end] === '(' || (tld === 'de' && text.length < 4 && goesOn(name)))
}

/** As in não.de novo, więc.co teraz and пришёл.рус не: the next sentence goes on. */
function isBeforeWord(name: Name): boolean {
  const { text } = owner(name)
  if (name.tld === 'рус' || name.tld === 'бел') return text.length < 4 || goesOn(name)
  return (name.tld === 'co' || (name.tld === 'de' && /[^a-z\d\-äöüß]/i.test(text))) && goesOn(name)
}

/** Before an end that is a word as well: letters that make none, and no sentence that goes on. */
function isNoSentence(name: Name): boolean {
  const { tld, labels, reading, start } = name
  const { text } = owner(name)
  if (reading[start - 1] === dots.plain) return false
  if (labels.length > 2) return !goesOn(name) && labels.some(label => label.text.length > 2 && !isKnown(label.text))
  if (isKnown(text) || text.length < 4 || /[^a-z\d-]/i.test(text)) return false
  return !goesOn(name) || (tld.length > 2 && text.length > 4)
}

function isKnown(text: string): boolean {
  return isEnglish(text.toLowerCase())
}

function isBesideHan({ reading, start, end }: Name): boolean {
  return /\p{Script=Han}/u.test(`${reading[start - 1] ?? ''}${reading[end] ?? ''}`)
}
