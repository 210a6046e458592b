import { listNameOf } from '../language/read/list-file.ts'
import { starsOf } from '../text/words/word-index.ts'
import type { Span } from '../yaml/source.ts'
import { brief, inFlow } from './finding.ts'
import { severalIn } from './several-entries.ts'

/** What is odd about an entry, and what to write instead. Entries with the same `what` are of a kind. */
export type Oddity = { what: string; message: string; hint: string }

/** What is written for a reader of another language: YAML, CSV, a pattern; undefined for a plain entry. Pure. */
export function oddityOf(text: string, span: Span): Oddity | undefined {
  if (isPlain.test(text)) return undefined
  const several = severalIn(text)
  if (several !== undefined) {
    const { what, entries } = several
    const isFile = listNameOf(span.file) !== undefined
    const hint = isFile ? 'Write each entry on a line of its own' : `Write [${entries.map(inFlow).join(', ')}]`
    return { what, message: `${what}: ${lookedForAs(text)}`, hint }
  }
  if (!mayBeOdd.test(text)) return undefined
  const known = oddities.find(({ pattern }) => pattern.test(text))
  if (known === undefined) return undefined
  const { what, hint } = known
  return { what, message: `${what}: ${lookedForAs(text)}`, hint }
}

/** Most entries are words, and need no closer look. */
const isPlain = /^(?!\d)[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_ -]*[\p{L}\p{M}\p{N}_])?$/u

/** Most other entries have none of these signs, and it is quicker to look for all of them at once. */
const mayBeOdd = /^[-–•·+/<"'“‘^]|[*,;，；、\\[(]|\.\+/u

/** What an entry is looked for as. Pure. */
export function lookedForAs(text: string): string {
  const { stem, isStem, isInner } = starsOf(text)
  const open = [...(isInner ? ['beginning'] : []), ...(isStem ? ['ending'] : [])]
  const how = open.length > 0 ? `with any ${open.join(' and ')}` : 'as it is written'
  return `${brief(open.length > 0 ? stem : text)} is looked for ${how}`
}

type KnownOddity = { pattern: RegExp; what: string; hint: string }

const oddities: readonly KnownOddity[] = [
  { pattern: /^[-–•·+*] +\S/u, what: 'A list has no dashes or bullets', hint: 'Write the entry alone' },
  {
    pattern: /^(?:\/\/|--|;)\s|^\/\*|^<!--/,
    what: 'A comment in a list begins with #',
    hint: 'Write # before the comment',
  },
  {
    pattern: /^(?:".*"|'.*'|“.*”|‘.*’)$/u,
    what: 'A list needs no quotes',
    hint: 'Write the entry without quotes',
  },
  {
    pattern: /^(?!.*&#?\w+;$).*[^,;，；、\s]\s*[,;，；、]$/u,
    what: 'An entry ends with its line',
    hint: 'Remove the sign at the end',
  },
  {
    pattern: /\.[*+]|\\[dwsb]|\(\?|\[(?:a-z|A-Z|\d-\d)|^\^[\p{L}\p{N}]|\([^()|]+\|[^()]+\)/u,
    what: 'A list has no patterns',
    hint: 'Write the words, or use matches for a pattern',
  },
  {
    pattern: /^\*$/,
    what: 'A star alone stands for nothing',
    hint: 'Write a word before it, or use present to test that there is a value',
  },
  {
    pattern: /[\p{L}\p{N}].*(?<!\\)\*\*$/u,
    what: 'Only the last star stands for any ending',
    hint: 'Write one star, or \\* for a star that is meant',
  },
  {
    pattern: /^(?!.(?:\*.)+$).*[\p{L}\p{N}].*(?<!\\)\*.*[\p{L}\p{N}]/u,
    what: 'A star stands for any beginning or ending only at an end',
    hint: 'Write the beginning with * behind it, or \\* for a star that is meant',
  },
]
