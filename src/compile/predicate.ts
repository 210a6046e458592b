import type { Operand, Scalar, Test } from '../language/condition.ts'
import type { Pattern } from '../language/pattern.ts'
import { hasWord } from '../text/find-words.ts'
import { fold, foldWhole } from '../text/fold.ts'
import type { ManySearch } from '../text/many-words.ts'
import { isBlank } from '../text/spaces.ts'
import { Substrings } from '../text/substrings.ts'
import { onceFor } from './once-for.ts'
import { type Form, parseJson } from './slot.ts'
import { wordList } from './word-list.ts'

/** Whether a value passes a test. It is given values that are there, never null. */
export type Predicate = (value: unknown) => boolean

/**
 * What a test looks at and how it judges it.
 *
 * `isPositive` is false for words that say no, as in `is not`: the predicate is then that of the word without it.
 * `needs` is what a value must have to pass the predicate, where an index can tell; other values never pass it.
 */
export type Compared = { form: Form; predicate: Predicate; isPositive: boolean; needs?: Needs }

/**
 * Be one of some values; be one of some hosts or under one; begin with, or have in it, one of some texts; have one of
 * some words; match.
 */
export type Needs =
  | { kind: 'equals' | 'hosts'; values: ReadonlySet<unknown> }
  | { kind: 'starts' | 'contains'; texts: readonly string[] }
  | { kind: 'words'; texts: readonly string[]; search: ManySearch }
  | { kind: 'matches'; pattern: Pattern }

/**
 * The meaning of one test word, said once: the evaluator and json-rules-engine's operators both use it.
 *
 * Pure; everything that can be worked out before the first call is.
 */
export function compareBy(test: Test): Compared {
  const { word, operand } = test
  switch (word) {
    case 'is':
    case 'is not':
      return { ...isOneOf(test, [valueIn(operand)]), isPositive: word === 'is' }
    case 'one of':
    case 'in list':
      return isOneOf(test, valuesIn(operand))
    case 'not one of':
    case 'not in list':
      return { ...isOneOf(test, valuesIn(operand)), isPositive: false }
    case 'contains':
      return onText(test, 'contains', text => value => value.includes(text))
    case 'contains any':
      return containsAny(test)
    case 'starts with':
      return onText(test, 'starts', text => value => value.startsWith(text))
    case 'ends with':
      return onText(test, 'contains', text => value => value.endsWith(text))
    case 'matches':
      return matches(operand)
    case 'longer than':
      return onNumber(lengthForm(test), operand, (length, limit) => length > limit)
    case 'shorter than':
      return onNumber(lengthForm(test), operand, (length, limit) => length < limit)
    case 'at least':
      return onNumber('plain', operand, (value, limit) => value >= limit)
    case 'at most':
      return onNumber('plain', operand, (value, limit) => value <= limit)
    case 'more than':
      return onNumber('plain', operand, (value, limit) => value > limit)
    case 'less than':
      return onNumber('plain', operand, (value, limit) => value < limit)
    case 'between':
      return between(operand)
    case 'is blank':
      return plain(value => typeof value === 'string' && isBlank(value))
    case 'is a url':
      return plain(value => typeof value === 'string' && URL.canParse(value))
    case 'is json':
      return plain(value => parseJson(value) !== undefined)
    case 'hosted on':
      return hostedOn(operand)
    case 'has item':
      return hasItem(operand)
    case 'has no item':
      return { ...hasItem(operand), isPositive: false }
    case 'has word':
      return hasOneOf([valueIn(operand) as string], { by: isFolded(test) ? 'folded' : 'exact', at: 'word' })
    case 'has word in':
      return hasOneOf(valuesIn(operand) as string[], { by: isFolded(test) ? 'folded' : 'exact', at: 'word' })
    case 'looks like':
      return hasOneOf([valueIn(operand) as string], { by: 'alike', at: 'whole' })
    case 'looks like a word in':
      return hasOneOf(valuesIn(operand) as string[], { by: 'alike', at: 'word' })
    case 'present':
    case 'absent':
      // Both are about whether there is a value at all, which the evaluator asks before it asks this.
      return plain(() => word === 'present')
    case 'not':
    case 'exactly':
    case 'any item':
    case 'every item':
    case 'how many':
      throw new UnrunnableWord(word)
  }
}

/** Thrown for a word that no checked condition has: groups are conditions of their own, and not every word runs yet. */
export class UnrunnableWord extends Error {
  override name = 'UnrunnableWord'

  constructor(word: string) {
    super(`"${word}" cannot be run as a test`)
  }
}

function isOneOf(test: Test, values: readonly Scalar[]): Compared {
  const folds = isFolded(test)
  const wanted = onceFor(values, folds ? 'folded' : 'exact', () => setOf(values, folds))
  return {
    form: folds ? 'folded whole' : 'plain',
    predicate: value => wanted.has(value as Scalar),
    isPositive: true,
    needs: { kind: 'equals', values: wanted },
  }
}

function setOf(values: readonly Scalar[], folds: boolean): ReadonlySet<Scalar> {
  return new Set(folds ? values.map(value => (typeof value === 'string' ? foldWhole(value) : value)) : values)
}

