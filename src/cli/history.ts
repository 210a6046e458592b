import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { describeChanges } from '../changes/describe-changes.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { visible } from '../language/show/visible.ts'
import { check } from '../lint/check.ts'
import type { MissingPlace } from '../state/covered.ts'
import type { HistoryLine, ToldLine } from '../state/history.ts'
import { atOnce } from '../yaml/steps.ts'
import { render } from './check.ts'
import { missingLines } from './covered.ts'
import { printChanges } from './explain-change.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { filesOfVersion } from './kept-files.ts'
import { type Places, placesOf } from './places.ts'
import { localTime, shortVersion, versionMeant } from './state-folder.ts'

/** Options of `hookwarden history`. `versions` are compared with `isDiff`. */
export type HistoryOptions = {
  state?: string
  peers: readonly string[]
  /** The rules folder, for commits that were made later. */
  rules?: string
  json: boolean
  isDiff: boolean
  versions: readonly string[]
}

/** The history of one place. */
type HistoryOf = { state: string; lines: readonly ToldLine[]; foreign: number }

/** Show the rule sets that came into force, the newest first, or compare two of them. Throws UsageError. */
export async function showHistory(options: HistoryOptions, io: Io): Promise<ExitCode> {
  const { state, rules, peers, json, isDiff, versions } = options
  const flags = { ...(state !== undefined && { state }), ...(rules !== undefined && { rules }), peers }
  const places = await placesOf(flags, io)
  const answers = await places.ask({ ask: 'history' })
  const found = answers.map(({ place, answer }) => ({ state: place.name, ...answer }))
  if (isDiff) return showDiff(places, versions, found, io)
  if (versions.length > 0) throw new UsageError('To compare two versions, write hookwarden history --diff A B')
  const [only] = found
  if (peers.length > 0 || only === undefined) printAll(found, places.missing, { json, io })
  else if (json) printJson({ versions: newestFirst(only), foreign: only.foreign }, io)
  else print(`${textOf(only, io)}\n`, io)
  for (const { state, foreign } of found) {
    if (foreign > 0) io.err(`${foreign} lines of the history in ${state} are damaged, or from a newer hookwarden\n`)
  }
  return 0
}

function newestFirst({ lines }: HistoryOf): readonly ToldLine[] {
  return [...lines].reverse()
}

function textOf(found: HistoryOf, io: Io): string {
  if (found.lines.length === 0) return noneYet(found.state)
  return newestFirst(found)
    .map((line, at) => entryOf(line, at === 0, colorsOf(io)))
    .join('\n\n')
}

/** The histories of several places below each other: who looks at them asks where they differ. */
function printAll(
  found: readonly HistoryOf[],
  missing: readonly MissingPlace[],
  { json, io }: { json: boolean; io: Io },
): void {
  if (json) {
    const instances = found.map(each => ({ state: each.state, versions: newestFirst(each), foreign: each.foreign }))
    printJson({ instances, missing }, io)
    return
  }
  const parts = found.map(each => `${colorsOf(io).bold(visible(each.state))}\n${textOf(each, io)}`)
  print(`${[...parts, ...missingLines(missing)].join('\n\n')}\n`, io)
}

function noneYet(dir: string): string {
  return `No rules have come into force yet that are kept in ${dir}. hookwarden serve keeps them; name its folder with --state DIR`
}

function colorsOf(io: Io): Colors {
  return createColors(io.isTerminal && io.env.NO_COLOR === undefined)
}

/** How many lines about a change are shown. */
const mostLines = 12

function entryOf(line: ToldLine, isInForce: boolean, colors: Colors): string {
  const { at, version, before, sentences } = line
  const head = `${localTime(at)}  ${colors.yellow(shortVersion(version))}  ${originOf(line)}`
  const lines = sentences.flatMap(sentence => sentence.split('\n'))
  if (line.isShort) lines.push(colors.dim(`What changed: ${diffOf(line)}`))
  else if (lines.length === 0 && before !== null) lines.push(colors.dim('The rules mean the same as before'))
  const more = lines.length - mostLines
  const shown = more > 1 ? [...lines.slice(0, mostLines), `… and ${more} more lines: ${diffOf(line)}`] : lines
  return [isInForce ? `${head}  ${colors.green('(in force)')}` : head, ...shown.map(text => `  ${text}`)].join('\n')
}

function originOf({ who, why, source, commit, isCommittedLater }: ToldLine): string {
  const by = who ?? 'unknown'
  const later = isCommittedLater ? ', committed later' : ''
  const how = source === 'git' ? ` in ${commit?.slice(0, shortCommit)}${later}` : (ways.get(source) ?? '')
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
  places: Places,
  versions: readonly string[],
  found: readonly HistoryOf[],
  io: Io,
): Promise<ExitCode> {
  const [before, after] = versions
  if (before === undefined || after === undefined || versions.length > 2) {
    throw new UsageError('--diff takes two versions: hookwarden history --diff A B')
  }
  const all = (await places.ask({ ask: 'versions' })).flatMap(({ answer }) => answer)
  const where = [
    places.all.map(({ name }) => name).join(', '),
    ...places.missing.map(({ place }) => `without ${place}`),
  ].join(', ')
  const kept = { all: [...new Set(all)], where, lines: found.flatMap(({ lines }) => lines) }
  const old = await ruleSetOf(places, versionMeant(before, kept), io)
  const now = await ruleSetOf(places, versionMeant(after, kept), io)
  if (old === undefined || now === undefined) return 1
  return printChanges(atOnce(describeChanges(old, now)), io)
}

/** The rules of a version; undefined if this program finds errors in them, which are printed. */
async function ruleSetOf(places: Places, version: string, io: Io): Promise<RuleSet | undefined> {
  const files = await filesOfVersion(places, version)
  if (files === undefined) throw new UsageError(`The files of version ${shortVersion(version)} are not there any more`)
  const compiled = check(files, { allowEmpty: true })
  if (compiled.ruleSet !== null) return compiled.ruleSet
  const [{ name }] = places.all as [Places['all'][number]]
  print(`${render(compiled, name, 'pretty', io)}This hookwarden cannot load version ${shortVersion(version)}\n`, io)
  return undefined
}
