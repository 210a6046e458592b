import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { lastOfHistory, readHistory } from '../state/history.ts'
import { readRules } from '../state/kept-rules.ts'
import { readRecords } from '../state/read-records.ts'
import { segmentsWithin } from '../state/segments.ts'
import type { SourceFile } from '../yaml/source.ts'
import { UsageError } from './io.ts'
import { isFolder, readFilesOf } from './load.ts'
import type { RecordsAsked } from './records-asked.ts'
import { findVersion, rulesOfKept, shortVersion } from './state-folder.ts'

/**
 * What a draft is compared with: rules, or what is on record; `named` says it in words. `inForce` are the rules in
 * force, where they are known.
 */
export type Against = {
  base: RuleSet | 'record'
  /** The files of the rules. */
  files: readonly SourceFile[]
  named: string
  inForce: RuleSet | undefined
}

/**
 * Reads `--against`: `record`, a version that is kept, or a folder; without it, the rules in force. Throws UsageError.
 */
export async function readAgainst(written: string | undefined, asked: RecordsAsked): Promise<Against> {
  if (written === undefined || written === 'record') {
    const found = await inForceOf(asked)
    if (written === 'record') {
      return { base: 'record', files: [], named: 'what is on record', inForce: found?.ruleSet }
    }
    if (found === undefined) throw new UsageError(noneInForce(asked))
    return against(found, `the rules in force, ${shortVersion(found.ruleSet.version)}`)
  }
  if (await isFolder(written)) return against(await ofFolder(written), `the rules in ${written}`)
  const found = await ofVersion(written, asked)
  return against(found, `version ${shortVersion(found.ruleSet.version)}`)
}

type Found = { ruleSet: RuleSet; files: readonly SourceFile[] }

function against({ ruleSet, files }: Found, named: string): Against {
  return { base: ruleSet, files, named, inForce: ruleSet }
}

function noneInForce({ dirs }: RecordsAsked): string {
  return `Which rules are in force is not in ${dirs.join(', ')}. Name what to compare with: --against DIR, or --against record`
}

/** The rules in force by the history of a folder; without one, those that decided last. */
async function inForceOf({ dirs, until }: RecordsAsked): Promise<Found | undefined> {
  for (const dir of dirs) {
    const version = (await lastOfHistory(dir))?.version ?? (await lastVersion(dir, until))
    const kept = version === undefined ? undefined : await readRules(dir, version)
    const ruleSet = kept === undefined ? null : compile(kept.files, { allowEmpty: true }).ruleSet
    if (kept !== undefined && ruleSet !== null) return { ruleSet, files: kept.files }
  }
  return undefined
}

/** The version that decided last, by the end of the record. */
async function lastVersion(dir: string, until: number): Promise<string | undefined> {
  const hours = await segmentsWithin(dir, { since: 0, until }, 'envelope')
  for (const hour of new Set(hours.map(each => each.hour).reverse())) {
    let version: string | undefined
    await readRecords([dir], { since: hour, until }, record => {
      if (record.kind === 'decision') version = record.rules
    })
    if (version !== undefined) return version
  }
  return undefined
}

async function ofFolder(dir: string): Promise<Found> {
  const files = await readFilesOf(dir)
  const { ruleSet } = compile(files)
  if (ruleSet === null) throw new UsageError(`The rules in ${dir} have errors: hookwarden check ${dir}`)
  return { ruleSet, files }
}

async function ofVersion(written: string, { dirs }: RecordsAsked): Promise<Found> {
  const [dir = ''] = dirs
  const version = await findVersion(dir, written, (await readHistory(dir)).lines)
  const { files } = await rulesOfKept(dir, version)
  const { ruleSet } = compile(files, { allowEmpty: true })
  if (ruleSet === null) throw new UsageError(`This hookwarden cannot load version ${shortVersion(version)}`)
  return { ruleSet, files }
}
