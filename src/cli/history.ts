import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { describeChanges } from '../changes/describe-changes.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { check } from '../lint/check.ts'
import { type HistoryLine, readHistory } from '../state/history.ts'
import { atOnce } from '../yaml/steps.ts'
import { render } from './check.ts'
import { printChanges } from './explain-change.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { findVersion, localTime, rulesOfKept, shortVersion, stateFolder } from './state-folder.ts'

/** Options of `hookwarden history`. `versions` are compared with `isDiff`. */
export type HistoryOptions = { state: string | undefined; json: boolean; isDiff: boolean; versions: readonly string[] }

/** Show the rule sets that came into force, the newest first, or compare two of them. Throws UsageError. */
export async function showHistory({ state, json, isDiff, versions }: HistoryOptions, io: Io): Promise<ExitCode> {
  const dir = await stateFolder(state, io)
  const { lines, foreign } = await readHistory(dir)
  if (isDiff) return showDiff(dir, versions, lines, io)
  if (versions.length > 0) throw new UsageError('To compare two versions, write hookwarden history --diff A B')
  const newestFirst = [...lines].reverse()
  if (json) printJson({ versions: newestFirst, foreign }, io)
  else if (lines.length === 0) print(`${noneYet(dir)}\n`, io)
  else print(`${newestFirst.map((line, at) => entryOf(line, at === 0, colorsOf(io))).join('\n\n')}\n`, io)
  if (foreign > 0) io.err(`${foreign} lines of ${dir}/history.jsonl are damaged, or from a newer hookwarden\n`)
  return 0
}

function noneYet(dir: string): string {
  return `No rules have come into force yet that are kept in ${dir}. hookwarden serve keeps them; name its folder with --state DIR`
}

function colorsOf(io: Io): Colors {
  return createColors(io.isTerminal && io.env.NO_COLOR === undefined)
}

/** How many lines about a change are shown. */
const mostLines = 12

function entryOf(line: HistoryLine, isInForce: boolean, colors: Colors): string {
  const { at, version, before, sentences } = line
  const head = `${localTime(at)}  ${colors.yellow(shortVersion(version))}  ${originOf(line)}`
  const lines = sentences.flatMap(sentence => sentence.split('\n'))
  if (lines.length === 0 && before !== null) lines.push(colors.dim('The rules mean the same as before'))
  const more = lines.length - mostLines
  const shown = more > 1 ? [...lines.slice(0, mostLines), `… and ${more} more lines: ${diffOf(line)}`] : lines
  return [isInForce ? `${head}  ${colors.green('(in force)')}` : head, ...shown.map(text => `  ${text}`)].join('\n')
}

function originOf({ who, why, source, commit }: HistoryLine): string {
  const by = who ?? 'unknown'
  const how = source === 'git' ? ` in ${commit?.slice(0, shortCommit)}` : (ways.get(source) ?? '')
  return `${by}${how}${why === null ? '' : `: ${why}`}`
}

const ways: ReadonlyMap<HistoryLine['source'], string> = new Map([
  ['rollback', ' rolled back'],
  ['page', ' on the page'],
])

const shortCommit = 7

function diffOf({ before, version }: HistoryLine): string {
  return `hookwarden history --diff ${shortVersion(before ?? version)} ${shortVersion(version)}`
}

async function showDiff(
  dir: string,
  versions: readonly string[],
  lines: readonly HistoryLine[],
  io: Io,
): Promise<ExitCode> {
  const [before, after] = versions
  if (before === undefined || after === undefined || versions.length > 2) {
    throw new UsageError('--diff takes two versions: hookwarden history --diff A B')
  }
  const old = await ruleSetOf(dir, await findVersion(dir, before, lines), io)
  const now = await ruleSetOf(dir, await findVersion(dir, after, lines), io)
  if (old === undefined || now === undefined) return 1
  return printChanges(atOnce(describeChanges(old, now)), io)
}

/** The rules of a version; undefined if this program finds errors in them, which are printed. */
async function ruleSetOf(dir: string, version: string, io: Io): Promise<RuleSet | undefined> {
  const compiled = check((await rulesOfKept(dir, version)).files, { allowEmpty: true })
  if (compiled.ruleSet !== null) return compiled.ruleSet
  print(`${render(compiled, dir, 'pretty', io)}This hookwarden cannot load version ${shortVersion(version)}\n`, io)
  return undefined
}
