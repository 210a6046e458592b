import { endingOf } from './domains.ts'
import type { FoundLink } from './plain-text.ts'
import { tailEnd } from './tail.ts'
import { dots } from './undisguise.ts'

/** What comes between a scheme and its host, torn apart by a space or a line break or not. Each part is short. */
const slashes = /:[ \t]?[\r\n]{0,2}[/\\](?:[\r\n]{0,2}[/\\]){0,3}[ \t]?[\r\n]{0,2}|magnet:(?=\?xt)/gi

/** The links in a reading that begin with a scheme, in order. Pure, linear. */
export function linksWithScheme(reading: string): FoundLink[] {
  const links: FoundLink[] = []
  let end = 0
  for (const { 0: between, index } of reading.matchAll(slashes)) {
    if (index < end) continue
    const link = between.startsWith('m') ? magnetAt(reading, index) : linkAt(reading, index, between)
    if (link === undefined) continue
    links.push(link)
    end = link.end
  }
  return links
}

function magnetAt(reading: string, start: number): FoundLink {
  const end = tailEnd(reading, start + 'magnet:'.length)
  return { start, end, url: reading.slice(start, end), host: '' }
}

/** http and its like, also with letters crossed out, or torn apart. The first letter is often left out. */
const webScheme = /(?:h?\s?[tx*]\s?[tx*]\s?p\s?s?|f\s?t\s?p\s?s?|w\s?s\s?s?)\s?$/iu

/** The longest of `webScheme` has so many code units. */
const longestScheme = 16

function linkAt(reading: string, colon: number, between: string): FoundLink | undefined {
  const before = reading.slice(Math.max(0, colon - longestScheme), colon)
  const web = webScheme.exec(before)?.[0]
  const scheme = web ?? (between === '://' ? /[a-z][a-z\d+-]{1,14}$/i.exec(before)?.[0] : undefined)
  if (scheme === undefined) return undefined
  const from = colon + between.length
  const authority = authorityAt(reading, from)
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  const isHere =
    web === undefined ? /^[\p{L}\p{N}[%?|]/u.test(host || (reading[from] ?? '')) : /^[\p{L}\p{N}[%]/u.test(host)
  if (!isHere) return undefined
  const isTorn = between !== '://' || /\s/.test(scheme)
  if (isTorn && !isAddress(host)) return undefined
  const end = tailEnd(reading, from + authority.length)
  const name = web === undefined ? scheme.toLowerCase() : webName(web)
  const start = colon - scheme.trimStart().length
  return { start, end, ...readAs(`${name}://${readDots(reading.slice(from, end))}`, readDots(host)) }
}

function webName(scheme: string): string {
  const letters = scheme.toLowerCase().replace(/\s/g, '')
  if (letters.startsWith('f')) return 'ftp'
  return /^ws/.test(letters) ? letters : letters.endsWith('s') ? 'https' : 'http'
}

/** What ends an authority: what is behind it, brackets and quotes around it, and signs of a sentence. */
const authorityEnd = /[\s/\\?#<>"'`|(){}[\],;!*，。；！？、：（）【】「」『』《》“”‘’…]/u

/** A longer one is cut there: no host is as long. */
const longestAuthority = 2048

function authorityAt(reading: string, from: number): string {
  const text = reading.slice(from, from + longestAuthority)
  const bracketed = /^(?:[^\s/\\?#@[\]]*@)?\[[\da-f:.]+\](?::\d+)?/i.exec(text)?.[0]
  if (bracketed !== undefined) return bracketed
  const end = text.search(authorityEnd)
  return withoutSentence(end === -1 ? text : text.slice(0, end)).replace(/[.:_~-]+$/, '')
}

/** The authority without the words that stand behind it without a space, or behind a dot that stands apart. */
function withoutSentence(authority: string): string {
  const end =
    /(?<=\.)([a-z]{2,18})(?=[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Thai}\ue001-\ue003])/giu
  for (const { 0: label, index } of authority.matchAll(end)) {
    if (endingOf(label.toLowerCase()) !== undefined) return authority.slice(0, index + label.length)
  }
  return authority
}

function isAddress(host: string): boolean {
  const last = readDots(host).split('.').at(-1) ?? ''
  return (
    (host.length > last.length && endingOf(last.toLowerCase()) !== undefined) ||
    /^(?:0x[\da-f]+|[\d.]{7,})$/i.test(host)
  )
}

/** Every sign for a dot as one. */
export function readDots(text: string): string {
  return text.replace(/[\ue000-\ue003]/g, dots.plain)
}

/** RFC 1035, 2.3.4, in what may become one character each. */
const longestHost = 12 * 253

/** An address as a browser reads it, without the slash that it puts behind a host; as it is where it cannot be read. */
export function readAs(address: string, host: string): { url: string; host: string } {
  const url = host.length > longestHost ? null : parsed(address)
  if (url === null) return { url: address, host: '' }
  const isBare = url.pathname === '/' && url.search === '' && url.hash === ''
  return { url: isBare ? url.href.replace(/\/$/, '') : url.href, host: url.hostname.replace(/\.$/, '') }
}

function parsed(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null
}
