import { pointTable } from '../point-table.ts'
import { endingOf } from './domains.ts'
import { type HostPlace, hostsIn } from './host.ts'
import type { FoundLink } from './plain-text.ts'
import { readAs, readDots } from './scheme.ts'
import { tailEnd } from './tail.ts'
import { dots } from './undisguise.ts'
import { namesInUnspaced } from './unspaced.ts'

/** The links in a reading that have no scheme, in order but for those in Chinese and its like and of IPv6. Pure, linear. */
export function linksWithoutScheme(reading: string): FoundLink[] {
  const links: FoundLink[] = []
  let end = 0
  let before: Run = { start: 0, end: 0 }
  for (const run of dottedRuns(reading)) {
    for (const place of run.start < end ? [] : placesIn(reading, run)) {
      const link = place.start < end ? undefined : linkAt(reading, place, before)
      if (link === undefined) continue
      if (link !== 'address') links.push(link)
      end = link === 'address' ? tailEnd(reading, place.end) : link.end
    }
    before = run
  }
  for (const { 0: host, index } of reading.matchAll(ipv6)) {
    const until = tailEnd(reading, index + host.length)
    const read = readAs(`https://${reading.slice(index, until)}`, host)
    if (read.host !== '') links.push({ start: index, end: until, ...read })
  }
  for (const { start, end: hostEnd, host } of namesInUnspaced(reading)) {
    const until = tailEnd(reading, hostEnd)
    links.push({ start, end: until, ...readAs(`https://${reading.slice(start, until)}`, host) })
  }
  return links
}

/** An IPv6 address in brackets, with a port or a path behind it. */
const ipv6 = /\[(?=[\da-f]{0,4}:[\da-f]{0,4}:)[\da-f:.]{2,45}\](?=:\d{2}|\/[\p{L}\p{N}])/giu

type Run = { start: number; end: number }

/** The runs of what names are made of that have a dot with something behind it. */
function* dottedRuns(reading: string): Generator<Run> {
  let end = 0
  dot.lastIndex = 0
  for (let found = dot.exec(reading); found !== null; found = dot.exec(reading)) {
    let start = found.index
    while (start > end && isOfName(reading, start - 1)) start--
    end = found.index + 1
    while (end < reading.length && isOfName(reading, end)) end++
    yield { start, end }
    dot.lastIndex = end
  }
}

/** A dot with a letter or digit behind it, or another dot. */
const dot = /[.\ue000-\ue003](?=[^\s"')\]}>,;:!?])/g

/** Letters, digits and signs of a name, but letters of scripts that set no spaces between words. */
function isOfName(reading: string, at: number): boolean {
  return namesUnit(reading.charCodeAt(at))
}

const nameUnits = pointTable(unit => (ofNames.test(String.fromCharCode(unit)) ? 2 : 1))

function namesUnit(unit: number): boolean {
  // Letters beyond the first plane are read as plain ones, or are of no name.
  return unit >= 0xd800 && unit < 0xe000 ? false : nameUnits.of(unit) === 2
}

const ofNames =
  /^(?![\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Thai}\u30fb\u30fc])[\p{L}\p{M}\p{N}_\-.\ue000-\ue003]$/u

function placesIn(reading: string, run: Run): HostPlace[] {
  const ip = ipIn(reading, run)
  return ip === undefined ? hostsIn(reading, run) : [ip]
}

/**
 * The link to a host. Behind an `@` a name is of an e-mail address or a handle and no link, but where what stands before
 * it passes for a host itself and a path follows: `address` is then an e-mail address with something behind it.
 */
function linkAt(reading: string, place: HostPlace, before: Run): FoundLink | 'address' | undefined {
  const isBehindAt = reading[place.start - 1] === '@'
  if (isBehindAt && !isUser(reading, place, before)) return undefined
  const end = tailEnd(reading, place.end)
  const tail = reading.slice(place.end, end)
  if (isBehindAt && tail.includes('@')) return 'address'
  const read = readAs(`https://${place.host}${readDots(tail)}`, place.host)
  if (read.host === '') return undefined
  return { start: isBehindAt ? before.start : place.start, end, ...read }
}

function isUser(reading: string, { start, end }: HostPlace, before: Run): boolean {
  if (before.end !== start - 1 || !/[/\\]/.test(reading[end] ?? '')) return false
  const user = reading.slice(Math.max(before.start, before.end - longestEnding), before.end)
  const dot = user.lastIndexOf('.')
  return dot !== -1 && endingOf(user.slice(dot + 1).toLowerCase()) === 'plain'
}

/** RFC 1035, 2.3.4: a label has at most 63 characters. */
const longestEnding = 64

/** Four numbers may be a version: with a port or a path they are an address. /16 is of a network. */
function ipIn(reading: string, { start, end }: Run): HostPlace | undefined {
  if (end - start > 4 * 5) return undefined
  const text = reading.slice(start, end)
  const host = readDots(text)
  const parts = host.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(?:0x[\da-f]{1,2}|\d{1,4})$/i.test(part) && Number(part) < 512))
    return undefined
  behindIp.lastIndex = end
  return text.includes(dots.hidden) || behindIp.test(reading) ? { start, end, host } : undefined
}

const behindIp = /:\d{2,5}(?![\d.])|\/(?!\d{1,2}(?![\p{L}\p{N}/.-]))[\p{L}\p{N}]/uy
