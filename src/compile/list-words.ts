import { compareOf } from '../language/compare.ts'
import type { Operand, Scalar, Test } from '../language/condition.ts'
import { asShown } from '../text/as-shown.ts'
import { fold } from '../text/fold.ts'
import { explainAlike } from '../text/lookalike/explain.ts'
import { longestShort } from '../text/memo.ts'
import { findSound, type SoundIndex } from '../text/sounds/sound-index.ts'
import { findWord, hasWord } from '../text/words/find-words.ts'
import type { ManySearch } from '../text/words/many-words.ts'
import { trieHits } from '../text/words/trie-search.ts'
import { stemOf, type WordIndex } from '../text/words/word-index.ts'
import { atOnce, type Steps } from '../yaml/steps.ts'
import type { Compared, Finding } from './compared.ts'
import { ready, soundsBy, valuesBy, type Way, wordsBy } from './list-lookup.ts'
import { memo, memoInSteps } from './memo.ts'

/** How a test looks up values in its list; undefined for words that take no list. */
export function wayOf(test: Test): Way<unknown> | undefined {
  switch (test.word) {
    case 'in list':
    case 'not in list':
      return valuesBy(compareOf(test))
    case 'contains any':
      return wordsBy({ by: compareOf(test), at: 'anywhere' })
    case 'has word in':
      return wordsBy({ by: compareOf(test), at: 'word' })
    case 'looks like a word in':
      return wordsBy({ by: 'alike', at: 'word' })
    case 'sounds like a word in':
      return soundsBy
    default:
      return undefined
  }
}

/** How the step `mask words in` looks up in its list. */
export const maskedBy = wordsBy({ by: 'folded', at: 'word' })

/**
 * An index over all rules keeps this many texts of each. A longer list has its own index, which is queried only
 * slightly more often and would double its memory here.
 */
export const mostNeeded = 1000

/** A value passes when it is an entry, or begins with one that ends in `*`. */
export function inList(test: Test, entries: readonly Scalar[]): Compared {
  const compare = compareOf(test)
  const list = ready(entries, valuesBy(compare))
  return {
    form: compare === 'folded' ? 'folded whole' : 'plain',
    predicate: list.has,
    isPositive: true,
    find: value => numbered(list.find(value)),
    ...(list.values && { needs: { kind: 'equals', values: list.values } }),
  }
}

/** A text passes if it contains an entry. The index is folded like the text. */
export function containsAny(test: Test, texts: readonly string[]): Compared {
  const by = compareOf(test)
  const index = ready(texts, wordsBy({ by, at: 'anywhere' }))
  const needed = () => new Set(texts.map(text => (by === 'folded' ? fold(stemOf(text).stem) : stemOf(text).stem)))
  return {
    form: by === 'folded' ? 'folded' : 'plain',
    predicate: value => typeof value === 'string' && trieHits(index.trie, value, 'anywhere', 1).length > 0,
    isPositive: true,
    find: (_, written) => matchIn(index, written),
    ...(texts.length <= mostNeeded && { needs: { kind: 'contains', texts: [...needed()] } }),
  }
}

/** Whole-word or look-alike search: the index reads the unfolded value itself. */
export function hasOneOf(texts: readonly string[], search: ManySearch): Compared {
  const index = ready(texts, wordsBy(search))
  const has = memo(texts, `has ${search.by} ${search.at}`, () =>
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

/** A host passes if it, or a parent domain, is one of the hosts. Addresses have no subdomains. */
export function hostedOn({ hosts: written }: Extract<Operand, { kind: 'hosts' }>): Compared {
  const hosts = atOnce(hostsInSteps(written))
  const domainOn = (host: unknown) =>
    typeof host === 'string' ? domainsOf(host).find(domain => hosts.has(domain)) : undefined
  return {
    form: 'host',
    predicate: host => domainOn(host) !== undefined,
    isPositive: true,
    find: host => numbered(indexOf(written, domainOn(host))),
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

function indexOf(hosts: readonly string[], host: string | undefined): number | undefined {
  return host === undefined ? undefined : hosts.indexOf(host)
}

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
  if (match === undefined) return undefined
  const { entry, ...where } = match
  return { number: entry.line - 1, ...where }
}
