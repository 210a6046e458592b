import { fold, foldWhole } from '../text/fold.ts'
import { trimBlanks } from '../text/spaces.ts'
import type { Compared, Predicate } from './compared.ts'

import type { Form } from './view.ts'

/** `contains`: both sides are folded, unless compared exactly. A value of another type fails. */
export function contains(written: string, compare: 'folded' | 'exact'): Compared {
  const { form, text } = asLookedFor(written, compare)
  return onText({ form, kind: 'contains', needed: text }, value => value.includes(text))
}

/**
 * `starts with`: for folded texts, spaces at the ends of the value are ignored, as in `is`.
 *
 * A space inside the value counts: `starts with: "Dr "` does not match Drake, but matches a bare "Dr". So does a single
 * space.
 */
export function startsWith(written: string, compare: 'folded' | 'exact'): Compared {
  const needed = foldWhole(written)
  if (compare === 'exact' || needed === '') return asWritten('starts', written, compare)
  const text = fold(written).endsWith(' ') ? `${needed} ` : needed
  return onText({ form: 'folded', kind: 'starts', needed }, value => `${trimBlanks(value)} `.startsWith(text))
}

/** `ends with`: like `startsWith`, from the other end. */
export function endsWith(written: string, compare: 'folded' | 'exact'): Compared {
  const needed = foldWhole(written)
  if (compare === 'exact' || needed === '') return asWritten('contains', written, compare)
  const text = fold(written).startsWith(' ') ? ` ${needed}` : needed
  return onText({ form: 'folded', kind: 'contains', needed }, value => ` ${trimBlanks(value)}`.endsWith(text))
}

/** A start (`starts`) or an end (`contains`), including spaces. */
function asWritten(kind: Sought['kind'], written: string, compare: 'folded' | 'exact'): Compared {
  const { form, text } = asLookedFor(written, compare)
  const passes = (value: string) => (kind === 'starts' ? value.startsWith(text) : value.endsWith(text))
  return onText({ form, kind, needed: text }, passes)
}

function asLookedFor(written: string, compare: 'folded' | 'exact'): { form: Form; text: string } {
  return compare === 'folded' ? { form: 'folded', text: fold(written) } : { form: 'plain', text: written }
}

/** The form that is tested, and the text at the start of (apart from spaces), or in, each value that passes. */
type Sought = { form: Form; kind: 'starts' | 'contains'; needed: string }

function onText({ form, kind, needed }: Sought, passes: (text: string) => boolean): Compared {
  const predicate: Predicate = value => typeof value === 'string' && passes(value)
  // A text that folds to nothing is in every text, so nothing is needed.
  return { form, predicate, isPositive: true, ...(needed !== '' && { needs: { kind, texts: [needed] } }) }
}
