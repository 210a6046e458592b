import { compareOf } from '../language/compare.ts'
import type { Operand, Scalar, Test } from '../language/condition.ts'
import type { Pattern } from '../language/pattern.ts'
import { foldWhole } from '../text/fold.ts'
import { isOnlyEmoji } from '../text/shape/emoji.ts'
import { isBlank } from '../text/spaces.ts'
import type { Compared, Predicate } from './compared.ts'
import { hasEdge } from './edge-words.ts'
import { asGist } from './gist-operand.ts'
import { hasKind } from './kind-words.ts'
import { containsAny, hasOneOf, hostedOn, inList, soundsLikeOneOf } from './list-words.ts'
import { memo } from './memo.ts'
import { readUrl } from './read-url.ts'
import { SearchedText } from './searched-text.ts'
import { parseJson } from './slots.ts'
import { contains, endsWith, startsWith } from './text-words.ts'
import type { Form } from './view.ts'
import { hasAllOf, hasOnlyOf } from './word-sets.ts'

/**
 * The meaning of one test word, defined once: the evaluator and json-rules-engine's operators both use it.
 *
 * Pure; everything that can be computed before the first call is.
 */
export function compareBy(written: Test): Compared {
  const test = asGist(written)
  const { word, operand } = test
  switch (word) {
    case 'is':
    case 'is not':
      return { ...isOneOf(test, [valueIn(operand)]), isPositive: word === 'is' }
    case 'one of':
      return isOneOf(test, valuesIn(operand), exceptIn(operand))
    case 'not one of':
      return { ...isOneOf(test, valuesIn(operand), exceptIn(operand)), isPositive: false }
    case 'in list':
      return inList(test, valuesIn(operand))
    case 'not in list':
      return { ...inList(test, valuesIn(operand)), isPositive: false }
    case 'contains':
      return contains(valueIn(operand) as string, compareOf(test))
    case 'contains any':
      return containsAny(test, valuesIn(operand) as string[])
    case 'starts with':
      return startsWith(valueIn(operand) as string, compareOf(test))
    case 'ends with':
      return endsWith(valueIn(operand) as string, compareOf(test))
    case 'starts with any':
      return hasEdge(valuesIn(operand) as string[], { at: 'start', compare: compareOf(test) }, exceptIn(operand))
    case 'ends with any':
      return hasEdge(valuesIn(operand) as string[], { at: 'end', compare: compareOf(test) }, exceptIn(operand))
    case 'matches':
      return matches(test)
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
    case 'only emoji':
      return plain(value => typeof value === 'string' && isOnlyEmoji(value))
    case 'is a url':
      return plain(value => typeof value === 'string' && readUrl(value) !== null)
    case 'is json':
      return plain(value => parseJson(value) !== undefined)
    case 'has phone number':
    case 'has email':
    case 'has card number':
    case 'has ip address':
    case 'has crypto address':
      return hasKind(word, operand)
    case 'hosted on':
      return hostedOn(take(operand, 'hosts'))
    case 'has item':
      return hasItem(operand)
    case 'has no item':
      return { ...hasItem(operand), isPositive: false }
    case 'has word':
      return hasOneOf([valueIn(operand) as string], { by: compareOf(test), at: 'word' })
    case 'has word in':
      return hasOneOf(valuesIn(operand) as string[], { by: compareOf(test), at: 'word' }, exceptIn(operand))
    case 'has all words in':
      return hasAllOf(valuesIn(operand) as string[], { by: compareOf(test), at: 'word' }, exceptIn(operand))
    case 'only words in':
      return hasOnlyOf(valuesIn(operand) as string[], { by: compareOf(test), at: 'word' }, exceptIn(operand))
    case 'looks like':
      return hasOneOf([valueIn(operand) as string], { by: 'alike', at: 'whole' })
    case 'looks like a word in':
      return hasOneOf(valuesIn(operand) as string[], { by: 'alike', at: 'word' }, exceptIn(operand))
    case 'sounds like a word in':
      return soundsLikeOneOf(valuesIn(operand) as string[])
    case 'present':
    case 'absent':
      // Both only ask whether there is a value, which the evaluator checks first.
      return plain(() => word === 'present')
    case 'not':
    case 'exactly':
    case 'any item':
    case 'every item':
    case 'how many':
      throw new UnrunnableWord(word)
  }
}

/** Thrown for a word that is not a comparison: groups, items and counts are built from other conditions. */
export class UnrunnableWord extends Error {
  override name = 'UnrunnableWord'

  constructor(word: string) {
    super(`"${word}" is not a test that can run`)
  }
}

function isOneOf(test: Test, values: readonly Scalar[], except: readonly Scalar[] = []): Compared {
  const folds = compareOf(test) === 'folded'
  const isAny = except.length === 0
  const wanted = memo(values, `${folds ? 'folded' : 'exact'}${isAny ? '' : ' but some'}`, () => {
    const all = setOf(values, folds)
    return isAny ? all : without(all, setOf(except, folds))
  })
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

function without(values: ReadonlySet<Scalar>, except: ReadonlySet<Scalar>): ReadonlySet<Scalar> {
  return new Set([...values].filter(value => !except.has(value)))
}

function matches(test: Test): Compared {
  const { pattern } = take(test.operand, 'pattern')
  return {
    form: compareOf(test) === 'folded' ? 'searched' : 'searched as received',
    predicate: value => isFoundIn(value, pattern),
    isPositive: true,
    needs: { kind: 'matches', pattern },
    ahead: value => (value instanceof SearchedText ? value.lookFor(pattern) : nothing),
    find: value => (value instanceof SearchedText ? value.match(pattern) : undefined),
  }
}

/** Warnings ask about texts that belong to no call. */
function isFoundIn(value: unknown, pattern: Pattern): boolean {
  if (value instanceof SearchedText) return value.has(pattern)
  return typeof value === 'string' && new SearchedText(value).has(pattern)
}

const nothing: readonly undefined[] = []

function onNumber(form: Form, operand: Operand, passes: (value: number, limit: number) => boolean): Compared {
  const limit = take(operand, 'number').value
  return { form, predicate: value => typeof value === 'number' && passes(value, limit), isPositive: true }
}

function between(operand: Operand): Compared {
  const { low, high } = take(operand, 'range')
  return plain(value => typeof value === 'number' && value >= low && value <= high)
}

/** A value inside JSON may be a list that has the value, or a text that contains it. */
function hasItem(operand: Operand): Compared {
  const item = valueIn(operand)
  const isInText = (value: unknown) => typeof item === 'string' && typeof value === 'string' && value.includes(item)
  return plain(value => (Array.isArray(value) ? value.includes(item) : isInText(value)))
}

function plain(predicate: Predicate): Compared {
  return { form: 'plain', predicate, isPositive: true }
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

function exceptIn(operand: Operand): readonly Scalar[] | undefined {
  return take(operand, 'values').except
}

/** The operand as the kind that its word takes, which the reader of rules has ensured. */
function take<K extends Operand['kind']>(operand: Operand, kind: K): Extract<Operand, { kind: K }> {
  if (operand.kind === kind) return operand as Extract<Operand, { kind: K }>
  throw new TypeError(`Expected an operand of kind ${kind}, got ${operand.kind}`)
}