/** Words on texts: both sides folded, unless the test is exact. A value of another type fails. */
function onText(test: Test, kind: 'starts' | 'contains', make: (text: string) => (value: string) => boolean): Compared {
  const written = valueIn(test.operand) as string
  const folds = isFolded(test)
  const text = folds ? fold(written) : written
  const passes = make(text)
  return {
    form: folds ? 'folded' : 'plain',
    predicate: value => typeof value === 'string' && passes(value),
    isPositive: true,
    ...needsOneOf(kind, [text]),
  }
}

function containsAny(test: Test): Compared {
  const folds = isFolded(test)
  const values = valuesIn(test.operand) as readonly string[]
  const { texts, isIn } = onceFor(values, folds ? 'folded anywhere' : 'exact anywhere', () => anyOf(values, folds))
  return {
    form: folds ? 'folded' : 'plain',
    predicate: value => typeof value === 'string' && isIn(value),
    isPositive: true,
    ...needsOneOf('contains', texts),
  }
}

type AnyOf = { texts: readonly string[]; isIn: (text: string) => boolean }

function anyOf(values: readonly string[], folds: boolean): AnyOf {
  const texts = [...new Set(folds ? values.map(fold) : values)]
  const index = new Substrings()
  // What folds to nothing is in every text.
  const isAlways = texts.includes('')
  for (const text of texts) if (text !== '') index.add(text)
  return { texts, isIn: text => isAlways || index.isIn(text) }
}

/**
 * Of so many texts an index over all rules keeps each. A longer list has an index of its own, which is asked only a
 * little more often and would double its memory here.
 */
const mostNeeded = 1000

/** What folds to nothing is in every text, and nothing is needed then. */
function needsOneOf(kind: 'starts' | 'contains', texts: readonly string[]): { needs?: Needs } {
  return texts.length > mostNeeded || texts.includes('') ? {} : { needs: { kind, texts } }
}

/** Words looked for with their boundaries, or by their looks: the index reads the value itself, unfolded. */
function hasOneOf(texts: readonly string[], search: ManySearch): Compared {
  const has = onceFor(texts, `${search.by} ${search.at}`, () => remembered(finderOf(texts, search)))
  return {
    ...plain(value => typeof value === 'string' && has(value)),
    ...(texts.length <= mostNeeded && { needs: { kind: 'words', texts, search } }),
  }
}

function finderOf(texts: readonly string[], search: ManySearch): (text: string) => boolean {
  const index = wordList(texts, search)
  return text => hasWord(index, text)
}

/** A test that knows its last answer: rules with the same list ask the same, and so do the sieve and the engine. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  let last = ''
  let answer = test(last)
  return text => {
    // A long text is not kept alive for this.
    if (text.length > longestKept) return test(text)
    if (text !== last) {
      answer = test(text)
      last = text
    }
    return answer
  }
}

const longestKept = 1000

function matches(operand: Operand): Compared {
  const { pattern } = take(operand, 'pattern')
  return { ...plain(value => typeof value === 'string' && pattern.test(value)), needs: { kind: 'matches', pattern } }
}

function onNumber(form: Form, operand: Operand, passes: (value: number, limit: number) => boolean): Compared {
  const limit = take(operand, 'number').value
  return { form, predicate: value => typeof value === 'number' && passes(value, limit), isPositive: true }
}

function between(operand: Operand): Compared {
  const { low, high } = take(operand, 'range')
  return plain(value => typeof value === 'number' && value >= low && value <= high)
}

/** A host passes when it, or a domain that it is under, is one of the hosts. Addresses have nothing under them. */
function hostedOn(operand: Operand): Compared {
  const written = take(operand, 'hosts').hosts
  const hosts = onceFor(written, 'hosts', () => new Set(written))
  const predicate: Predicate = value => typeof value === 'string' && domainsOf(value).some(domain => hosts.has(domain))
  return { form: 'host', predicate, isPositive: true, needs: { kind: 'hosts', values: hosts } }
}

/** A host, and the domains that it is under. One that is too long for any name is under none. Pure. */
export function domainsOf(host: string): string[] {
  const domains = [host]
  if (host.length > longestHost) return domains
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) domains.push(host.slice(dot + 1))
  return domains
}

/** RFC 1035, 2.3.4, without the dot at the end. The URL parser takes longer ones, and each domain costs its length. */
const longestHost = 253

function hasItem(operand: Operand): Compared {
  const item = valueIn(operand)
  return plain(value => Array.isArray(value) && value.includes(item))
}

function plain(predicate: Predicate): Compared {
  return { form: 'plain', predicate, isPositive: true }
}

/** Only texts are folded; ids, urls and JSON are compared letter by letter. */
function isFolded({ field, isExact }: Test): boolean {
  return field.kind === 'text' && !isExact
}

function lengthForm({ field }: Test): Form {
  return field.kind === 'text' ? 'graphemes' : 'code points'
}

function valueIn(operand: Operand): Scalar {
  return take(operand, 'value').value
}

function valuesIn(operand: Operand): readonly Scalar[] {
  return take(operand, 'values').values
}

/** The operand as the kind that its word takes: the reader of rules has seen to that. */
function take<K extends Operand['kind']>(operand: Operand, kind: K): Extract<Operand, { kind: K }> {
  if (operand.kind === kind) return operand as Extract<Operand, { kind: K }>
  throw new TypeError(`A test word was read with ${operand.kind} in the place of ${kind}`)
}
