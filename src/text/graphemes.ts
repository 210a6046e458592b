import { isAscii } from './ascii.ts'
import { graphemeClass, graphemeClasses } from './grapheme-class.ts'
import { pointAt, unitsOf } from './units.ts'

/** The graphemes of a text, what a reader calls characters, in order (UAX #29). Pure, linear. */
export function graphemes(text: string): string[] {
  const { starts } = graphemeStarts(text)
  const found: string[] = []
  let start = 0
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && starts[at] === 0) continue
    found.push(text.slice(start, at))
    start = at
  }
  return found
}

/** How many graphemes a text has. Pure, linear. */
export function countGraphemes(text: string): number {
  return graphemeStarts(text).count
}

/** The first `count` graphemes of a text. Pure, idempotent; looks at little more of the text than it keeps. */
export function cutTo(text: string, count: number): string {
  if (text.length <= count) return text
  for (let size = 4 * count + 16; ; size *= 2) {
    const { starts, count: found } = graphemeStarts(text.slice(0, size))
    // The last grapheme may go on behind what was looked at.
    if (found > count) return text.slice(0, placeOf(starts, count))
    if (size >= text.length) return text
  }
}

/** A 1 for each code unit with which a grapheme begins, and how many there are. Pure, linear. */
export function graphemeStarts(text: string): { starts: Uint8Array; count: number } {
  const starts = new Uint8Array(text.length)
  // In ASCII only CR and LF are one.
  if (isAscii(text) && !text.includes('\r\n')) return { starts: starts.fill(1), count: text.length }
  const units = unitsOf(text)
  let count = 0
  let state: number = control
  const { units: known } = graphemeClasses
  for (let at = 0; at < units.length; at++) {
    let own = known[units[at] as number] as number
    const start = at
    if (own === 0) {
      const point = pointAt(units, at)
      own = graphemeClasses.of(point)
      if (point > 0xffff) at++
    }
    // Most are letters behind letters, and to ask the table takes longer: each answer waits for the one before.
    if (own !== other || state !== other) {
      const next = after[state * classes + own] as number
      state = next & anyState
      if (next === state) continue
    }
    starts[start] = 1
    count++
  }
  return { starts, count }
}

/** The place of the 1 that comes after `count` others, which must be there. */
function placeOf(starts: Uint8Array, count: number): number {
  let at = starts.indexOf(1)
  for (let passed = 0; passed < count; passed++) at = starts.indexOf(1, at + 1)
  return at
}

const { other, control, cr, lf, extend, conjunctExtend, linker, zwj, spacingMark } = graphemeClass
const { prepend, consonant, pictograph, regional, l, v, t, lv, lvt } = graphemeClass

/** What may yet join a grapheme depends on its state: the class that it ends in, so far as that counts, or these. */
const linked = 19
const pictographZwj = 20
const classes = 19
const states = 21
const parts = 32
const anyState = parts - 1

/** By state and by the class of the code point that follows: the state after it, and `parts` if a grapheme begins. */
const after = Uint8Array.from({ length: states * classes }, (_, i) => {
  const [state, next] = [Math.trunc(i / classes), i % classes]
  return join(state, next) ?? begin(next) + parts
})

function begin(first: number): number {
  if (first === lf) return control
  if (first === lv) return v
  if (first === lvt) return t
  return first >= extend && first <= spacingMark ? other : first
}

/** The rules GB3 to GB13 of UAX #29: the state after what joins, or undefined. */
function join(state: number, next: number): number | undefined {
  if (state === cr) return next === lf ? control : undefined
  if (state === control || (next >= control && next <= lf)) return undefined
  if (state === prepend) return begin(next)
  if (next >= extend && next <= spacingMark) return joinMark(state, next)
  if (next === consonant) return state === linked ? consonant : undefined
  if (next === pictograph) return state === pictographZwj ? pictograph : undefined
  if (next === regional) return state === regional ? other : undefined
  return joinJamo(state, next)
}

function joinMark(state: number, next: number): number {
  if (state === pictograph) return next === zwj ? pictographZwj : next === spacingMark ? other : pictograph
  if (state !== consonant && state !== linked) return other
  if (next === linker) return linked
  return next === conjunctExtend || next === zwj ? state : other
}

function joinJamo(state: number, next: number): number | undefined {
  const mayJoin = (state === l && next >= l && next !== t) || (state === v && (next === v || next === t))
  return mayJoin || (state === t && next === t) ? begin(next) : undefined
}
