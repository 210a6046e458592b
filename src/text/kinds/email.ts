import { asLatin, endingOf } from '../links/domains.ts'
import type { Range } from '../sources.ts'

/**
 * Email addresses, also with the signs spelt out (`bob (at) gmail (dot) com`) and with letters of other alphabets.
 * Undefined is a pause. Pure, linear.
 *
 * Not: handles (`@bob@mastodon.social`), names of files (`icon@2x.png`), addresses of repositories (`git@host:path`).
 */
export function* emailsIn(text: string): Generator<Range | undefined> {
  let last = 0
  for (const { 0: sign, index } of text.matchAll(at)) {
    const start = localStart(text, index, last)
    if (start < index) {
      const domain = domainAt(text, index + sign.length)
      if (domain !== undefined && isMeant(sign, domain) && !isOther(text, start, domain)) {
        yield { start, end: domain.end }
        last = domain.end
      }
    }
    yield undefined
  }
}

/** In Chinese, the sign is called by what it sounds like. */
const at = / AT | at | ?(?:@|艾特|[([{<] ?(?:at|AT|At) ?[)\]}>]) ?/g

/**
 * Whether a sign makes what is before it an address. A word, or a sign with spaces around it, may also be of a sentence
 * (`sale @ example.com`), unless people have their mail there, or somebody has hidden the dot as well.
 */
function isMeant(sign: string, { name, isSpelt }: Domain): boolean {
  if (sign === ' at ') return isSpelt && isProvider(name)
  if (sign.includes('艾特')) return isProvider(name)
  const isPlain = /^(?: @ ?|@ | AT )$/.test(sign)
  return !isPlain || isProvider(name) || (isSpelt && endingOf(endOf(name)) === 'plain')
}

/** RFC 5321, 4.5.3.1. */
const longest = { local: 64, domain: 253 }

/** Where what stands before the sign begins; the place itself when there is none. */
function localStart(text: string, end: number, from: number): number {
  let start = end
  const least = Math.max(from, end - longest.local)
  while (start > least && local.test(text[start - 1] as string)) start--
  // A longer run of letters is no name.
  if (start > 0 && start === end - longest.local && local.test(text[start - 1] as string)) return end
  while (start < end && text[start] === '.') start++
  return text[end - 1] === '.' ? end : start
}

const local = /[A-Za-z0-9\u00c0-\u024f\p{Script=Greek}\p{Script=Cyrillic}._%+-]/u

/** `isSpelt` says that its last dot is a word, or has spaces around it. */
type Domain = { name: string; end: number; isSpelt: boolean }

/** Labels and dots, as far as they are a domain. */
function domainAt(text: string, start: number): Domain | undefined {
  const labels: string[] = []
  let place = start
  let end = start
  let before = ''
  while (place - start < longest.domain) {
    label.lastIndex = place
    const [found] = label.exec(text) ?? []
    if (found === undefined) break
    labels.push(found.toLowerCase())
    end = place + found.length
    dot.lastIndex = end
    const [sign] = dot.exec(text) ?? []
    // What follows a whole address is the next sentence.
    if (sign === undefined || (labels.length > 1 && isSpelling.test(sign) && endingOf(endOf(found)) === 'plain')) break
    before = sign
    place = end + sign.length
  }
  if (labels.length < 2 || !isTop(labels.at(-1) as string, before)) return undefined
  return { name: labels.join('.'), end, isSpelt: isSpelling.test(before) }
}

/** Letters of Latin, Greek and Cyrillic, which look alike; other scripts have no space before what follows. */
const label =
  /[A-Za-z0-9\u00c0-\u024f\p{Script=Greek}\p{Script=Cyrillic}](?:[A-Za-z0-9\u00c0-\u024f\p{Script=Greek}\p{Script=Cyrillic}-]{0,61}[A-Za-z0-9\u00c0-\u024f\p{Script=Greek}\p{Script=Cyrillic}])?/uy
const dot = /[.。点點]| ?[([{<] ?(?:dot|DOT|Dot|\.) ?[)\]}>] ?| \. | DOT | dot /uy
const isSpelling = /^(?: . | dot |[点點])$/i
const topLevel = /^(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})$/

/** Whether a label ends a domain; after a word that may be of a sentence, only what hardly any sentence has. */
function isTop(label: string, sign: string): boolean {
  const top = endOf(label)
  if (fileEndings.has(top)) return false
  if (/^(?: dot |[点點])$/.test(sign)) return endingOf(top) === 'plain'
  return (topLevel.test(top) && !isSpelling.test(sign)) || endingOf(top) !== undefined
}

/** The last label of a name, in Latin letters if it is typed to look like them. */
function endOf(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return asLatin(last) ?? last
}

/** What stands behind the last dot of files, beside which an @ is of their names. */
const fileEndings = new Set(
  'png jpg jpeg gif svg webp bmp ico css js ts mjs jsx tsx json xml html htm php py txt pdf zip gz exe apk mp mp3 mp4 local localhost'.split(
    ' ',
  ),
)

/** Where people have their mail: with spaces around the @, only before one of these it is an address. */
const providers =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|qq|163|126|sina|sohu|foxmail|aliyun|yeah|139|189|proton|protonmail|yandex|mail|naver|gmx|web|zoho|aol|me)\.[a-z.]{2,6}$/

function isProvider(name: string): boolean {
  return providers.test(name)
}

/** Handles, places in repositories, and logins in front of hosts. */
function isOther(text: string, start: number, { end }: Domain): boolean {
  const isPath = text[end] === ':' && /[A-Za-z0-9/~._-]/.test(text[end + 1] ?? '')
  return text[start - 1] === '@' || isPath || isLogin(text, start)
}

/** In `https://user:secret@host.com` the @ is of an address of another kind. */
function isLogin(text: string, start: number): boolean {
  return /:\/\/(?:[^\s/@]{1,64}:)?$/.test(text.slice(Math.max(0, start - 68), start))
}
