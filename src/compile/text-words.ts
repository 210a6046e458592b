import { fold, foldWhole } from '../text/fold.ts'
import { trimBlanks } from '../text/spaces.ts'
import type { Compared, Predicate } from './compared.ts'

import type { Form } from './view.ts'

/** `contains`: both sides are folded, unless they are compared letter by letter. A value of another type fails. Pure. */
export function contains(written: string, compare: 'folded' | 'exact'): Compared {
  const { form, text } = asLookedFor(written, compare)
  return onText({ form, kind: 'contains', needed: text }, value => value.includes(text))
}

/**
 * `starts with`: where texts are folded, spaces at the ends of the value count as little as for `is`. Pure.
 *
 * A space inside the value counts: `starts with: "Dr "` is no test for Drake, and is one for a bare "Dr". So does one
 * that is looked for by itself.
 */
export function startsWith(written: string, compare: 'folded' | 'exact'): Compared {
  const needed = foldWhole(written)
  if (compare === 'exact' || needed === '') return asWritten('starts', written, compare)
  const text = fold(written).endsWith(' ') ? `${needed} ` : needed
  return onText({ form: 'folded', kind: 'starts', needed }, value => `${trimBlanks(value)} `.startsWith(text))
}

/** `ends with`: as `startsWith`, from the other end. Pure. */
export function endsWith(written: string, compare: 'folded' | 'exact'): Compared {
  const needed = foldWhole(written)
  if (compare === 'exact' || needed === '') return asWritten('contains', written, compare)
  const text = fold(written).startsWith(' ') ? ` ${needed}` : needed
  return onText({ form: 'folded', kind: 'contains', needed }, value => ` ${trimBlanks(value)}`.endsWith(text))
}

/** A beginning (`starts`) or an end (`contains`), spaces and all. */
function asWritten(kind: Sought['kind'], written: string, compare: 'folded' | 'exact'): Compared {
  const { form, text } = asLookedFor(written, compare)
  const passes = (value: string) => (kind === 'starts' ? value.startsWith(text) : value.endsWith(text))
  return onText({ form, kind, needed: text }, passes)
}

function asLookedFor(written: string, compare: 'folded' | 'exact'): { form: Form; text: string } {
  return compare === 'folded' ? { form: 'folded', text: fold(written) } : { form: 'plain', text: written }
}

/** What is looked at, and the text that is at the start of (but for spaces), or in, each value that passes. */
type Sought = { form: Form; kind: 'starts' | 'contains'; needed: string }

function onText({ form, kind, needed }: Sought, passes: (text: string) => boolean): Compared {
  const predicate: Predicate = value => typeof value === 'string' && passes(value)
  // What folds to nothing is in every text, and nothing is needed then.
  return { form, predicate, isPositive: true, ...(needed !== '' && { needs: { kind, texts: [needed] } }) }
}
