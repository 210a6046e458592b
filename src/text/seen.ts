import { rememberingLong } from './last-long.ts'
import { drawnAt, isGap, type Look, lookOf } from './look.ts'
import { normalForm } from './normal.ts'

/**
 * What can be seen of a text, one place after another: how each looks, and the range of the composed text that it
 * takes up. Accents and invisible characters take no place; a repeated mark has one, and so has a run of gaps.
 */
export type Seen = {
  /** The text in composed form (NFC), so that the order in which marks were typed does not count. */
  text: string
  count: number
  looks: readonly Look[]
  starts: readonly number[]
  ends: readonly number[]
}

/** The text as it is typed. Pure, linear. */
export function see(given: string): Seen {
  const text = normalForm(given, 'NFC')
  const looks = new Array<Look>(text.length)
  const starts = new Array<number>(text.length)
  const ends = new Array<number>(text.length)
  let count = 0
  let last: Look = lookOf(0)
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) as number
    const drawn = drawnAt(text, at, point)
    const look = drawn?.look ?? lookOf(point)
    const end = at + (drawn?.char.length ?? (point > 0xffff ? 2 : 1))
    if (isGap(last) && isGap(look)) {
      if (look.kind === 'space') last = looks[count - 1] = look
    } else if (look.kind !== 'nothing' && (look.kind !== 'mark' || look !== last)) {
      starts[count] = at
      ends[count] = end
      looks[count++] = look
      last = look
    }
    at = end
  }
  looks.length = count
  return { text, count, looks, starts, ends }
}

/** The text as it is typed and, where it has a right-to-left override, as it is shown too. Pure, linear. */
export const seeAll: (text: string) => readonly Seen[] = rememberingLong(text => {
  const typed = see(text)
  return text.includes('\u202e') ? [typed, shown(typed)] : [typed]
})

/** The characters at one place. */
export function charsAt({ text, starts, ends }: Seen, at: number): string {
  return text.slice(starts[at], ends[at])
}

/** What stands behind an override runs backwards, up to the end of its embedding or line. */
function shown(typed: Seen): Seen {
  const order: number[] = []
  let next = 0
  const take = (end: number) => {
    const from = next
    while (next < typed.count && (typed.starts[next] as number) < end) next++
    return Array.from({ length: next - from }, (_, i) => from + i)
  }
  for (const run of typed.text.matchAll(/(?<=\u202e)[^\u202c\u202e\u2069\p{Zl}\p{Zp}\n]*/gu)) {
    for (const at of take(run.index)) order.push(at)
    for (const at of take(run.index + run[0].length).reverse()) order.push(at)
  }
  for (const at of take(typed.text.length)) order.push(at)
  return {
    ...typed,
    looks: order.map(at => typed.looks[at] as Look),
    starts: order.map(at => typed.starts[at] as number),
    ends: order.map(at => typed.ends[at] as number),
  }
}
