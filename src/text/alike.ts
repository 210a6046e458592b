import { isLong } from './alike-keys.ts'
import type { Hit } from './hit.ts'
import { longestShort } from './last-long.ts'
import { isGap, type Look } from './look.ts'
import { charsAt, type Seen, see } from './seen.ts'
import type { Trie } from './trie.ts'

/** What is looked for: the tree of keys, the entries that its numbers mean, and where they may stand. */
export type AlikeSearch = {
  trie: Trie
  /** Length of the longest key, in UTF-16 code units. */
  longest: number
  /** True when an entry has no letter, such as a telephone number. */
  hasNumbers: boolean
  textOf: (number: number) => string
  place: 'whole' | 'word'
}

/**
 * Where the entries stand in a text by what it looks like: the longest at each place, in order, up to `limit`. A
 * hit is counted in places seen.
 *
 * Every character may have several readings, so each step keeps all the ways that the list still allows. From one
 * place no more is read than a few times the longest entry. Pure, linear in the text.
 */
export function alikeHits(search: AlikeSearch, seen: Seen, limit: number): Hit[] {
  const view = viewOf(seen)
  const hits: Hit[] = []
  eachStart(search, view, start => {
    const hit = hitAt(search, view, start)
    if (hit !== undefined) hits.push(hit)
    return hits.length >= limit
  })
  return hits
}

/** Call back with each place where an entry may begin, until told to stop by true. */
function eachStart(search: AlikeReach, view: View, isEnough: (start: number) => boolean): void {
  const { count, looks } = view.seen
  for (let start = 0; start < count; start++) {
    if (search.place === 'word' ? !startsWord(search, view, start) : start > view.ink) continue
    if (canBegin(search.trie, looks[start] as Look) && isEnough(start)) return
  }
}

/** What there is to say of a search that is content with what may be there. */
export type AlikeReach = Omit<AlikeSearch, 'textOf'>

/**
 * Every entry that may stand in a text by what it looks like, each perhaps several times: all that `alikeHits` finds,
 * shorter ones beside the longest, and some that on a closer look are not meant.
 *
 * `found` is called with its number. Pure but for that, linear in the text.
 */
export function eachAlikeHit(search: AlikeReach, seen: Seen, found: (number: number) => void): void {
  const view = viewOf(seen)
  eachStart(search, view, start => {
    walk(search, view, start, nodes => {
      for (const node of nodes) {
        if (search.trie.whole(node) !== -1) found(search.trie.whole(node))
        if (search.trie.stem(node) !== -1) found(search.trie.stem(node))
      }
    })
    return false
  })
}

/** A text as seen, with what the walks through it ask again and again. */
type View = {
  seen: Seen
  /** 1 where all of the word before this place are digits, and where all of it from here on are. */
  digitsBefore: Uint8Array
  digitsAfter: Uint8Array
  /** The first place that is more than a gap or a sign, and the end of the last. */
  ink: number
  inkEnd: number
}

/** The view of a long text is kept with what is seen of it, of which the last is kept. */
function viewOf(seen: Seen): View {
  if (seen.count <= longestShort) return makeView(seen)
  const view = longViews.get(seen) ?? makeView(seen)
  longViews.set(seen, view)
  return view
}

const longViews = new WeakMap<Seen, View>()

function makeView(seen: Seen): View {
  const { count, looks } = seen
  const digitsBefore = new Uint8Array(count + 1)
  const digitsAfter = new Uint8Array(count + 1)
  const isDigits = (at: number, known: number | undefined) =>
    isEdge(looks[at]) || (looks[at]?.kind === 'digit' && known)
  for (let i = 0; i <= count; i++) digitsBefore[i] = isDigits(i - 1, digitsBefore[i - 1]) ? 1 : 0
  for (let i = count; i >= 0; i--) digitsAfter[i] = isDigits(i, digitsAfter[i + 1]) ? 1 : 0
  const ink = looks.findIndex(look => !isEdge(look))
  const inkEnd = looks.findLastIndex(look => !isEdge(look)) + 1
  return { seen, digitsBefore, digitsAfter, ink: ink === -1 ? count : ink, inkEnd }
}

/** True for what is of no word: the outside of the text, gaps and signs. */
function isEdge(look: Look | undefined): boolean {
  return look === undefined || look.kind === 'sign' || isGap(look)
}

/** Digits before a word belong to it no more than a blank would (`24support`). */
function startsWord({ hasNumbers }: AlikeReach, { seen: { looks }, digitsBefore }: View, at: number): boolean {
  const here = looks[at] as Look
  if (isGap(here) || here.kind === 'mark') return false
  if (!hasShape(here) && isInRow(looks, at) && !(hasNumbers && startsNumber(looks, at))) return false
  return digitsBefore[at] === 1 || here.isHan || looks[at - 1]?.isHan === true
}

/** Of a row without letters (`!|!|1 0`) only the first and the last few can begin a word; of flags the first. */
function isInRow(looks: readonly Look[], at: number): boolean {
  if (looks[at]?.isFlag && !looks[at - 1]?.isFlag) return false
  return at > 0 && ![-1, 1, 2, 3, 4, 5, 6].some(step => hasShape(looks[at + step]))
}

function startsNumber(looks: readonly Look[], at: number): boolean {
  return looks[at]?.kind === 'digit' && looks[at - 1]?.kind !== 'digit'
}

/** True for what is a letter whatever stands beside it: circled ones, too. */
function hasShape(look: Look | undefined): boolean {
  return look?.kind === 'letter' || look?.kind === 'mark' || (look?.kind === 'sign' && !look.isWeak)
}

