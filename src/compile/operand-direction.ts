import type { Operand } from '../language/condition.ts'
import { fold } from '../text/fold.ts'

/**
 * How a condition changed: `wider` matches all the calls it matched and perhaps more, `narrower` the reverse; `other`
 * is unknown.
 */
export type Direction = 'same' | 'wider' | 'narrower' | 'other'

/** Several changes made at once. */
export function joinedDirection(directions: readonly Direction[]): Direction {
  const found = [...new Set(directions.filter(each => each !== 'same'))]
  return found.length === 0 ? 'same' : found.length === 1 ? (found[0] as Direction) : 'other'
}

/** A word and its operand. */
type Compared = readonly [word: string, operand: Operand]

/** How a test changed when its value or its text word changed. */
export function operandDirection([word, was]: Compared, [other, is]: Compared, isExact: boolean): Direction {
  const texts = [textsOf(was), textsOf(is)] as const
  if (texts[0] !== undefined && texts[1] !== undefined) {
    const [before, now] = [alike(texts[0], isExact), alike(texts[1], isExact)]
    const [except, exceptNow] = [exceptionsOf(was), exceptionsOf(is)].map(each => alike(each, isExact)) as [
      Set<unknown>,
      Set<unknown>,
    ]
    if (except.size + exceptNow.size === 0) return textsDirection([word, before], [other, now])
    // The more exceptions, the fewer hits.
    return word === other ? both(hitsDirection(word, before, now), setDirection(exceptNow, except)) : 'other'
  }
  if (word !== other) return 'other'
  if (was.kind === 'number' && is.kind === 'number') return numberDirection(word, was.value, is.value)
  if (was.kind === 'range' && is.kind === 'range') return rangeDirection(was, is)
  if (was.kind === 'pattern' && is.kind === 'pattern')
    return was.pattern.source === is.pattern.source ? 'same' : 'other'
  if (was.kind === 'countries' || is.kind === 'countries') return countriesDirection(was, is)
  return was.kind === 'none' && is.kind === 'none' ? 'same' : 'other'
}

/** How one set differs from another. */
export function setDirection(was: ReadonlySet<unknown>, is: ReadonlySet<unknown>): Direction {
  const more = [...is].some(each => !was.has(each))
  const fewer = [...was].some(each => !is.has(each))
  return more && fewer ? 'other' : more ? 'wider' : fewer ? 'narrower' : 'same'
}

/** The values or texts of which any one is enough; for a named list, its contents. */
function textsOf(operand: Operand): readonly unknown[] | undefined {
  switch (operand.kind) {
    case 'value':
      return [operand.value]
    case 'values':
      return operand.list?.texts ?? operand.values
    case 'hosts':
      return operand.hosts
    default:
      return undefined
  }
}

function exceptionsOf(operand: Operand): readonly unknown[] {
  return ('except' in operand && operand.except) || []
}

/** The more texts, the more calls, unless all of them must be found. */
function hitsDirection(word: string, was: ReadonlySet<unknown>, is: ReadonlySet<unknown>): Direction {
  return word === 'has all words in' ? setDirection(is, was) : setDirection(was, is)
}

function both(one: Direction, other: Direction): Direction {
  if (one === 'same' || one === other) return other
  return other === 'same' ? one : 'other'
}

function alike(texts: readonly unknown[], isExact: boolean): ReadonlySet<unknown> {
  return new Set(texts.map(text => (typeof text === 'string' && !isExact ? fold(text) : text)))
}

type Texts = readonly [word: string, texts: ReadonlySet<unknown>]

function textsDirection([word, was]: Texts, [other, is]: Texts): Direction {
  const ofSets = word === other ? hitsDirection(word, was, is) : 'other'
  if (ofSets !== 'other') return ofSets
  const [isWider, isNarrower] = [covers([other, is], [word, was]), covers([word, was], [other, is])]
  return isWider && isNarrower ? 'same' : isWider ? 'wider' : isNarrower ? 'narrower' : 'other'
}

/** Whether every value that passes the narrow test passes the wide one, judging by their texts. */
function covers([wide, texts]: Texts, [word, narrow]: Texts): boolean {
  const isIn = parts.get(wide)
  // A value that starts with a text can continue in any way: only a text contained in that start is in every value that
  // passes.
  if (isIn === undefined || (word !== wide && word !== 'one of' && wide !== 'contains any')) return false
  if (word !== 'one of' && !parts.has(word)) return false
  return [...narrow].every(each => [...texts].some(text => isIn(String(each), String(text))))
}

const parts: ReadonlyMap<string, (value: string, text: string) => boolean> = new Map([
  ['contains any', (value: string, text: string) => value.includes(text)],
  ['starts with', (value: string, text: string) => value.startsWith(text)],
  ['ends with', (value: string, text: string) => value.endsWith(text)],
])

function numberDirection(word: string, was: number, is: number): Direction {
  if (was === is) return 'same'
  const isUp = is > was
  if (['at least', 'more than', 'longer than'].includes(word)) return isUp ? 'narrower' : 'wider'
  return ['at most', 'less than', 'shorter than'].includes(word) ? (isUp ? 'wider' : 'narrower') : 'other'
}

/** Without countries, of any. */
function countriesDirection(was: Operand, is: Operand): Direction {
  if (was.kind === 'countries' && is.kind === 'countries') {
    return setDirection(new Set(was.countries), new Set(is.countries))
  }
  return was.kind === 'none' ? 'narrower' : is.kind === 'none' ? 'wider' : 'other'
}

type Range = { low: number; high: number }

function rangeDirection(was: Range, is: Range): Direction {
  if (was.low === is.low && was.high === is.high) return 'same'
  if (is.low <= was.low && is.high >= was.high) return 'wider'
  return is.low >= was.low && is.high <= was.high ? 'narrower' : 'other'
}
