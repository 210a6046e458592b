import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { check } from '../lint/check.ts'
import { lastOfHistory, readHistory } from '../state/history.ts'
import { readRules } from '../state/kept-rules.ts'
import { readRecords } from '../state/read-records.ts'
import { type Io, UsageError } from './io.ts'
import { isFolder, load } from './load.ts'
import type { RecordsAsked } from './records-asked.ts'
import { findVersion, rulesOfKept, shortVersion } from './state-folder.ts'

/**
 * What a draft is compared with: rules, or what is on record; `named` says it in words. `inForce` are the rules in
 * force, where they are known.
 */
export type Against = { base: RuleSet | 'record'; named: string; inForce: RuleSet | undefined }

/**
 * Reads `--against`: `record`, a version that is kept, or a folder; without it, the rules in force. Throws UsageError.
 */
export async function readAgainst(written: string | undefined, asked: RecordsAsked, _io: Io): Promise<Against> {
  if (written === 'record') return { base: 'record', named: 'what is on record', inForce: await inForceOf(asked) }
  if (written === undefined) {
    const base = await inForceOf(asked)
    if (base === undefined) throw new UsageError(noneInForce(asked))
    return { base, named: `the rules in force, ${shortVersion(base.version)}`, inForce: base }
  }
  const base = (await isFolder(written)) ? await ofFolder(written) : await ofVersion(written, asked)
  return {
    base,
    named: (await isFolder(written)) ? `the rules in ${written}` : `version ${shortVersion(base.version)}`,
    inForce: base,
  }
}

function noneInForce({ dirs }: RecordsAsked): string {
  return `Which rules are in force is not in ${dirs.join(', ')}. Name what to compare with: --against DIR, or --against record`
}

/** The rules in force by the history of a folder; without one, those that decided last. */
async function inForceOf({ dirs, until }: RecordsAsked): Promise<RuleSet | undefined> {
  for (const dir of dirs) {
    const version = (await lastOfHistory(dir))?.version ?? (await lastVersion(dir, until))
    const kept = version === undefined ? undefined : await readRules(dir, version)
    const ruleSet = kept === undefined ? null : compile(kept.files, { allowEmpty: true }).ruleSet
    if (ruleSet !== null) return ruleSet
  }
  return undefined
}

async function lastVersion(dir: string, until: number): Promise<string | undefined> {
  let version: string | undefined
  await readRecords([dir], { since: 0, until }, record => {
    if (record.kind === 'decision') version = record.rules
  })
  return version
}

async function ofFolder(dir: string): Promise<RuleSet> {
  const { ruleSet } = await load(dir)
  if (ruleSet === null) throw new UsageError(`The rules in ${dir} have errors: hookwarden check ${dir}`)
  return ruleSet
}

async function ofVersion(written: string, { dirs }: RecordsAsked): Promise<RuleSet> {
  const [dir = ''] = dirs
  const version = await findVersion(dir, written, (await readHistory(dir)).lines)
  const { ruleSet } = check((await rulesOfKept(dir, version)).files, { allowEmpty: true })
  if (ruleSet === null) throw new UsageError(`This hookwarden cannot load version ${shortVersion(version)}`)
  return ruleSet
}
