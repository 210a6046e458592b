import { type Look, lookOf } from './look.ts'

/** A character that can be seen, and where it is in its text. */
export type Seen = { look: Look; char: string; start: number }

/**
 * The characters of a text that can be seen: a repeated mark once, and of a run of gaps one. Pure, linear.
 *
 * The text is composed first, so that the order in which marks were typed does not count; `start` is a place in the
 * composed text.
 */
export function see(text: string): Seen[] {
  const composed = text.normalize('NFC')
  const seen: Seen[] = []
  for (let start = 0; start < composed.length; ) {
    const point = composed.codePointAt(start) as number
    const char = String.fromCodePoint(point)
    const look = lookOf(point)
    const last = seen.at(-1)
    if (last !== undefined && isGap(last.look) && isGap(look)) {
      if (look.kind === 'space') last.look = look
    } else if (look.kind !== 'nothing' && !(look.kind === 'mark' && last?.char === char)) {
      seen.push({ look, char, start })
    }
    start += char.length
  }
  return seen
}

/** The text as it was typed and, where it has a right-to-left override, as it is shown too. Pure, linear. */
export function seeAll(text: string): Seen[][] {
  const typed = see(text)
  return text.includes(override) ? [typed, shown(typed, text.normalize('NFC'))] : [typed]
}

/** True for what only stands between letters. */
export function isGap({ kind }: Look): boolean {
  return kind === 'gap' || kind === 'space'
}

/** What stands behind an override runs backwards, up to the end of its embedding or line. */
function shown(typed: readonly Seen[], composed: string): Seen[] {
  const order: Seen[] = []
  let next = 0
  const take = (end: number) => {
    const from = next
    while (next < typed.length && (typed[next] as Seen).start < end) next++
    return typed.slice(from, next)
  }
  for (const run of composed.matchAll(/(?<=\u202e)[^\u202c\u202e\u2069\p{Zl}\p{Zp}\n]*/gu)) {
    order.push(...take(run.index), ...take(run.index + run[0].length).reverse())
  }
  return [...order, ...take(composed.length)]
}

const override = '\u202e'
