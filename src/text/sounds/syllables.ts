import { pinyin } from '../data/pinyin.ts'
import { simplified } from '../han-forms.ts'

let known: ReadonlyMap<string, readonly string[]> | undefined

/** How a character of Chinese may be read: syllables of pinyin without tones; none for others. Pure. */
export function syllablesOf(char: string): readonly string[] {
  known ??= readTable()
  return known.get(char) ?? known.get(simplified(char)) ?? none
}

const none: readonly string[] = []

function readTable(): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>()
  for (const [, syllable = '', usual = '', rare = ''] of pinyin
    .replaceAll('\n', '')
    .matchAll(/([a-z]+)([^a-z-]*)-?([^a-z]*)/g)) {
    for (const char of usual) table.set(char, [syllable, ...(table.get(char) ?? [])])
    for (const char of rare) table.set(char, [...(table.get(char) ?? []), syllable])
  }
  return table
}

/** The longest syllable of pinyin, as in zhuang. */
export const longestSyllable = 6
