import { isAscii } from '../code-units.ts'
import { fold } from '../fold.ts'
import type { Range } from '../sources.ts'
import { segmentsOf } from '../words/segments.ts'
import { longestSyllable, syllablesOf } from './syllables.ts'

/** A list of Chinese words made ready to be found by their sound. Never changed once built. */
export type SoundIndex = { root: Node }

/** Where a syllable leads, by its spelling; `number` is that of an entry that ends here. */
type Node = { next: Map<string, Node>; number?: number }

/** What was read as a syllable of an entry: characters of a text, where they begin, and the sound. */
export type SoundRead = { from: string; index: number; to: string }

/** An entry found by its sound, and where: a range of the text as it was given, in UTF-16 code units. */
export type SoundMatch = Range & { number: number; read: readonly SoundRead[] }

/** A word of more characters is kept by its first readings alone. */
const mostSpellings = 16

/** Makes a list ready, pausing after each few hundred entries. Entries without Han can never be found. */
export function* buildSoundIndex(entries: readonly string[]): Generator<undefined, SoundIndex> {
  const root: Node = { next: new Map() }
  for (const [number, entry] of entries.entries()) {
    for (const syllables of spellingsOf(entry)) file(root, syllables, number)
    if (number % 200 === 199) yield
  }
  return { root }
}

function file(root: Node, syllables: readonly string[], number: number): void {
  let node = root
  for (const syllable of syllables) {
    const known: Node = node.next.get(syllable) ?? { next: new Map() }
    node.next.set(syllable, known)
    node = known
  }
  node.number ??= number
}

/** The ways to read an entry that is Han alone, two characters or more: one by itself has too many namesakes. */
function spellingsOf(entry: string): readonly (readonly string[])[] {
  const readings = Array.from(fold(entry).replaceAll(' ', ''), syllablesOf)
  if (readings.length < 2 || readings.some(({ length }) => length === 0)) return []
  return readings.reduce<string[][]>(
    (ways, each) => ways.flatMap(way => each.map(syllable => [...way, syllable])).slice(0, mostSpellings),
    [[]],
  )
}

/** True when none of the entries can be found by its sound. Pure. */
export function isSoundless({ root }: SoundIndex): boolean {
  return root.next.size === 0
}

/**
 * The first entry that a text has by its sound: Han of any tone (威信 for 微信), pinyin with or without tones and spaces
 * (weixin, wēi xìn), one letter for a syllable beside Han (V信). Linear in the text but for the readings of characters.
 */
export function findSound({ root }: SoundIndex, text: string): SoundMatch | undefined {
  const tokens = tokensOf(text)
  for (const [at, { kind }] of tokens.entries()) {
    if (kind === 'gap') continue
    const found = walk(tokens, at, 0, root, [])
    if (found !== undefined && !isPartOfWord(text, found)) return found
  }
  return undefined
}

/** A character of Han with its readings, a run of Latin letters without accents, or what is neither. */
type Token = { kind: 'han' | 'latin' | 'gap'; text: string; index: number; readings: readonly string[] }

const parts = /(?<han>\p{Script=Han})|(?<latin>(?:\p{Script=Latin}\p{M}*)+)|[^\p{Script=Han}\p{Script=Latin}]+/gu

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(parts), ({ 0: found, index, groups }) => {
    if (groups?.han !== undefined) return { kind: 'han', text: found, index, readings: syllablesOf(found) }
    const kind = groups?.latin === undefined ? 'gap' : 'latin'
    return { kind, text: kind === 'latin' ? bare(found) : found, index, readings: [] }
  })
}

/** Letters without tones and other accents; full-width ones as usual. */
function bare(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** A gap of more characters parts two words. */
const widestGap = 2

function walk(
  tokens: readonly Token[],
  at: number,
  offset: number,
  node: Node,
  read: readonly SoundRead[],
): SoundMatch | undefined {
  const token = tokens[at]
  const isBetween = offset === 0
  if (node.number !== undefined && isBetween && read.some(({ from }) => from.length > 1 || isHan.test(from))) {
    const [first, last] = [read[0] as SoundRead, read.at(-1) as SoundRead]
    return { number: node.number, start: first.index, end: last.index + last.from.length, read }
  }
  if (token === undefined) return undefined
  if (token.kind === 'gap') {
    const mayPass = read.length > 0 && token.text.length <= widestGap && !/[\p{P}\n]/u.test(token.text)
    return mayPass ? walk(tokens, at + 1, 0, node, read) : undefined
  }
  if (token.kind === 'han') {
    for (const syllable of token.readings) {
      const next = node.next.get(syllable)
      const step = { from: token.text, index: token.index, to: syllable }
      const found = next && walk(tokens, at + 1, 0, next, [...read, step])
      if (found !== undefined) return found
    }
    return undefined
  }
  return walkLatin(tokens, at, offset, node, read)
}

const isHan = /\p{Script=Han}/u

/** Pinyin inside a run of letters that is nothing else, or one letter for a syllable. */
function walkLatin(
  tokens: readonly Token[],
  at: number,
  offset: number,
  node: Node,
  read: readonly SoundRead[],
): SoundMatch | undefined {
  const { text, index } = tokens[at] as Token
  const goOn = (next: Node, length: number, to: string) => {
    const isDone = offset + length === text.length
    const step = { from: text.slice(offset, offset + length), index: index + offset, to }
    return walk(tokens, isDone ? at + 1 : at, isDone ? 0 : offset + length, next, [...read, step])
  }
  for (let length = Math.min(longestSyllable, text.length - offset); length > 1; length--) {
    const syllable = text.slice(offset, offset + length)
    const next = node.next.get(syllable)
    const found = next && goOn(next, length, syllable)
    if (found !== undefined) return found
  }
  const isBesideHan = tokens[at - 1]?.kind === 'han' || tokens[at + 1]?.kind === 'han'
  if (text.length > 1 || !isBesideHan) return undefined
  // v is typed for w, which has no name of its own among Chinese letters.
  const initial = text === 'v' ? 'w' : text
  for (const [syllable, next] of node.next) {
    const found = syllable.startsWith(initial) ? goOn(next, 1, syllable) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** True where a hit begins or ends inside another word of the text. */
function isPartOfWord(text: string, { start, end }: Range): boolean {
  const { isInside } = segmentsOf(text)
  return isInside(start) || isInside(end)
}
