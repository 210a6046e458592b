import { type Decoded, decodeInSteps } from '../../yaml/decode.ts'
import { type Diagnostic, hasErrors } from '../../yaml/diagnostic.ts'
import { shownPlacesIn } from '../../yaml/places.ts'
import { Findings } from '../../yaml/reporter.ts'
import type { SourceFile } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { List, NamedCounter } from '../condition.ts'
import { newestLanguage, type StatedLanguage } from '../language-number.ts'
import { isOurs, isRuleFile, readFile } from '../read/file.ts'
import type { RuleFile } from '../read/file-context.ts'
import { readNames } from '../read/names.ts'
import type { Parsed, Reading } from '../read/reading.ts'
import { readRulesOf } from '../read/rules.ts'
import type { Case, Folder, ListRef, Rule } from '../rule.ts'
import { checkFolder } from './check-folder.ts'
import { isEmptied } from './emptied.ts'
import { FolderFindings, maxOfFolder } from './findings.ts'
import { FolderLimits } from './folder-limits.ts'
import { definitionsIn, type FileRules, isSameDefinitions, type Kept, type KeptFile } from './kept-file.ts'
import { FolderNames } from './names.ts'
import type { Readable } from './readable.ts'

/** A folder as far as it could be read; undefined once there is an error, like the data kept for the next reading. */
export type ReadFolder = {
  folder: Folder | undefined
  diagnostics: readonly Diagnostic[]
  sources: ReadonlyMap<string, string>
  kept: Kept | undefined
}

/** An earlier reading without errors. */
export type Before = { sources: ReadonlyMap<string, string>; lists: ReadonlyMap<string, List>; kept: Kept }

/** What is already known: files parsed, and an earlier reading. */
export type Given = {
  parsed?: Parsed | undefined
  before?: Before | undefined
  /** True when `before` is in force, so a file that had rules must not become empty unnoticed. */
  isReload?: boolean | undefined
}

/**
 * Reads a rules folder: rule files and lists, in the order of their paths by code unit.
 *
 * Never throws: every problem is in the diagnostics, sorted by file and place. Other files are ignored. The result does
 * not depend on `before`, except for files that a reload finds empty; but unchanged rules and texts are the same
 * objects as before, and so is everything built from them. Pauses after each piece of work, so that the caller can let
 * other work run. Pure.
 */
export function* readFolder(files: readonly SourceFile[], given: Given = {}): Generator<undefined, ReadFolder> {
  const sources = new Map<string, string>()
  const names = new FolderNames()
  const findings = new FolderFindings()
  const place = shownPlacesIn(sources)
  const room = new FolderLimits()
  const opened = yield* openAll(files, { names, place, sources, room, ...given })
  for (const { read, reading } of opened) {
    if (read !== undefined) yield* readNames(read, reading)
    yield
  }
  yield* names.checkConditions(findings)
  yield* names.readCounters(findings)
  for (const { span, when } of countersIn(names).values()) {
    const problem = when && room.admitTests(span.file, names.testsIn(when))
    if (problem !== undefined) findings.add(problem)
  }
  const read = yield* readRules(opened, room)
  const counters = countersIn(names)
  const kept: Kept = { files: read, definitions: yield* definitionsOf(opened), counters }
  yield
  for (const { decoded, reading } of opened) {
    findings.addAll(decoded.source.file, reading.findings)
    yield
  }
  if (kept.files.size < files.filter(({ file }) => isRuleFile(file)).length) findings.cutShort()
  const all = yield* gather(kept, names)
  yield* checkFolder({ ...all, names, place }, findings)
  const diagnostics = findings.told(sources)
  yield
  if (hasErrors(diagnostics)) return { folder: undefined, diagnostics, sources, kept: undefined }
  const { rules, cases, languages } = all
  const protects = [...new Set(all.protects.map(({ name }) => name))]
  const language = languages[0]?.number ?? newestLanguage
  const lists = names.lists as Folder['lists']
  const folder = { rules, cases, lists, counters: [...counters.values()], protects, language }
  return { folder, diagnostics, sources, kept }
}

/** The counters that could be read. */
function countersIn({ counters }: FolderNames): Kept['counters'] {
  return new Map([...counters].filter((each): each is [string, NamedCounter] => each[1] !== undefined))
}

