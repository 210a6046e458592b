import { rulesOf } from '../cases/run-cases.ts'
import { compile } from '../compile/compile.ts'
import { type HistoryLine, readHistory } from '../state/history.ts'
import { readRules } from '../state/kept-rules.ts'

/** The rules of the version that was in force at an instant, by id, with their modes. */
export type RulesAt = ReadonlyMap<string, string>

/**
 * The rules in force at an instant in several state folders, together; undefined if none of them kept them.
 *
 * `fallback` is the version to take for a folder without history.
 */
export async function rulesInForce(
  dirs: readonly string[],
  at: number,
  fallback?: string,
): Promise<RulesAt | undefined> {
  const found = await Promise.all(dirs.map(dir => rulesIn(dir, at, fallback)))
  const known = found.filter(rules => rules !== undefined)
  return known.length === 0 ? undefined : new Map(known.flatMap(rules => [...rules]))
}

async function rulesIn(dir: string, at: number, fallback: string | undefined): Promise<RulesAt | undefined> {
  const { lines } = await readHistory(dir)
  const version = versionAt(lines, at) ?? (lines.length === 0 ? fallback : undefined)
  const kept = version === undefined ? undefined : await readRules(dir, version)
  const ruleSet = kept === undefined ? null : compile(kept.files).ruleSet
  if (ruleSet === null) return undefined
  return new Map(rulesOf(ruleSet).map(({ id, mode }) => [id, mode]))
}

function versionAt(lines: readonly HistoryLine[], at: number): string | undefined {
  return lines.findLast(line => Date.parse(line.at) <= at)?.version
}
