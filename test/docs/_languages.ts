import { readFile } from 'node:fs/promises'
import type { SaidAs, Say } from './_tables.ts'

/** What the tables of a chapter say in another language, by the English of the vocabulary. */
export const chinese: Record<SaidAs, Record<string, string>> = JSON.parse(
  await readFile('test/docs/zh-CN.json', 'utf8'),
)

/** The chapters for rule authors, each with how it says what the vocabulary says. */
export const chapters: Record<string, Say> = {
  'rules/README.md': english => english,
  // What has no Chinese stays English, and a test names it.
  'rules/README.zh-CN.md': (english, as = 'texts') => chinese[as][english] ?? english,
}
