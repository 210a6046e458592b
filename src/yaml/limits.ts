/**
 * How much a rules folder may hold.
 *
 * Far above what people write by hand, and small enough that no piece of reading it delays calls, and that its results
 * fit into memory twice: the rules in force stay until the new ones are ready.
 */
export const limits = {
  /** Lines of one file; mistakes are located by counting them. */
  linesOfFile: 500_000,
  /** Lines of all files. */
  lines: 2_000_000,
  /** UTF-16 code units of all rule files. */
  yaml: 16 * 1024 * 1024,
  rules: 20_000,
  /** Named codes, lists and conditions. */
  names: 20_000,
  /** Entries of all lists. */
  entries: 1_000_000,
  /** Days and ranges of days under one name. */
  dates: 1_000,
  /** UTF-16 code units of a list entry, or of its line: no longer text is ever compared. */
  entry: 1024 * 1024,
  /** UTF-16 code units of a text to search for in others. */
  needle: 10_000,
  /** Tests of all rules, when every `use` in them is expanded. */
  tests: 200_000,
  /** Keys, values and brackets of one rule, condition or case. */
  nodes: 25_000,
  /** Cases under one rule. Those of a file have no limit of their own. */
  casesOfRule: 1_000,
  /** Braces of one text. */
  braces: 500,
} as const

/** A number as a message shows it: `25,000`. */
export function shownCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}
