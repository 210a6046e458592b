import { compareOf } from '../language/compare.ts'
import type { List, ListEntry, Test } from '../language/condition.ts'
import type { FieldRewrite } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { Span } from '../yaml/source.ts'
import { entriesOf, placed, type Sources } from './entries-of.ts'
import { brief, type Examined, testsOfRule, warning } from './finding.ts'

/** What a word means now, where it differs from an older language, and what to write for the older meaning. */
type Changed = { now: string; hint: string }

/** The places of a rule whose meaning has changed since language 1, one warning each. */
export function olderMeanings({ rule }: Examined, sources: Sources): Diagnostic[] {
  const { outcome } = rule.rule
  const tests = testsOfRule(rule).flatMap(({ condition }) => {
    const changed = changeOfTest(condition, sources)
    return changed === undefined ? [] : [told(condition.span, `"${condition.word}"`, changed)]
  })
  return [
    ...tests,
    ...(outcome.kind === 'rewrite' ? outcome.fields.flatMap(field => changedSteps(field, sources)) : []),
  ]
}

/** Lists whose entries are read otherwise than in language 1. */
export function olderLists(lists: Iterable<List>): Diagnostic[] {
  return [...lists].flatMap(list => {
    const { name, span, except, replacements } = list
    if (!span.file.startsWith('lists/')) return []
    const [exception] = except?.entries ?? []
    const ofExceptions = exception && told(exception.span, `A line with ! in the list "${name}"`, bang)
    const [pair] = replacements === undefined ? [] : list.entries
    const ofPairs = pair && told(pair.span, `" = " in the list "${name}"`, pairs)
    return [ofExceptions, ofPairs].filter(each => each !== undefined)
  })
}

const bang: Changed = { now: 'is an exception now, and was an entry', hint: 'Write \\! for the sign' }
const pairs: Changed = { now: 'parts an entry from its replacement now', hint: 'Write \\= for the sign' }

function told(span: Span, what: string, { now, hint }: Changed): Diagnostic {
  return warning('older-meaning', span, `${what} ${now}: this folder is written for language 1`, hint)
}

function changeOfTest(test: Test, sources: Sources): Changed | undefined {
  const { word, field, isExact } = test
  if (isExact) return undefined
  const has = (pattern: RegExp) => entriesOf(test, text => pattern.test(text), sources)[0]
  if (wordTests.has(word)) return changeOfWords(word, has)
  if (compareOf(test) !== 'folded') return undefined
  const exactly = `Write exactly: { ${word}: … } for what the text has character by character`
  if (field.kind === 'part' && searches.has(word)) {
    return { now: 'ignores case, width and invisible characters inside JSON now', hint: exactly }
  }
  if (word === 'matches') return { now: 'also finds what wide, styled or invisible characters hide now', hint: exactly }
  if (word === 'starts with' || word === 'ends with') {
    return { now: 'ignores spaces at both ends of the text now', hint: exactly }
  }
  return has(dotted) && { now: 'takes İ for i now', hint: exactly }
}

const dotted = /İ/

/** Words of language 1 that search a text. */
const searches: ReadonlySet<Test['word']> = new Set<Test['word']>([
  'contains',
  'contains any',
  'starts with',
  'ends with',
  'matches',
])

/** Words of language 1 that find words in a text. */
const wordTests: ReadonlySet<Test['word']> = new Set<Test['word']>([
  'has word',
  'has word in',
  'looks like',
  'looks like a word in',
])

const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** A sign beside the letters of an entry that is no hyphen, apostrophe, space or star. */
const sign = /[^\p{L}\p{M}\p{N}\s*'’-]/u

/** What changed for words, the most telling first. `has` finds the first entry that matches. */
function changeOfWords(word: string, has: (pattern: RegExp) => ListEntry | undefined): Changed {
  const shown = (entry: ListEntry) => `"${brief(entry.text)}"`
  const star = has(/\*$/)
  if (word === 'looks like' && star !== undefined) {
    const hint = `Write looks like a word in: [${shown(star)}] for any ending`
    return { now: `takes the star of ${shown(star)} for a star now`, hint }
  }
  const unspaced = has(withoutSpaces)
  if (unspaced !== undefined && word !== 'looks like') {
    const now = `finds ${shown(unspaced)} as a whole word of the dictionary now`
    return { now, hint: 'Write contains any to find the characters anywhere' }
  }
  const signed = has(sign)
  if (signed !== undefined) {
    const hint = 'Remove the sign to find only the letters'
    return { now: `takes the signs of ${shown(signed)} into account now`, hint }
  }
  const anyStart = has(/^\*[\p{L}\p{N}]/u)
  if (anyStart !== undefined && word !== 'looks like') {
    return {
      now: `finds words that end like ${shown(anyStart)} now`,
      hint: 'Remove the star, or keep it for any beginning',
    }
  }
  const finds = word.startsWith('looks like') ? moreLookAlikes : moreWords
  return { now: finds, hint: 'Look at its tests: hookwarden try shows what it finds in a text' }
}

const moreWords = 'also finds words with other accents or endings, and what Markdown and HTML show, now'
const moreLookAlikes = 'finds more disguises now, and no longer what is another word'

function changedSteps({ steps, span }: FieldRewrite, sources: Sources): Diagnostic[] {
  return steps.flatMap(step => {
    if (step.kind === 'each item') return step.fields.flatMap(field => changedSteps(field, sources))
    if (step.kind !== 'mask words in') return []
    const texts = step.words.list?.texts ?? step.words.values
    const has = (pattern: RegExp) => {
      const found = texts.find(text => typeof text === 'string' && pattern.test(text))
      return found === undefined ? undefined : placed([found], span, sources)[0]
    }
    return [told(span, '"mask words in"', changeOfWords('has word in', has))]
  })
}
