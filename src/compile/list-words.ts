import { compareOf } from '../language/compare.ts'
import type { Operand, Scalar, Test } from '../language/condition.ts'
import { asShown } from '../text/as-shown.ts'
import { fold } from '../text/fold.ts'
import { explainAlike, type ReadAs } from '../text/lookalike/explain.ts'
import { longestShort } from '../text/memo.ts'
import { findSound, type SoundIndex } from '../text/sounds/sound-index.ts'
import { uncovered } from '../text/words/exceptions.ts'
import { findExcepted, findWord, hasWord, type WordMatch } from '../text/words/find-words.ts'
import type { ManySearch } from '../text/words/many-words.ts'
import { trieHits } from '../text/words/trie-search.ts'
import { starsOf, type WordIndex } from '../text/words/word-index.ts'
import { atOnce, type Steps } from '../yaml/steps.ts'
import type { Compared, Finding } from './compared.ts'
import { edgesBy } from './edge-words.ts'
import { mostNeeded, ready, soundsBy, valuesBy, type Way, wordsBy } from './list-lookup.ts'
import { memo, memoInSteps } from './memo.ts'
import type { ValueList } from './value-list.ts'
import { eachWordBy } from './word-sets.ts'

/** How a test looks up values in its list; undefined for words that take no list. */
export function wayOf(test: Test): Way<unknown> | undefined {
  switch (test.word) {
    case 'in list':
    case 'not in list':
      return valuesBy(compareOf(test), exceptIn(test))
    case 'contains any':
      return wordsBy({ by: compareOf(test), at: 'anywhere' }, exceptIn(test))
    case 'has word in':
    case 'only words in':
      return wordsBy({ by: compareOf(test), at: 'word' }, exceptIn(test))
    case 'has all words in':
      return eachWordBy({ by: compareOf(test), at: 'word' }, exceptIn(test))
    case 'starts with any':
      return edgesBy({ at: 'start', compare: compareOf(test) })
    case 'ends with any':
      return edgesBy({ at: 'end', compare: compareOf(test) })
    case 'looks like a word in':
      return wordsBy({ by: 'alike', at: 'word' }, exceptIn(test))
    case 'sounds like a word in':
      return soundsBy
    default:
      return undefined
  }
}

function exceptIn({ operand }: Test): readonly Scalar[] | undefined {
  return operand.kind === 'values' ? operand.except : undefined
}

/** How steps on words look up in their list. */
export function maskedBy({ except }: Operand & { kind: 'values' }): Way<WordIndex> {
  return wordsBy({ by: 'folded', at: 'word' }, except)
}

/** A value passes when it is an entry, or begins with one that ends in `*`. */
export function inList(test: Test, entries: readonly Scalar[]): Compared {
  const compare = compareOf(test)
  const list = ready(entries, valuesBy(compare, exceptIn(test)))
  return {
    form: compare === 'folded' ? 'folded whole' : 'plain',
    predicate: list.has,
    isPositive: true,
    find: value => numbered(list.find(value)) ?? exceptedIn(list, value, entries, compare),
    ...(list.values && { needs: { kind: 'equals', values: list.values } }),
  }
}

/** The entry that a value would be, and the exception that it is. */
function exceptedIn(
  { except }: ValueList,
  value: unknown,
  entries: readonly Scalar[],
  compare: 'exact' | 'folded',
): Finding | undefined {
  const number = except?.find(value) === undefined ? undefined : ready(entries, valuesBy(compare)).find(value)
  const by = except?.find(value)
  return number === undefined || by === undefined ? undefined : { number, by: { number: by } }
}

/** A text passes if it contains an entry. The index is folded like the text. */
export function containsAny(test: Test, texts: readonly string[]): Compared {
  const by = compareOf(test)
  const index = ready(texts, wordsBy({ by, at: 'anywhere' }, exceptIn(test)))
  const needed = () => new Set(texts.map(text => (by === 'folded' ? fold(starsOf(text).stem) : starsOf(text).stem)))
  return {
    form: by === 'folded' ? 'folded' : 'plain',
    predicate: value => typeof value === 'string' && isAnywhere(index, value),
    isPositive: true,
    find: (_, written) => matchIn(index, written),
    ...(texts.length <= mostNeeded && { needs: { kind: 'contains', texts: [...needed()] } }),
  }
}

/** True when an entry is in a text that was folded as the index is, but within no exception. */
function isAnywhere({ trie, except }: WordIndex, text: string): boolean {
  if (except === undefined) return trieHits(trie, text, 'anywhere', 1).length > 0
  const [hits, exceptions] = [trie, except.words.trie].map(each =>
    trieHits(each, text, 'anywhere', Number.POSITIVE_INFINITY),
  )
  return uncovered(hits ?? [], exceptions ?? []).length > 0
}

