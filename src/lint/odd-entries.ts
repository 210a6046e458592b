import { listNameOf } from '../language/read/list-file.ts'
import { starsOf } from '../text/words/word-index.ts'
import type { Span } from '../yaml/source.ts'
import { brief, inFlow } from './finding.ts'
import { severalIn } from './several-entries.ts'

/** What is odd about an entry, and what to write instead. Entries with the same `what` are reported together. */
export type Oddity = { what: string; message: string; hint: string }

/** Recognises entries in the syntax of another language, such as YAML, CSV or patterns; undefined for a plain entry. */
export function oddityOf(text: string, span: Span): Oddity | undefined {
  if (isPlain.test(text)) return undefined
  const several = severalIn(text)
  if (several !== undefined) {
    const { what, entries } = several
    const isFile = listNameOf(span.file) !== undefined
    const hint = isFile ? 'Write each entry on its own line' : `Write [${entries.map(inFlow).join(', ')}]`
    return { what, message: `${what}: ${lookedForAs(text)}`, hint }
  }
  if (!mayBeOdd.test(text)) return undefined
  const known = oddities.find(({ pattern }) => pattern.test(text))
  if (known === undefined) return undefined
  const { what, hint } = known
  return { what, message: `${what}: ${lookedForAs(text)}`, hint }
}

/** Most entries are words, and need no closer check. */
const isPlain = /^(?!\d)[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_ -]*[\p{L}\p{M}\p{N}_])?$/u

/** Most other entries have none of these characters, and one check for all of them is faster. */
const mayBeOdd = /^[-–•·+/<"'“‘^]|[*,;，；、\\[(]|\.\+/u

/** What an entry matches, for a message. */
export function lookedForAs(text: string): string {
  const { stem, isStem, isInner } = starsOf(text)
  const open = [...(isInner ? ['beginning'] : []), ...(isStem ? ['ending'] : [])]
  const how = open.length > 0 ? `with any ${open.join(' and ')}` : 'as written'
  return `this matches ${brief(open.length > 0 ? stem : text)} ${how}`
}

type KnownOddity = { pattern: RegExp; what: string; hint: string }

const oddities: readonly KnownOddity[] = [
  { pattern: /^[-–•·+*] +\S/u, what: 'List entries have no dashes or bullets', hint: 'Write only the entry' },
  {
    pattern: /^(?:\/\/|--|;)\s|^\/\*|^<!--/,
    what: 'A comment in a list starts with #',
    hint: 'Write # before the comment',
  },
  {
    pattern: /^(?:".*"|'.*'|“.*”|‘.*’)$/u,
    what: 'List entries need no quotes',
    hint: 'Write the entry without quotes',
  },
  {
    pattern: /^(?!.*&#?\w+;$).*[^,;，；、\s]\s*[,;，；、]$/u,
    what: 'An entry ends at the end of its line',
    hint: 'Remove the punctuation at the end',
  },
  {
    pattern: /\.[*+]|\\[dwsb]|\(\?|\[(?:a-z|A-Z|\d-\d)|^\^[\p{L}\p{N}]|\([^()|]+\|[^()]+\)/u,
    what: 'List entries are not patterns',
    hint: 'Write the words, or use matches for a pattern',
  },
  {
    pattern: /^\*$/,
    what: 'A star alone has no meaning',
    hint: 'Write a word before it, or use present to match any value',
  },
  {
    pattern: /[\p{L}\p{N}].*(?<!\\)\*\*$/u,
    what: 'Only the last star means any ending',
    hint: 'Write one star, or \\* for a literal star',
  },
  {
    pattern: /^(?!.(?:\*.)+$).*[\p{L}\p{N}].*(?<!\\)\*.*[\p{L}\p{N}]/u,
    what: 'A star means any beginning or ending only at an end',
    hint: 'Write the start with * after it, or \\* for a literal star',
  },
]
