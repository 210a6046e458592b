import { rulesOf } from '../cases/run-cases.ts'
import { compile } from '../compile/compile.ts'
import type { HistoryLine } from '../state/history.ts'
import { filesOfVersion } from './kept-files.ts'
import type { Places } from './places.ts'

/** The rules of the version that was in force at an instant, by id, with their modes. */
export type RulesAt = ReadonlyMap<string, string>

/**
 * The rules in force at an instant in several places, together; undefined if none of them kept them.
 *
 * `fallback` is the version to take for a place without history.
 */
export async function rulesInForce(places: Places, at: number, fallback?: string): Promise<RulesAt | undefined> {
  const histories = await places.ask({ ask: 'history' })
  const found = await Promise.all(
    histories.map(({ place, answer }) => rulesIn(places.only(place.name), answer.lines, { at, fallback })),
  )
  const known = found.filter(rules => rules !== undefined)
  return known.length === 0 ? undefined : new Map(known.flatMap(rules => [...rules]))
}

async function rulesIn(
  place: Places,
  lines: readonly HistoryLine[],
  { at, fallback }: { at: number; fallback: string | undefined },
): Promise<RulesAt | undefined> {
  const version = versionAt(lines, at) ?? (lines.length === 0 ? fallback : undefined)
  const files = version === undefined ? undefined : await filesOfVersion(place, version)
  const ruleSet = files === undefined ? null : compile(files).ruleSet
  if (ruleSet === null) return undefined
  return new Map(rulesOf(ruleSet).map(({ id, mode }) => [id, mode]))
}

function versionAt(lines: readonly HistoryLine[], at: number): string | undefined {
  return lines.findLast(line => Date.parse(line.at) <= at)?.version
}