/** Nor do digits after it (`admin01`), but a number is not torn apart (`Bo79` is no bot). */
function endsWord({ seen: { looks }, digitsAfter }: View, at: number): boolean {
  if (looks[at]?.kind === 'mark') return false
  if (looks[at]?.kind === 'digit' && looks[at - 1]?.kind === 'digit') return false
  return digitsAfter[at] === 1 || looks[at]?.isHan === true || looks[at - 1]?.isHan === true
}

function canBegin(trie: Trie, look: Look): boolean {
  return look.readings.some(reading => trie.child(0, reading.charCodeAt(0)) !== -1)
}

function hitAt(search: AlikeSearch, view: View, start: number): Hit | undefined {
  let best: Hit | undefined
  walk(search, view, start, (nodes, end) => {
    best = bestAt(search, view, nodes, start, end) ?? best
  })
  return best
}

/** Follow the tree from a place in every way that a text can be read; `reached` is told of each step and its end. */
function walk(
  { trie, longest }: AlikeReach,
  view: View,
  start: number,
  reached: (nodes: readonly number[], end: number) => void,
): void {
  const { count, looks } = view.seen
  const limit = Math.min(count, start + 2 * longest + 16)
  let nodes: readonly number[] = [0]
  let skipped = 0
  for (let i = start; i < limit && nodes.length > 0; i++) {
    const look = looks[i] as Look
    if (isGap(look)) continue
    const read = step(trie, nodes, look)
    const next = i > start && isStutter(looks, i) ? united(read, nodes) : read
    reached(next, i + 1)
    skipped = look.kind === 'sign' ? skipped + 1 : 0
    // A sign inside a word may also be a mere separator, but not many in a row.
    nodes = i > start && skipped > 0 && skipped <= mostSkipped ? united(next, nodes) : next
  }
}

const mostSkipped = 2

function united(some: readonly number[], more: readonly number[]): number[] {
  return some.concat(more.filter(node => !some.includes(node)))
}

/** True inside a letter held down (`adminnnn`): three of one character or more, which no word has. */
export function isStutter(looks: readonly (Look | undefined)[], at: number): boolean {
  const look = looks[at] as Look
  if (look !== looks[at - 1] || look.kind !== 'letter' || look.isHan) return false
  return look === looks[at - 2] || look === looks[at + 1]
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

/** The hit that ends here, if one of the ways to read so far is an entry. */
function bestAt(
  search: AlikeSearch,
  view: View,
  nodes: readonly number[],
  start: number,
  end: number,
): Hit | undefined {
  const isEnd = search.place === 'word' ? endsWord(view, end) : end >= view.inkEnd
  for (const node of nodes) {
    const whole = isEnd ? search.trie.whole(node) : -1
    const number = whole === -1 ? search.trie.stem(node) : whole
    if (number !== -1 && isMeant(search, view.seen, start, end, number)) {
      return { number, start, end: isEnd ? end : wordEnd(view, end) }
    }
  }
  return undefined
}

function wordEnd(view: View, from: number): number {
  let end = from
  while (end < view.seen.count && !endsWord(view, end)) end++
  return end
}

/** True when what was read is meant so: not numbers or signs alone, and not the words of a sentence run together. */
function isMeant(search: AlikeSearch, seen: Seen, start: number, end: number, number: number): boolean {
  const text = search.textOf(number)
  const looks = seen.looks.slice(start, end)
  if (looks.every(look => look.isWeak || look.readings.length === 0) && !isPlain(seen, start, end, text)) return false
  if (!isLong(text) && looks.some((_, at) => isStutter(looks, at)) && inkCount(looks) > inkCount(see(text).looks)) {
    return false
  }
  return search.place === 'whole' || isOneWord(looks, text)
}

/** Digits and signs are letters only beside letters; a number is found by that number, and a flag is no word. */
function isPlain(seen: Seen, start: number, end: number, text: string): boolean {
  const found = inkOf(seen, start, end)
  if ((found.match(/\p{Regional_Indicator}/gu)?.length ?? 0) > 2) return true
  const meant = see(text)
  return found === inkOf(meant, 0, meant.count)
}

function inkCount(looks: readonly Look[]): number {
  return looks.filter(look => !isGap(look)).length
}

/** The digits, signs and letters as they are written, without what stands between them. */
function inkOf(seen: Seen, start: number, end: number): string {
  let ink = ''
  for (let at = start; at < end; at++) if (!isGap(seen.looks[at] as Look)) ink += charsAt(seen, at)
  return ink.normalize('NFKC')
}

/**
 * Blanks part words. They are overlooked where the entry has as many, between Han, in a word spelt out letter by
 * letter (`a d m i n`: three pieces or more, with one of several letters at most, or two in each), and once in a long
 * word (`help desk`), which two words of a sentence hardly make by chance.
 */
function isOneWord(looks: readonly Look[], text: string): boolean {
  let blanks = 0
  const runs = [0]
  for (const [i, look] of looks.entries()) {
    if (look.kind === 'space' && !(looks[i - 1]?.isHan && looks[i + 1]?.isHan)) blanks++
    if (isGap(look)) runs.push(0)
    else if (look.kind !== 'mark') runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
  }
  if (blanks < wordCount(text) || blanks === 0) return true
  if (blanks === 1) return looks.length > longWord
  return runs.filter(size => size > 1).length <= 1 || runs.every(size => size <= 2)
}

/** Letters that a long word has at least: `paypal` is one, `admin` is not. */
const longWord = 6

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
}
