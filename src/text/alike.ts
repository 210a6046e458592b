import type { Hit } from './hit.ts'
import type { Look } from './look.ts'
import { isGap, type Seen, see } from './seen.ts'
import type { Trie } from './trie.ts'

/** One way to read an entry: the skeleton, and which character of the entry each code unit of it stands for. */
export type AlikeKey = { key: string; chars: string[] }

/**
 * The ways an entry can be read, its own first: as it stands, in lower and in upper case, and with signs such as @
 * as letters or as what stands between them. Separators and blanks are left out. Pure.
 */
export function alikeKeys(text: string): AlikeKey[] {
  const keys = new Map<string, AlikeKey>()
  for (const signs of ['letters', 'gaps'] as const) {
    for (const form of [text, text.toLowerCase(), text.toUpperCase()]) {
      const key = readKey(form, signs)
      if (key.key !== '' && !keys.has(key.key)) keys.set(key.key, key)
    }
  }
  return [...keys.values()]
}

function readKey(text: string, signs: 'letters' | 'gaps'): AlikeKey {
  const parts = see(text).filter(
    ({ look }) => look.readings.length > 0 && (look.kind !== 'sign' || signs === 'letters'),
  )
  return {
    key: parts.map(({ look }) => look.readings[0]).join(''),
    chars: parts.flatMap(({ look, char }) => Array.from({ length: look.readings[0]?.length ?? 0 }, () => char)),
  }
}

/** What is looked for in which text: the tree of keys, the entries that its numbers mean, and the text as seen. */
export type AlikeSearch = {
  trie: Trie
  /** Length of the longest key. */
  longest: number
  textOf: (number: number) => string
  place: 'whole' | 'word'
}

/**
 * Where the entries stand in a text by what it looks like: the longest at each place, in order, up to `limit`.
 * A hit is counted in seen characters.
 *
 * Every character may have several readings, so each step keeps all the ways that the list still allows. From one
 * place no more is read than a few times the longest entry. Pure, linear in the text.
 */
export function alikeHits(search: AlikeSearch, seen: readonly Seen[], limit: number): Hit[] {
  const view = viewOf(seen)
  const hits: Hit[] = []
  for (let start = 0; start < seen.length && hits.length < limit; start++) {
    if (search.place === 'word' ? !startsWord(view, start) : start > view.ink) continue
    const hit = hitAt(search, view, start)
    if (hit !== undefined) hits.push(hit)
  }
  return hits
}

/** A text as seen, with what the walks through it ask again and again. */
type View = {
  seen: readonly Seen[]
  /** For each character and the end, what no longer needs a loop: is the word all digits up to it, and from it on? */
  digitsBefore: Uint8Array
  digitsAfter: Uint8Array
  /** The first character that stands for no gap, and the end of the last. */
  ink: number
  inkEnd: number
}

function viewOf(seen: readonly Seen[]): View {
  const digitsBefore = new Uint8Array(seen.length + 1)
  const digitsAfter = new Uint8Array(seen.length + 1)
  for (let i = 0; i <= seen.length; i++) {
    digitsBefore[i] = isEdge(seen, i - 1) || (seen[i - 1]?.look.kind === 'digit' && digitsBefore[i - 1]) ? 1 : 0
  }
  for (let i = seen.length; i >= 0; i--) {
    digitsAfter[i] = isEdge(seen, i) || (seen[i]?.look.kind === 'digit' && digitsAfter[i + 1]) ? 1 : 0
  }
  const isInk = ({ look }: Seen) => look.kind === 'letter' || look.kind === 'digit' || look.kind === 'mark'
  const ink = seen.findIndex(isInk)
  return { seen, digitsBefore, digitsAfter, ink: ink === -1 ? seen.length : ink, inkEnd: seen.findLastIndex(isInk) + 1 }
}

/** True where no word goes on: outside the text, and at what is no letter, mark or digit. */
function isEdge(seen: readonly Seen[], at: number): boolean {
  const kind = seen[at]?.look.kind
  return kind === undefined || kind === 'gap' || kind === 'space' || kind === 'sign'
}

