import type { Range } from '../sources.ts'

/** Digits that stand in a row, with what stands between their groups: `seps[i]` is behind group `i`. */
export type Chain = { groups: readonly Group[]; seps: readonly string[] }

export type Group = Range & { digits: string }

/** Some groups of a chain, from one to another, both included. */
export type Window = { first: number; last: number }

/** The chains of digits in a text, in order. Pure, linear. */
export function* chainsIn(text: string): Generator<Chain> {
  let groups: Group[] = []
  let seps: string[] = []
  let end = -1
  for (const { 0: digits, index } of text.matchAll(/[0-9]+/g)) {
    const sep = end === -1 || index - end > longestSep ? undefined : text.slice(end, index)
    if (sep !== undefined && separator.test(sep)) seps.push(sep)
    else {
      if (groups.length > 0) yield { groups, seps }
      groups = []
      seps = []
    }
    end = index + digits.length
    groups.push({ start: index, end, digits })
  }
  if (groups.length > 0) yield { groups, seps }
}

/** In UTF-16 code units. */
const longestSep = 3
const separator = /^[ \-._·•*~/|—–−()[\],]+$/

/**
 * The parts of a chain that are one number, if they are any: groups between which the same stands all through, and
 * beside which something else does. Brackets are like any. A group by itself is one where spaces are beside it.
 */
export function* windowsOf({ groups, seps }: Chain): Generator<Window> {
  let first = 0
  for (let at = 0; at < groups.length; at++) {
    if (isLoose(seps[at - 1]) && isLoose(seps[at])) yield { first: at, last: at }
  }
  while (first < groups.length - 1) {
    let sep: string | undefined
    let last = first
    while (last < groups.length - 1 && isSame(sep, seps[last] as string)) {
      if (!hasBracket(seps[last] as string)) sep = seps[last]
      last++
    }
    yield { first, last }
    first = last
  }
}

/** How many digits a chain has. Pure. */
export function countDigits({ groups }: Chain): number {
  let count = 0
  for (const { digits } of groups) count += digits.length
  return count
}

/** All groups of some are one number. Pure. */
export function digitsOf({ groups }: Chain, { first, last }: Window): string {
  let digits = ''
  for (let at = first; at <= last; at++) digits += (groups[at] as Group).digits
  return digits
}

/** How many digits each group has, as in `3-4-4`. Pure. */
export function sizesOf({ groups }: Chain, { first, last }: Window): string {
  return groups
    .slice(first, last + 1)
    .map(({ digits }) => digits.length)
    .join('-')
}

/** Where a window is in its text. Pure. */
export function rangeOf({ groups }: Chain, { first, last }: Window): Range {
  return { start: (groups[first] as Group).start, end: (groups[last] as Group).end }
}

/** What does not make one number of two: the end, a space, a comma. */
export function isLoose(sep: string | undefined): boolean {
  return sep === undefined || /[ ,|()[\]]/.test(sep)
}

function isSame(known: string | undefined, sep: string): boolean {
  return known === undefined || known === sep || hasBracket(sep)
}

function hasBracket(sep: string): boolean {
  return /[()]/.test(sep)
}
