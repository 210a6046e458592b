import type { Literal } from '../compile/needed.ts'
import { imagesOf, isPartOf, valueKey, valuePasses } from './contradiction.ts'
import { impliesCount, isOfCount } from './count-range.ts'
import { hasExceptions, isNegative, rootOf, testOf } from './literal.ts'
import { isNarrower } from './range.ts'

/** More values than this are not tried out. */
const maxValues = 200

/**
 * Whether every call that passes one test passes another, as far as that is known.
 *
 * May miss some, but never claims it wrongly.
 */
export function implies(known: Literal, other: Literal): boolean {
  if (isOfCount(known) || isOfCount(other)) return impliesCount(known, other)
  const { leaf } = known.judged
  if (leaf.presence !== undefined || leaf.slot === 'time') return false
  if (other.judged.leaf.presence !== undefined) return isPresence(other) && isOfPart(known, other)
  const values = valuesOf(known)
  if (values !== undefined) {
    for (const value of values) if (!passesAll(known, value, other)) return false
    return true
  }
  if (valueKey(known) !== valueKey(other)) return false
  const texts = textsOf(known)
  return texts === undefined
    ? isNarrower(known, other)
    : isKept(known, other) && texts.every(text => valuePasses(other, withMore(text, known)))
}

function isPresence({ judged: { leaf }, wanted }: Literal): boolean {
  return (leaf.presence === 'present') === wanted
}

/** A value that passes a test is present, and so is the field that it is a part of. */
function isOfPart(known: Literal, other: Literal): boolean {
  // Mentions are a part of a text by their name, and made of another field.
  return rootOf(known) === rootOf(other) && isPartOf(testOf(known)?.field.text, testOf(other)?.field.text)
}

/** The only values that pass. */
function valuesOf(literal: Literal): ReadonlySet<unknown> | undefined {
  const { needs } = literal.judged.leaf
  if (needs?.kind !== 'equals' || isNegative(literal) || needs.values.size > maxValues) return undefined
  return needs.values
}

function passesAll(known: Literal, value: unknown, other: Literal): boolean {
  if (valueKey(known) === valueKey(other)) return valuePasses(other, value)
  const [from, to] = [known.judged.leaf.slot, other.judged.leaf.slot]
  if (from === 'time' || to === 'time' || rootOf(known) !== rootOf(other)) return false
  return imagesOf(value, from, to)?.every(image => valuePasses(other, image)) === true
}

/** Texts in the same place, one of which every passing value contains. */
function textsOf(literal: Literal): readonly string[] | undefined {
  const { needs } = literal.judged.leaf
  if (isNegative(literal) || needs === undefined || (needs.kind !== 'contains' && needs.kind !== 'starts'))
    return undefined
  return needs.texts.length > maxValues ? undefined : needs.texts
}

/** The text as it may continue: `starts with: "Dr "` is passed by Dr alone, but not by Drake. */
function withMore(text: string, known: Literal): string {
  switch (testOf(known)?.word) {
    case 'starts with':
    case 'starts with any':
      return `${text}\u0000`
    case 'ends with':
    case 'ends with any':
      return `\u0000${text}`
    default:
      return text
  }
}

/** Whether a text that passes the other test still does with more text around it, as the first test allows. */
function isKept(known: Literal, other: Literal): boolean {
  const [word, wanted] = [testOf(known)?.word, testOf(other)?.word]
  if (isNegative(other) || hasExceptions(other)) return false
  if (wanted === 'contains' || wanted === 'contains any') return true
  const edge = edgeOf(word)
  return edge !== undefined && edge === edgeOf(wanted)
}

/** Where a word looks for texts, if that is an end of the value. */
function edgeOf(word: string | undefined): string | undefined {
  return /^(?:starts|ends) with/.exec(word ?? '')?.[0]
}
