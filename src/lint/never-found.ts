import { ready, soundsBy } from '../compile/list-lookup.ts'
import { wayOf } from '../compile/list-words.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import { compareOf } from '../language/compare.ts'
import type { Test } from '../language/condition.ts'
import { listNameOf } from '../language/read/list-file.ts'
import { isSoundless } from '../text/sounds/sound-index.ts'
import { isSpace } from '../text/spaces.ts'
import type { WordIndex } from '../text/words/word-index.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { entriesOf, type Sources } from './entries-of.ts'
import { brief, inFlow, testsOfRule, warning } from './finding.ts'
import { oddityOf } from './odd-entries.ts'
import { OfAKind } from './of-a-kind.ts'

/** Entries and values that can never match: no visible letters, no Chinese to sound like, or what no id or address has. */
export function neverFound(rule: CompiledRule, sources: Sources, place: ShowPlace): Diagnostic[] {
  return testsOfRule(rule).flatMap(({ condition: test }) => {
    const found = new OfAKind()
    for (const each of unseen(test)) found.add('unseen', each)
    for (const each of strange(test, sources)) found.add('strange', each)
    for (const each of spaced(test, sources)) found.add('spaced', each)
    return [...soundless(test), ...found.all(place)]
  })
}

/** Entries that a look-alike search never finds, since they have no letters or visible signs. */
function unseen(test: Test): Diagnostic[] {
  const { operand, word, span } = test
  const way = word === 'looks like a word in' ? wayOf(test) : undefined
  if (way === undefined || operand.kind !== 'values') return []
  return (ready(operand.values, way) as WordIndex).unusable.map(({ text, line }) => {
    const hint = 'Remove it, or use contains any'
    const message = `"${brief(text)}" has no letters or digits, so it never matches`
    return warning('never-found', operand.list?.entries[line - 1]?.span ?? span, message, hint)
  })
}

/** A search by sound that has nothing to search for. A list with some Chinese in it may serve other tests as well. */
function soundless({ operand, word, span }: Test): Diagnostic[] {
  if (word !== 'sounds like a word in' || operand.kind !== 'values') return []
  if (!isSoundless(ready(operand.values, soundsBy))) return []
  const message = `"${word}" finds only words of two or more Chinese characters, and there are none here`
  return [warning('never-found', span, message, 'Use has word in, or looks like a word in for disguised words')]
}

/** Ids and addresses with invisible characters, which come with copied text. */
function strange(test: Test, sources: Sources): Diagnostic[] {
  const { kind } = test.field
  if ((kind !== 'id' && kind !== 'url') || compareOf(test) === 'folded') return []
  return entriesOf(test, text => unlikely.test(text), sources).map(({ text, span }) => {
    const [char = ''] = unlikely.exec(text) ?? []
    const point = codePoint(char)
    const what =
      char === ' '
        ? 'a space at the start or end'
        : `${isSpace(char.charCodeAt(0)) ? 'a non-standard space' : 'an invisible character'}, ${point}`
    const shown = brief(text.replace(invisible, each => `<${codePoint(each)}>`))
    const message = `"${shown}" has ${what}, so it is unlikely to match any ${kind === 'id' ? 'id' : 'address'}`
    return warning('never-found', span, message, `Write ${inFlow(text.replace(invisible, '').trim())}`)
  })
}

/** Ids with spaces in them: several that were written as one, or one with a note beside it. */
function spaced(test: Test, sources: Sources): Diagnostic[] {
  const { word, operand } = test
  const isOfList = operand.kind === 'values'
  if (test.field.kind !== 'id' || test.isExact || !(isOfList ? listWords.has(word) : /^is(?: not)?$/.test(word)))
    return []
  const isSpaced = (text: string) =>
    /\S \S/.test(text) && !/^\(?\d{1,3}[.)]/.test(text) && oddityOf(text, test.span) === undefined
  const isDoubted = isOfList
    ? isSpaced
    : (text: string) => isSpaced(text) && text.split(/ +/).every(each => /\d/.test(each))
  return entriesOf(test, isDoubted, sources).map(({ text, span }) => {
    const message = `"${brief(text)}" has a space in it, so it is unlikely to match any id`
    const isInFile = isOfList && operand.list !== undefined && listNameOf(span.file) !== undefined
    const all = `[${text.split(/ +/).slice(0, 3).map(inFlow).join(', ')}${text.split(/ +/).length > 3 ? ', …' : ''}]`
    const several = isInFile
      ? 'Write each id on its own line, and # before a note'
      : `Write ${all}, each id as an entry of its own`
    return warning('never-found', span, message, several)
  })
}

const listWords: ReadonlySet<Test['word']> = new Set(['one of', 'not one of', 'in list', 'not in list'])

/** Control and invisible characters, and white space other than a plain space. */
const invisible = /(?! )[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{White_Space}]/gu
const unlikely = new RegExp(`${invisible.source}|^ | $`, 'u')

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
}
