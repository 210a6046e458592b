import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { blocksOf, describeChanges } from '../changes/describe-changes.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { check } from '../lint/check.ts'
import { type AdminAddress, addressIn } from '../state/admin-address.ts'
import { commitOf } from '../state/git.ts'
import { type HistoryLine, readHistory, versionsBehind } from '../state/history.ts'
import { hashOfFiles, type PutRules, putRules } from '../state/put-rules.ts'
import { type FileChanges, fileChangesTo } from '../state/replace-files.ts'
import { StateUnusable } from '../state/state-errors.ts'
import { atOnce } from '../yaml/steps.ts'
import { whoAsks } from './ask-service.ts'
import { render } from './check.ts'
import { defaultFolder, type ExitCode, type Io, print, UsageError } from './io.ts'
import { readFilesOf } from './load.ts'
import { findVersion, rulesOfKept, shortVersion, stateFolder } from './state-folder.ts'

/** Options of `hookwarden rollback`. Without `version` it is the one before the one in force. */
export type RollbackOptions = {
  version: string | undefined
  rules: string | undefined
  state: string | undefined
  why: string
}

/**
 * Write the rule files of an earlier version back, all of them or none; the present ones are kept as a version first.
 *
 * Throws UsageError, WrongFolder, FolderUnreadable and StateUnusable.
 */
export async function rollBack({ version, rules, state: given, why }: RollbackOptions, io: Io): Promise<ExitCode> {
  if (why.trim() === '') throw new UsageError('--why must say why, such as --why "refuses honest names"')
  const state = await stateFolder(given, io)
  const { lines } = await readHistory(state)
  const service = await addressIn(state)
  const dir = await folderToWrite(rules, service)
  const wanted = await wantedVersion(state, version, lines)
  const { files } = await rulesOfKept(state, wanted)
  const compiled = check(files, { allowEmpty: true })
  if (compiled.ruleSet === null) {
    print(`${render(compiled, dir, 'pretty', io)}${whyNotLoaded(state, wanted)}\n`, io)
    return 1
  }
  const present = await readFilesOf(dir)
  const changes = fileChangesTo(present, files)
  const isInForce = lines.at(-1)?.version === wanted
  if (changes.written.length + changes.removed.length === 0) {
    print(`The files in ${dir} are those of version ${shortVersion(wanted)} already\n`, io)
    return isInForce ? 0 : untilInForce(wanted, service, io)
  }
  const before = check(present, { allowEmpty: true }).ruleSet
  const replaced = before?.version ?? hashOfFiles(present)
  const reason = { version: wanted, at: io.now().toISOString(), who: whoAsks(io.env), why, source: 'rollback' } as const
  // The service adds the reason to the history when it loads the files.
  await write({ dir, state, present, replaced, changes, ...(!isInForce && { reason }) }, { wanted, lines })
  print(`${outcome({ dir, wanted, replaced, changes, before, after: compiled.ruleSet })}\n`, io)
  if ((await commitOf(dir, present)) !== undefined) io.err(`${inGit}\n`)
  return untilInForce(wanted, service, io)
}

const inGit = 'These files are in git: commit them, or the next checkout brings the change back'

/** The folder to write: that of the running service, unless another is given. */
async function folderToWrite(given: string | undefined, service: AdminAddress | undefined): Promise<string> {
  const served = service?.rules && (await realpath(service.rules).catch(() => undefined))
  if (served === undefined || served === '') return given ?? defaultFolder
  if (given === undefined) return service?.rules ?? defaultFolder
  if ((await realpath(given).catch(() => given)) === served) return given
  throw new UsageError(
    `The service that runs reads its rules from ${service?.rules}, not from ${given}: remove --rules`,
  )
}

async function wantedVersion(
  state: string,
  version: string | undefined,
  lines: readonly HistoryLine[],
): Promise<string> {
  if (version !== undefined) return findVersion(state, version, lines)
  const before = versionsBehind(lines).at(-2)
  if (before !== undefined) return before
  throw new UsageError(`There is no version before the one in force in ${state}. Name one: hookwarden rollback VERSION`)
}

function whyNotLoaded(state: string, version: string): string {
  const where = join(state, 'rules', `${version}.json.gz`)
  return `No file was changed: this hookwarden cannot load version ${shortVersion(version)}. Its files are in ${where}`
}

async function write(put: PutRules, version: { wanted: string; lines: readonly HistoryLine[] }): Promise<void> {
  try {
    if (await putRules(put, () => readFilesOf(put.dir))) return
  } catch (error) {
    if (error instanceof StateUnusable)
      throw new UsageError(`${error.message}\n${whatToDo(version.wanted, version.lines)}`)
    throw error
  }
  throw new UsageError(`No file was changed: somebody else changes files in ${put.dir}. Try again`)
}

/** What else can be done where files cannot be written. */
function whatToDo(wanted: string, lines: readonly HistoryLine[]): string {
  const line = lines.findLast(({ version }) => version === wanted)
  const where = line?.commit === undefined ? '' : `, where this version is commit ${line.commit.slice(0, 7)}`
  return [
    `No file was changed. Roll back where the files come from${where}, or run this where they can be written.`,
    'Until then, put a rule into shadow without writing files: hookwarden pause RULE --why "…"',
  ].join('\n')
}

type Outcome = {
  dir: string
  wanted: string
  replaced: string
  changes: FileChanges
  before: RuleSet | null
  after: RuleSet
}

function outcome({ dir, wanted, replaced, changes, before, after }: Outcome): string {
  const { written, removed } = changes
  const files = [...written.map(({ file }) => `  written  ${file}`), ...removed.map(file => `  removed  ${file}`)]
  const those = before === null ? 'Those before, which have errors,' : 'Those before'
  const title = `${dir} has the files of version ${shortVersion(wanted)} again. ${those} are kept as ${shortVersion(replaced)}:`
  const sentences = before === null ? [] : blocksOf(atOnce(describeChanges(before, after)))
  return [[title, ...files].join('\n'), ...sentences].join('\n\n')
}

/** How long the service may take to load the files: its folder must be quiet first. */
const patienceMs = 30_000
const everyMs = 200

/** Waits until the running service has loaded the files. */
async function untilInForce(version: string, service: AdminAddress | undefined, io: Io): Promise<ExitCode> {
  if (service === undefined) {
    io.err('No service runs that keeps this history; the next one to start loads these files\n')
    return 0
  }
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await delay(everyMs)) {
    const status = await statusAt(service.url)
    if (status?.version === version) {
      print(`In force in ${service.url}\n`, io)
      return 0
    }
  }
  io.err(`${service.url} has not loaded these files within ${patienceMs / 1000} s; its /status says why\n`)
  return 1
}

async function statusAt(url: string): Promise<{ version?: unknown } | undefined> {
  try {
    const response = await fetch(new URL('/status', url), { signal: AbortSignal.timeout(patienceMs) })
    return (await response.json()) as { version?: unknown }
  } catch {
    // It may be stopping, or be in another container: then it is asked again until the time is over.
    return undefined
  }
}