/** Combines the results of all files. */
function* gather(
  { files }: Kept,
  names: FolderNames,
): Generator<undefined, Pick<Readable, 'rules' | 'isWhole' | 'cases' | 'ids' | 'languages' | 'protects'>> {
  const rules: Rule[] = []
  const ids: Readable['ids'][number][] = []
  const cases: Case[] = []
  const languages: StatedLanguage[] = []
  const protects: ListRef[] = []
  let isWhole = true
  for (const file of files.values()) {
    names.useAll(file.uses)
    for (const { rule, id } of file.rules) {
      if (rule === undefined) isWhole = false
      else rules.push(rule)
      if (id !== undefined) ids.push(id)
    }
    for (const each of file.cases) cases.push(each)
    if (file.language !== undefined) languages.push(file.language)
    protects.push(...file.protects)
    yield
  }
  return { rules, ids, cases, isWhole, languages, protects }
}

/** One of our files: its top level read, or its earlier result, or both while it is not known which one applies. */
type Opened = { decoded: Decoded; reading: Reading; read: RuleFile | undefined; kept: KeptFile | undefined }

type Opening = Given & Pick<Reading, 'names' | 'place'> & { sources: Map<string, string>; room: FolderLimits }

/** Opens all files that are ours, in order; stops once no more errors are reported. */
function* openAll(
  files: readonly SourceFile[],
  { names, place, sources, room, parsed = () => undefined, before, isReload = false }: Opening,
): Generator<undefined, readonly Opened[]> {
  const shared = { names, place, parsed, before: before?.lists ?? new Map() }
  const opened: Opened[] = []
  let errors = 0
  for (const file of inOrder(files.filter(isOurs))) {
    if (errors >= maxOfFolder) {
      names.addUnread()
      break
    }
    const decoded = room.admit(yield* decodeInSteps(file))
    sources.set(file.file, decoded.source.text)
    const reading = { ...shared, findings: new Findings(), uses: new Set<string>() }
    const isLost = isReload && before !== undefined && isEmptied(decoded.source, before, reading)
    opened.push(isLost ? { decoded, reading, read: undefined, kept: undefined } : yield* open(decoded, reading, before))
    errors += reading.findings.errors
    yield
  }
  if (before === undefined) return opened
  if (isSameDefinitions(yield* definitionsOf(opened), before.kept.definitions)) names.keepCounters(before.kept.counters)
  else yield* openKept(opened)
  return opened
}

function inOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

/** Reads as much of a file as needs no other file, unless that is known: others may need its names anyway. */
function* open(decoded: Decoded, reading: Reading, before: Before | undefined): Generator<undefined, Opened> {
  const { file, text } = decoded.source
  const kept = before?.sources.get(file) === text ? before.kept.files.get(file) : undefined
  const isKnown = kept !== undefined && before?.kept.definitions.has(file) === false
  return { decoded, reading, kept, read: isKnown ? undefined : yield* readFile(decoded, reading) }
}

function* definitionsOf(opened: readonly Opened[]): Steps<Kept['definitions']> {
  const definitions = new Map<string, string>()
  for (const [at, { decoded, read }] of opened.entries()) {
    const text = definitionsIn(decoded.source, read)
    if (text !== undefined) definitions.set(decoded.source.file, text)
    if (at % 500 === 0) yield
  }
  return definitions
}

/** Reads files whose earlier results were assumed valid: names have changed. */
function* openKept(opened: readonly Opened[]): Generator<undefined> {
  for (const each of opened) {
    if (each.kept !== undefined && each.read === undefined) each.read = yield* readFile(each.decoded, each.reading)
    each.kept = undefined
    yield
  }
}

/** The result of each rule file. */
function* readRules(
  opened: readonly Opened[],
  room: FolderLimits,
): Generator<undefined, ReadonlyMap<string, KeptFile>> {
  const files = new Map<string, KeptFile>()
  let errors = opened.reduce((sum, { reading }) => sum + reading.findings.errors, 0)
  for (const { decoded, reading, read, kept } of opened) {
    const { file } = decoded.source
    const { findings, names, uses } = reading
    if (!isRuleFile(file)) continue
    if (errors >= maxOfFolder) {
      names.addUnread()
      break
    }
    errors -= findings.errors
    if (kept !== undefined) findings.addAll(kept)
    const { rules, cases } = kept ?? (read === undefined ? nothing : yield* readRulesOf(read, reading))
    const problem = room.admitRules(file, rules)
    if (problem !== undefined) findings.add(problem)
    const { language, protects = [] } = read ?? {}
    const fresh = { rules, cases, protects, diagnostics: [...findings.diagnostics], left: findings.left, uses }
    files.set(file, kept ?? { ...fresh, ...(language && { language }) })
    errors += findings.errors
    yield
  }
  return files
}

const nothing: FileRules = { rules: [], cases: [] }
