import { codeUnitsOf, pointAt } from '../code-units.ts'
import { rememberingLong } from '../memo.ts'
import { normalForm } from '../normal.ts'
import {
  allTraits,
  type CharacterShape,
  charOf,
  drawnAt,
  gapShape,
  shapeOf,
  spaceShape,
  traits,
  traitsOfDrawn,
} from './character-shape.ts'

/**
 * The visible positions of a text in order: the looks of each, and where it begins in the composed text. Accents and
 * invisible characters have no position; a repeated mark has one, and so has a run of gaps.
 */
export type VisibleText = {
  /** The text in composed form (NFC), so that the order in which marks were typed does not matter. */
  text: string
  count: number
  /** The traits at each position; 0 from `count` on. */
  traits: Uint8Array
  /** The code point at each position, or the number of the letter drawn there. */
  points: Uint32Array
  /** Where each position begins, in UTF-16 code units of the composed text. */
  starts: () => Uint32Array
}

/** The visible text in typed order. Linear. */
export function visibleText(given: string): VisibleText {
  const text = normalForm(given, 'NFC')
  const all = new Uint8Array(text.length)
  const points = new Uint32Array(text.length)
  let starts: Uint32Array | undefined = text.includes(override) ? new Uint32Array(text.length) : undefined
  const count = look(codeUnitsOf(text), all, points, starts)
  return { text, count, traits: all, points, starts: () => (starts ??= startsIn(text)) }
}

/** Computed on demand: without an override they are rarely needed, and would make the scan a quarter slower. */
function startsIn(text: string): Uint32Array {
  const starts = new Uint32Array(text.length)
  look(codeUnitsOf(text), new Uint8Array(text.length), new Uint32Array(text.length), starts)
  return starts
}

/** Scan the characters; returns the number of positions. */
function look(units: Uint16Array, all: Uint8Array, points: Uint32Array, starts?: Uint32Array): number {
  const { units: known } = allTraits
  const { letter, mark, nothing, gap, space, isDrawn, kind: kindBits } = traits
  const { length } = units
  let count = 0
  let last = 0
  for (let at = 0; at < length; at++) {
    const start = at
    let point = units[at] as number
    let own = known[point] as number
    if (own === 0) {
      point = pointAt(units, at)
      own = allTraits.of(point)
      if (point > 0xffff) at++
    }
    if (own & isDrawn) {
      const drawn = drawnAt(units, start)
      own = drawn === 0 ? own - isDrawn : traitsOfDrawn
      if (drawn !== 0) point = drawn
      if (drawn !== 0) at = start + charOf(drawn).length - 1
    }
    const kind = own & kindBits
    if (kind !== letter) {
      if (kind === nothing || (kind === mark && count > 0 && point === points[count - 1])) continue
      if (kind >= gap && last >= gap) {
        if (kind === space) all[count - 1] = own
        continue
      }
    }
    all[count] = own
    points[count] = point
    if (starts !== undefined) starts[count] = start
    count++
    last = kind
  }
  return count
}

/** The visible text in typed order and, if it has a right-to-left override, also as displayed. Linear. */
export const visibleWhole: (text: string) => readonly VisibleText[] = rememberingLong(text => {
  const typed = visibleText(text)
  return text.includes(override) ? [typed, shown(typed)] : [typed]
})

/** The shape at a position, which must exist. */
export function shapeAt(seen: VisibleText, at: number): CharacterShape {
  const kind = (seen.traits[at] as number) & traits.kind
  if (kind >= traits.gap) return kind === traits.gap ? gapShape : spaceShape
  return shapeOf(seen.points[at] as number)
}

/** The length of a position in code units of the composed text. */
export function lengthAt({ points }: VisibleText, at: number): number {
  return charOf(points[at] as number).length
}

/** The characters at a position. */
export function charsAt({ points }: VisibleText, at: number): string {
  return charOf(points[at] as number)
}

/** True for a position that only separates letters. */
export function isGapAt(seen: VisibleText, at: number): boolean {
  return ((seen.traits[at] as number) & traits.kind) >= traits.gap
}

/** The letters, digits and signs from one position to another, without gaps, accents and what is invisible. */
export function inkOf(seen: VisibleText, start = 0, end = seen.count): string {
  let ink = ''
  for (let at = start; at < end; at++) if (!isGapAt(seen, at)) ink += charsAt(seen, at)
  return ink
}

/** The text as displayed: after an override it runs backwards, up to the end of the embedding or line. */
function shown(typed: VisibleText): VisibleText {
  const { count } = typed
  const typedStarts = typed.starts()
  const [all, points, starts] = [typed.traits.slice(), typed.points.slice(), typedStarts.slice()]
  const units = codeUnitsOf(typed.text)
  for (let at = units.indexOf(overrideUnit), place = 0; at !== -1; ) {
    let end = at + 1
    while (end < units.length && !endsOverride(units[end] as number)) end++
    while (place < count && (typedStarts[place] as number) <= at) place++
    const from = place
    while (place < count && (typedStarts[place] as number) < end) place++
    for (const each of [all, points, starts]) reverse(each, from, place)
    at = units.indexOf(overrideUnit, end)
  }
  return { ...typed, traits: all, points, starts: () => starts }
}

function reverse(numbers: Uint32Array | Uint8Array, from: number, to: number): void {
  for (let low = from, high = to - 1; low < high; low++, high--) {
    const number = numbers[low] as number
    numbers[low] = numbers[high] as number
    numbers[high] = number
  }
}

const override = '\u202e'
const overrideUnit = 0x202e

/** Pop and other embeddings, lines and paragraphs: U+202C, U+202E, U+2069, Zl, Zp and LF. */
function endsOverride(unit: number): boolean {
  if (unit < 0x2028) return unit === 0x0a
  return unit <= 0x2029 || unit === 0x202c || unit === overrideUnit || unit === 0x2069
}
