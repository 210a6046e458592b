import { englishWords } from '../data/english.ts'
import { topLevelDomains } from '../data/tlds.ts'
import { prototypes } from '../lookalike/skeleton.ts'

/**
 * What the end of a name says by itself: `plain` is hardly anything but a domain; `word` is as often a word of the next
 * sentence or a part of a program; `file` is as often the end of a file's name; `rare` is a word of another script.
 */
export type Ending = 'plain' | 'word' | 'file' | 'rare'

/** What a label, in lower case, is as the end of a domain; undefined where no domain ends so. */
export function endingOf(label: string): Ending | undefined {
  if (reserved.has(label)) return plainWords.has(label) ? 'plain' : 'word'
  if (!tlds().has(label) && !label.startsWith('xn--')) return undefined
  if (fileEndings.has(label)) return 'file'
  if (shortWords.has(label) || programs.has(label)) return 'word'
  if (isOther.test(label) && !countries.has(label)) return 'rare'
  return isEnglish(label) && !plainWords.has(label) ? 'word' : 'plain'
}

/** True for English words of three letters and more that everybody knows, in lower case. */
export function isEnglish(word: string): boolean {
  return english().has(word)
}

/** Endings that addresses in ads have most often and sentences hardly ever, in whatever letters they are typed. */
export const commonEndings: ReadonlySet<string> = new Set([
  'com',
  'cn',
  'org',
  'ru',
  'xyz',
  'top',
  'vip',
  'info',
  'biz',
])

/** Text in Latin letters, where each of its letters looks like one; undefined otherwise, and for what is Latin already. */
export function asLatin(text: string): string | undefined {
  const latin = Array.from(text, char => (char < '\x80' ? char : (prototypes.get(char) ?? char))).join('')
  return latin !== text && /^[a-z\d-]+$/.test(latin) ? latin : undefined
}

/** How Russians write .ru in their own letters, which is no domain. */
export const russianEnding = 'ру'

/** Endings of files that are domains as well. GitHub's linguist, languages.yml; IANA, media types. */
const fileEndings = new Set('am bz cab cc java mk ml mm mov pl pm ps pub py rs sas sh so tf zip md'.split(' '))

/** Domains of two letters that are words in a language of Europe, as stopwords-iso 1.1 has them. */
const shortWords = new Set(
  'ad af al as at be by do er es et ge hu id il im in is it je la li ma me my na ne no om pa sa se si so su to us va vi'.split(
    ' ',
  ),
)

/** Domains that are names in programs and of things one talks about. */
const programs = new Set('ads ai app blog dev email inc int ltd prod tel web'.split(' '))

/** Ends that the domain name system does not have, or not for all. RFC 2606, 6762, 7686. */
const reserved = new Set(['test', 'example', 'invalid', 'local', 'onion'])

/**
 * English words that are domains more than words or parts of programs: net, those of most ads, and those that stand for
 * any domain in a test. Spamhaus, most abused top-level domains; RFC 2606.
 */
export const plainWords: ReadonlySet<string> = new Set(
  'casino club example invalid loan loans net online poker shop site test top website'.split(' '),
)

/** What stands for the owner of a name under the domain of a country. Public suffix list. */
export const secondLevels: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'org'])

/** What stands before `.NET` in names of programs, in whatever letters. Microsoft, .NET documentation. */
export const netPrograms: ReadonlySet<string> = new Set(['asp', 'ado', 'vb', 'ml'])

/** Domains of countries in their own script that are not words in it. */
const countries = new Set('рф рус укр бел срб мкд бг қаз ελ ευ'.split(' '))

const isOther = /[^\x20-\x7e]/

const tlds = once(() => new Set(topLevelDomains.trim().split(/\s+/)))

const english = once(() => {
  const words = new Set<string>()
  let last = ''
  for (const [, shared, rest] of englishWords.replaceAll('\n', '').matchAll(/(\d)([a-z]*)/g)) {
    last = last.slice(0, Number(shared)) + rest
    words.add(last)
  }
  return words
})

/** What is made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
