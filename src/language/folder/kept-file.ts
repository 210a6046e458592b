import type { Diagnostic } from '../../yaml/diagnostic.ts'
import type { Source } from '../../yaml/source.ts'
import type { NamedCounter } from '../condition.ts'
import type { StatedLanguage } from '../language-number.ts'
import type { RuleFile } from '../read/file-context.ts'
import { listNameOf } from '../read/list-file.ts'
import type { ReadRule } from '../read/rule.ts'
import type { Case, ListRef } from '../rule.ts'

/** The rules of a file and its cases. */
export type FileRules = { rules: readonly ReadRule[]; cases: readonly Case[] }

/**
 * The result of reading a rule file in a folder without errors.
 *
 * It is valid as long as the text of the file is the same, and all texts in which the folder defines names.
 */
export type KeptFile = FileRules & {
  diagnostics: readonly Diagnostic[]
  /** The severity of findings that were dropped because there were too many. */
  left: Diagnostic['severity'] | undefined
  /** The names that it uses, in the form that `FolderNames` stores. */
  uses: ReadonlySet<string>
  /** The number of the language that it states. */
  language?: StatedLanguage
  /** The lists of people that it protects. */
  protects: readonly ListRef[]
}

/**
 * What is kept of a reading for the next one: by file its rules, and the texts that define names; the counters, which
 * rules that are kept refer to.
 */
export type Kept = {
  files: ReadonlyMap<string, KeptFile>
  definitions: ReadonlyMap<string, string>
  counters: ReadonlyMap<string, NamedCounter>
}

/** The text in which a file defines lists, codes or conditions; undefined if it defines none. */
export function definitionsIn({ file, text }: Source, read: RuleFile | undefined): string | undefined {
  if (listNameOf(file) !== undefined) return text
  const entries = read?.entries
  if (entries === undefined || !['lists', 'dates', 'codes', 'conditions', 'counters'].some(key => entries.has(key)))
    return undefined
  const last = [...entries.values()].reduce((a, b) => (a.keySpan.start > b.keySpan.start ? a : b))
  // Text above the rules keeps its place whatever happens to them.
  return last.key === 'rules' ? text.slice(0, last.keySpan.start) : text
}

/** Whether the same texts in the same files define names. */
export function isSameDefinitions(a: Kept['definitions'], b: Kept['definitions']): boolean {
  return a.size === b.size && [...a].every(([file, text]) => b.get(file) === text)
}