/** Digits before a word belong to it no more than a blank would (`24support`). */
function startsWord({ seen, digitsBefore }: View, at: number): boolean {
  const here = seen[at] as Seen
  if (isGap(here.look) || here.look.kind === 'mark') return false
  return digitsBefore[at] === 1 || here.look.isHan || seen[at - 1]?.look.isHan === true
}

/** Nor do digits after it (`admin01`). */
function endsWord({ seen, digitsAfter }: View, at: number): boolean {
  if (seen[at]?.look.kind === 'mark') return false
  return digitsAfter[at] === 1 || seen[at]?.look.isHan === true || seen[at - 1]?.look.isHan === true
}

function hitAt(search: AlikeSearch, view: View, start: number): Hit | undefined {
  const { trie, place } = search
  const limit = Math.min(view.seen.length, start + 2 * search.longest + 16)
  let best: Hit | undefined
  let nodes = [0]
  for (let i = start; i < limit && nodes.length > 0; i++) {
    const { look } = view.seen[i] as Seen
    if (isGap(look)) continue
    const next = step(trie, nodes, look)
    const isEnd = place === 'word' ? endsWord(view, i + 1) : i + 1 >= view.inkEnd
    for (const node of next) {
      const number = numberAt(trie, node, isEnd)
      if (number === -1 || !isMeant(search, view.seen.slice(start, i + 1), number)) continue
      best = { number, start, end: isEnd ? i + 1 : wordEnd(view, i + 1) }
    }
    // A sign in the middle of a word may also be a mere separator.
    nodes = look.kind === 'sign' && i > start ? [...nodes.filter(node => !next.includes(node)), ...next] : next
  }
  return best
}

function step(trie: Trie, nodes: readonly number[], look: Look): number[] {
  const next: number[] = []
  for (const node of nodes) {
    for (const reading of look.readings) {
      const child = trie.follow(node, reading)
      if (child !== -1 && !next.includes(child)) next.push(child)
    }
  }
  return next
}

function numberAt(trie: Trie, node: number, isEnd: boolean): number {
  const whole = isEnd ? trie.whole(node) : -1
  return whole === -1 ? trie.stem(node) : whole
}

function wordEnd(view: View, from: number): number {
  let end = from
  while (end < view.seen.length && !endsWord(view, end)) end++
  return end
}

/** True when what was read is meant so: not numbers or signs alone, and not the words of a sentence run together. */
function isMeant(search: AlikeSearch, found: readonly Seen[], number: number): boolean {
  const text = search.textOf(number)
  return hasLetters(found, text) && (search.place === 'whole' || isOneWord(found, text))
}

/** Digits and signs are letters only beside letters; a number is found by that number, a flag is no word. */
function hasLetters(found: readonly Seen[], text: string): boolean {
  if (found.some(({ look }) => look.readings.length > 0 && !look.isWeak)) return true
  const flagLetters = found.filter(({ char }) => /^\p{Regional_Indicator}$/u.test(char))
  return flagLetters.length > 2 || plain(found.map(({ char }) => char).join('')) === plain(text)
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '')
}

/**
 * Blanks part words. They are overlooked where the entry has as many, between Han, and in a word spelt out letter
 * by letter (`a d m i n`): three pieces or more, with one of several letters at most.
 */
function isOneWord(found: readonly Seen[], text: string): boolean {
  const pieces = [0]
  for (const [i, { look }] of found.entries()) {
    if (look.kind === 'space' && !(found[i - 1]?.look.isHan && found[i + 1]?.look.isHan)) pieces.push(0)
    else if (look.readings.length > 0 && look.kind !== 'mark') pieces[pieces.length - 1] = (pieces.at(-1) ?? 0) + 1
  }
  if (pieces.length === 1 || pieces.length <= wordCount(text)) return true
  return pieces.length > 2 && pieces.filter(size => size > 1).length <= 1
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
}
