import { asLatin, commonEndings, type Ending, endingOf, russianEnding } from './domains.ts'
import { isHost, type Label, type Name } from './is-host.ts'
import { dots, isDot } from './undisguise.ts'

/** The place of a host in a reading, as it would be looked up. */
export type HostPlace = { start: number; end: number; host: string }

/** RFC 1035, 2.3.4. */
const longestHost = 253

/**
 * The hosts that a run of letters, digits, hyphens and dots is made of, in order: one mostly, or none.
 *
 * Without a scheme before it, a name with a dot is as often a file, a part of a program, an abbreviation or two sentences
 * without a space: in doubt it is no host. Pure, linear.
 */
export function hostsIn(reading: string, run: { start: number; end: number }): HostPlace[] {
  const labels = labelsIn(reading, trimmed(reading, run))
  const places: HostPlace[] = []
  for (let at = labels.length - 1; at > 0; at--) {
    const name = nameTo(reading, labels, at)
    if (name === undefined || !isHost(name, labels[at + 1])) continue
    places.push({ start: name.start, end: name.end, host: hostOf(name) })
    at -= name.labels.length - 1
  }
  return places.reverse()
}

/** The run without hyphens and lines at its end, as they stand around what is said with weight. */
function trimmed(
  reading: string,
  { start, end: given }: { start: number; end: number },
): { start: number; end: number } {
  let end = given
  while (end > start && (reading[end - 1] === '-' || reading[end - 1] === '_')) end--
  return { start, end }
}

function labelsIn(reading: string, { start, end }: { start: number; end: number }): Label[] {
  const labels: Label[] = []
  let from = start
  let dot = ''
  for (let at = start; at <= end; at++) {
    const sign = reading[at] as string
    if (at < end && !isDot(sign)) continue
    labels.push({ text: reading.slice(from, at), start: from, end: at, dot })
    from = at + 1
    dot = sign
  }
  return labels
}

/** The name that ends with a label, from as far in front as dots lead. */
function nameTo(reading: string, labels: readonly Label[], last: number): Name | undefined {
  const end = labels[last] as Label
  if (end.text.length < 2 || end.text.length > 63) return undefined
  const known = readEnding(end)
  if (known === undefined) return undefined
  let first = last - 1
  const canGoOn = (label: Label) => label.dot === dots.plain || label.dot === dots.hidden || label.dot === dots.spelled
  const isPart = ({ text, start }: Label) => text !== '' && end.end - start <= longestHost
  while (first > 0 && canGoOn(labels[first] as Label) && isPart(labels[first - 1] as Label)) first--
  const parts = labels.slice(first, last + 1)
  const [start] = parts as [Label]
  const lead = /^[-_]*/.exec(start.text)?.[0].length ?? 0
  parts[0] = { ...start, text: start.text.slice(lead), start: start.start + lead }
  if (parts[0].text === '' || end.end - parts[0].start > longestHost) return undefined
  return { reading, labels: parts, ...known, start: parts[0].start, end: end.end }
}

/** What a label is as an end, also when some of its letters only look like those of one. */
function readEnding({ text }: Label): { ending: Ending; tld: string } | undefined {
  const label = text.toLowerCase()
  const ending = endingOf(label)
  if (ending !== undefined) return { ending, tld: label }
  if (label === russianEnding) return { ending: 'plain', tld: 'ru' }
  if (/^[a-z1-9-]*$/.test(label)) return undefined
  const latin = asLatin(label) ?? label
  const meant = latin.replaceAll('0', 'o')
  return meant !== label && commonEndings.has(meant) ? { ending: 'plain', tld: meant } : undefined
}

/** The name as it is looked up; where its end only looks like one, in the letters that it is read in. */
function hostOf({ labels, tld }: Name): string {
  const typed = labels.map(({ text }) => text.toLowerCase())
  if (typed.at(-1) === tld) return typed.join('.')
  const own = typed.at(-1) === russianEnding ? typed : typed.map(label => asLatin(label) ?? label)
  return [...own.slice(0, -1), tld].join('.')
}
