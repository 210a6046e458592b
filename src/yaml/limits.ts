/**
 * How much a rules folder may hold.
 *
 * Far above what people write by hand, and so little that no piece of the work of reading it keeps calls waiting, and
 * that what is made of it fits into memory twice: the rules in force stay until others are ready.
 */
export const limits = {
  /** Lines of one file; where a mistake stands is found by counting them. */
  linesOfFile: 500_000,
  /** Lines of all files. */
  lines: 2_000_000,
  /** UTF-16 code units of all rule files. */
  yaml: 16 * 1024 * 1024,
  rules: 20_000,
  /** Codes, lists and conditions with a name. */
  names: 20_000,
  /** Entries of all lists. */
  entries: 1_000_000,
  /** Days and ranges of days under one name. */
  dates: 1_000,
  /** UTF-16 code units of an entry of a list, or the line that it stands on: no text that is compared is longer. */
  entry: 1024 * 1024,
  /** UTF-16 code units of a text that is searched for in others. */
  needle: 10_000,
  /** Tests of all rules, once every `use` in them is written out. */
  tests: 200_000,
  /** Keys, values and brackets of one rule, condition or case. */
  nodes: 25_000,
  /** Cases under one rule. Those of a file are as many as it can hold. */
  casesOfRule: 1_000,
  /** Braces of one text. */
  braces: 500,
} as const

/** A number as a message shows it: `25,000`. Pure. */
export function shownCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}
