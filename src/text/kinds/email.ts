import type { Range } from '../sources.ts'

/**
 * Email addresses, also with the signs spelt out: `bob (at) gmail (dot) com`. Undefined is a pause. Pure, linear.
 *
 * Not: handles (`@bob@mastodon.social`), names of files (`icon@2x.png`), addresses of repositories (`git@host:path`).
 */
export function* emailsIn(text: string): Generator<Range | undefined> {
  let last = 0
  for (const { 0: sign, index } of text.matchAll(at)) {
    const start = localStart(text, index, last)
    if (start < index) {
      const domain = domainAt(text, index + sign.length)
      const isSpaced = sign.startsWith(' ') || sign.endsWith(' ')
      const isPlain = /^ ?(?:@|AT) ?$/.test(sign)
      if (domain !== undefined && (!isSpaced || !isPlain || isProvider(domain.name)) && !isOther(text, start, domain)) {
        yield { start, end: domain.end }
        last = domain.end
      }
    }
    yield undefined
  }
}

const at = / AT | ?(?:@|[([{<] ?(?:at|AT|At) ?[)\]}>]) ?/g

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

const local = /[A-Za-z0-9\u00c0-\u024f._%+-]/

type Domain = { name: string; end: number }

/** Labels and dots, as far as they are a domain. */
function domainAt(text: string, start: number): Domain | undefined {
  const labels: string[] = []
  let place = start
  let end = start
  while (place - start < longest.domain) {
    label.lastIndex = place
    const [found] = label.exec(text) ?? []
    if (found === undefined) break
    labels.push(found)
    end = place + found.length
    dot.lastIndex = end
    const [sign] = dot.exec(text) ?? []
    if (sign === undefined) break
    place = end + sign.length
  }
  const [top = ''] = labels.slice(-1)
  if (labels.length < 2 || !topLevel.test(top) || fileEndings.has(top.toLowerCase())) return undefined
  return { name: labels.join('.').toLowerCase(), end }
}

const label = /[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?/y
const dot = /[.。]| ?[([{<] ?(?:dot|DOT|Dot|\.) ?[)\]}>] ?| \. | DOT /y
const topLevel = /^(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})$/

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
