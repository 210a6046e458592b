import { normalForm } from '../normal.ts'
import { sourcesOf } from '../sources.ts'
import { findWord, searchLookalikes, type WordMatch } from '../words/find-words.ts'
import type { Hit } from '../words/trie.ts'
import { stemOf, type WordEntry, type WordIndex } from '../words/word-index.ts'
import { type CharacterShape, shapeOf } from './character-shape.ts'
import { type LookalikeKey, lookalikeKeys } from './keys.ts'
import { isStray } from './misleading.ts'
import { isStarAt, isStutter, isVowel } from './places.ts'
import { charsAt, isGapAt, shapeAt, type VisibleText } from './visible-text.ts'

/**
 * Some characters of a text and what they were read as: `а` U+0430 as `a`, or as nothing (separators, invisible
 * characters, separate accents).
 */
export type ReadAs = {
  from: string
  /** U+0430; several are separated by spaces. */
  codePoint: string
  to: string
  /** The index of `from` in the original text, in UTF-16 code units. */
  index: number
}

/** An entry found by its looks, its place, and the characters that were read as others. Case is not listed. */
export type AlikeMatch = WordMatch & { read: ReadAs[] }

/** Explain why a list matches by looks: the first match with its readings. For indexes by `alike`. Linear. */
export function explainAlike(index: WordIndex, text: string): AlikeMatch | undefined {
  const { hits, seen, rangeOf } = searchLookalikes(index, text, 1)
  const hit = hits[0]
  if (hit === undefined) {
    // An entry of only signs matches literally.
    const match = findWord(index, text)
    return match && { ...match, read: [] }
  }
  const entry = index.entries[hit.number] as WordEntry
  const indexOf = text === seen.text ? (at: number) => at : sourceIndex(text)
  const read = [...readings(seen, hit, entry.text), ...unseen(seen, hit)].map(({ index, ...rest }) => ({
    ...rest,
    index: indexOf(index),
  }))
  return { entry, ...rangeOf()(hit), read: read.sort((a, b) => a.index - b.index).slice(0, mostRead) }
}

function sourceIndex(text: string): (at: number) => number {
  const toSource = sourcesOf(text, given => normalForm(given, 'NFC'))
  return at => toSource({ start: at, end: at + 1 }).start
}

/** The most readings that are listed; nobody reads more. */
const mostRead = 100

/** The characters that were read as others, with indexes in the composed text. */
function readings(seen: VisibleText, hit: Hit, entry: string): ReadAs[] {
  const { stem, isStem } = stemOf(entry)
  for (const key of lookalikeKeys(stem)) {
    const steps = walk(seen, hit, key.key, isStem)
    if (steps !== undefined) return readAs(seen, merge(steps, key), key)
  }
  return []
}

/** Visible positions from `start` to `end`, and the part of the key that they were read as. */
type Step = { start: number; end: number; from: number; to: number }

/** A path through the hit that spells the key; each position is read as one of its readings or skipped. */
function walk(seen: VisibleText, hit: Hit, key: string, isStem: boolean): Step[] | undefined {
  const tried = new Set<number>()
  const open: { place: number; at: number; before: Path | undefined }[] = [
    { place: hit.start, at: 0, before: undefined },
  ]
  for (let head = open.pop(); head !== undefined; head = open.pop()) {
    const { place, at, before } = head
    if (at === key.length && (isStem || place === hit.end)) return unwind(before)
    const state = place * (key.length + 1) + at
    if (place >= hit.end || tried.has(state)) continue
    tried.add(state)
    const look = shapeAt(seen, place)
    const mayPass =
      isGapAt(seen, place) ||
      (place > hit.start && (look.kind === 'sign' || isStutter(seen, place, 0, seen.count) || isStray({ seen }, place)))
    const hidden = isStarAt(seen, place) && isVowel(key, at) ? [at + 1] : []
    for (const to of [...hidden, ...endsOf(look, key, at, mayPass)]) {
      const step = { start: place, end: place + 1, from: at, to }
      open.push({ place: place + 1, at: to, before: { step, before } })
    }
  }
  return undefined
}

/** A path as a linked list, from its last step back. */
type Path = { step: Step; before: Path | undefined }

function unwind(last: Path | undefined): Step[] {
  const steps: Step[] = []
  for (let path = last; path !== undefined; path = path.before) steps.push(path.step)
  return steps.reverse()
}

/** The possible ends in the key after reading one shape; the first to try comes last. */
function endsOf(look: CharacterShape, key: string, at: number, mayPass: boolean): number[] {
  const read = look.readings.filter(reading => key.startsWith(reading, at)).map(reading => at + reading.length)
  return mayPass ? [at, ...read.reverse()] : read.reverse()
}

/** Merge steps that together spell one character of the entry (`rn` for m). */
function merge(steps: readonly Step[], { owners }: LookalikeKey): Step[] {
  const merged: Step[] = []
  for (const step of steps) {
    const last = merged.at(-1)
    const isSame = last !== undefined && last.to > last.from && owners[last.to - 1] === owners[step.from]
    if (isSame && step.to > step.from) merged[merged.length - 1] = { ...last, end: step.end, to: step.to }
    else merged.push(step)
  }
  return merged
}

function readAs(seen: VisibleText, steps: readonly Step[], key: LookalikeKey): ReadAs[] {
  const read: ReadAs[] = []
  const starts = seen.starts()
  for (const { start, end, from, to } of steps) {
    const typed = Array.from({ length: end - start }, (_, i) => charsAt(seen, start + i)).join('')
    const owners = new Set(key.owners.slice(from, to))
    const meant = Array.from(owners, owner => key.chars[owner] ?? '').join('')
    if (typed.toLowerCase() === meant.toLowerCase()) continue
    read.push({ from: typed, codePoint: codePoints(typed), to: meant, index: starts[start] as number })
  }
  return read
}

/** Characters in the hit without a visible position: separate accents, invisible characters, an override before it. */
function unseen(seen: VisibleText, hit: Hit): ReadAs[] {
  const starts = Array.from(seen.starts().slice(hit.start, hit.end))
  const first = starts.reduce((least, at) => Math.min(least, at))
  const last = starts.reduce((most, at) => Math.max(most, at))
  const isReversed = starts.length > 1 && (starts[0] as number) > (starts.at(-1) as number)
  const from = isReversed ? seen.text.lastIndexOf('\u202e', first) : first
  const read: ReadAs[] = []
  for (const { 0: char, index } of seen.text.slice(from, last).matchAll(/./gsu)) {
    if (read.length === mostRead) break
    if (shapeOf(char.codePointAt(0) as number).kind === 'nothing') {
      read.push({ from: char, codePoint: codePoints(char), to: '', index: from + index })
    }
  }
  return read
}

function codePoints(text: string): string {
  return Array.from(
    text,
    char => `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')
}