/** Words looked for with their boundaries, or by their looks: the index reads the value itself, unfolded. */
export function hasOneOf(texts: readonly string[], search: ManySearch, except?: readonly Scalar[]): Compared {
  const way = wordsBy(search, except)
  const index = ready(texts, way)
  const has = memo(texts, `has ${way.name}`, () =>
    remembered(text => {
      const shown = asShown(text)
      return hasWord(index, text) || (shown !== text && hasWord(index, shown))
    }),
  )
  return {
    form: 'plain',
    predicate: value => typeof value === 'string' && has(value),
    isPositive: true,
    find: (_, written) => matchIn(index, written) ?? matchShown(index, written),
    ...(texts.length <= mostNeeded && { needs: { kind: 'words', texts, search } }),
  }
}

/** Words of Chinese by their sound. Honest words have it, too, so that no index over all rules is worth its room. */
export function soundsLikeOneOf(texts: readonly string[]): Compared {
  const index = ready(texts, soundsBy)
  const has = memo(texts, 'has sound', () => remembered(text => findSound(index, text) !== undefined))
  return {
    form: 'plain',
    predicate: value => typeof value === 'string' && has(value),
    isPositive: true,
    find: (_, written) => soundIn(index, written),
  }
}

function soundIn(index: SoundIndex, text: unknown): Finding | undefined {
  const match = typeof text === 'string' ? findSound(index, text) : undefined
  if (match === undefined) return undefined
  const { read, ...where } = match
  return { ...where, read: read.map(each => ({ ...each, codePoint: codePointsOf(each.from) })) }
}

function codePointsOf(text: string): string {
  const hex = (char: string) => (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
  return Array.from(text, char => `U+${hex(char)}`).join(' ')
}

/** A test that knows its last answer: rules with the same list ask the same, and so do the sieve and the engine. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  let last: string | number = ''
  let answer = test('')
  return text => {
    const asked = text.length > longestShort ? numberOf(text) : text
    if (asked !== last) {
      answer = test(text)
      last = asked
    }
    return answer
  }
}

/** A long text is kept alive once, not by each list that has searched it: a number identifies it. */
let lastLong = { text: '', number: 0 }

function numberOf(text: string): number {
  if (text !== lastLong.text) lastLong = { text, number: lastLong.number + 1 }
  return lastLong.number
}

/** A host passes when it, or a domain that it is under, is one of the hosts. Addresses have nothing under them. */
export function hostedOn({ hosts: written, except = [] }: Extract<Operand, { kind: 'hosts' }>): Compared {
  const [hosts, exceptions] = [written, except].map(each => atOnce(hostsInSteps(each))) as [Set<string>, Set<string>]
  const domainOn = (host: unknown, among: ReadonlySet<string>) =>
    typeof host === 'string' && among.size > 0 ? domainsOf(host).find(domain => among.has(domain)) : undefined
  const found = (host: unknown): Finding | undefined => {
    const domain = domainOn(host, hosts)
    const by = domain === undefined ? undefined : domainOn(host, exceptions)
    if (domain === undefined) return undefined
    const isCovered = by !== undefined && by.length >= domain.length
    return { number: written.indexOf(domain), ...(isCovered && { by: { number: except.indexOf(by) } }) }
  }
  return {
    form: 'host',
    predicate: host => {
      const domain = domainOn(host, hosts)
      return domain !== undefined && (domainOn(host, exceptions)?.length ?? 0) < domain.length
    },
    isPositive: true,
    find: found,
    needs: { kind: 'hosts', values: hosts },
  }
}

/** Indexes hosts, once per list. Pauses after each few thousand. */
export function hostsInSteps(written: readonly string[]): Steps<ReadonlySet<string>> {
  return memoInSteps(written, 'hosts', function* () {
    const hosts = new Set<string>()
    for (const [at, host] of written.entries()) {
      hosts.add(host)
      if (at % 2000 === 1999) yield
    }
    return hosts
  })
}

/** A host and its parent domains. One that is too long for any name has none. */
export function domainsOf(host: string): string[] {
  const domains = [host]
  if (host.length > longestHost) return domains
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) domains.push(host.slice(dot + 1))
  return domains
}

/**
 * RFC 1035, 2.3.4, without the final dot. The URL parser accepts longer hosts, and each parent domain costs its length.
 */
const longestHost = 253

function numbered(number: number | undefined): Finding | undefined {
  return number === undefined ? undefined : { number }
}

/** What is found in a text as Markdown and HTML show it: nowhere in it as it was typed. */
function matchShown(index: WordIndex, text: unknown): Finding | undefined {
  const shown = typeof text === 'string' ? asShown(text) : undefined
  const match = shown === undefined ? undefined : matchIn(index, shown)
  return match && numbered(match.number)
}

function matchIn(index: WordIndex, text: unknown): Finding | undefined {
  if (typeof text !== 'string') return undefined
  const match = index.search.by === 'alike' ? explainAlike(index, text) : findWord(index, text)
  if (match !== undefined) return findingOf(match)
  const excepted = findExcepted(index, text)
  return excepted && { ...findingOf(excepted), by: findingOf(excepted.by) }
}

function findingOf({ entry, start, end, ...more }: WordMatch & { read?: readonly ReadAs[] }): Finding {
  return { number: entry.line - 1, start, end, ...(more.read && { read: more.read }) }
}
