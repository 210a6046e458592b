import { checkFolder } from './check-folder.ts'
import type { List } from './condition.ts'
import { type Decoded, decode } from './decode.ts'
import { type Diagnostic, hasErrors } from './diagnostic.ts'
import { rulesAdvice } from './file-keys.ts'
import { definitionsIn, type FileRules, isSame, type Kept, type KeptFile } from './kept-file.ts'
import { FolderNames } from './names.ts'
import type { Node } from './node.ts'
import { placesIn } from './places.ts'
import { readFileCases } from './read-cases.ts'
import { isOurs, isRuleFile, type Parsed, type Reading, type RuleFile, readFile } from './read-file.ts'
import { readNames } from './read-names.ts'
import { type ReadRule, readRule } from './read-rule.ts'
import { withReasons } from './reasons.ts'
import { Findings } from './reporter.ts'
import type { Folder } from './rule.ts'
import { asList, headOf } from './shape.ts'
import type { SourceFile } from './source.ts'
import { joinDashes, ruleEntry } from './stray-dashes.ts'

/** A folder as far as it could be read; undefined as soon as there is an error, as is what to keep for the next time. */
export type ReadFolder = {
  folder: Folder | undefined
  diagnostics: readonly Diagnostic[]
  sources: ReadonlyMap<string, string>
  kept: Kept | undefined
}

/** An earlier reading, without an error. */
export type Before = { sources: ReadonlyMap<string, string>; lists: ReadonlyMap<string, List>; kept: Kept }

/** What is there already: files parsed, and an earlier reading. */
export type Given = { parsed?: Parsed | undefined; before?: Before | undefined }

/**
 * Read a rules folder: rule files and lists, in the order of their paths by code unit.
 *
 * Never throws: everything wrong is in the diagnostics, sorted by file and place. Files that are neither are
 * ignored. The answer is the same with `before` and without; but what is still the same has the very rules and texts
 * that it had then, and so what was made of them. A generator that pauses after each piece of work, so that its caller
 * can let others run. Pure.
 */
export function* readFolder(
  files: readonly SourceFile[],
  { parsed = () => undefined, before }: Given = {},
): Generator<undefined, ReadFolder> {
  const sources = new Map<string, string>()
  const place = placesIn(sources)
  const shared = { names: new FolderNames(), place, parsed, before: before?.lists ?? new Map() }
  const opened: Opened[] = []
  for (const file of inOrder(files).filter(isOurs)) {
    const decoded = decode(file)
    sources.set(file.file, decoded.source.text)
    opened.push(yield* open(decoded, { ...shared, findings: new Findings(), uses: new Set() }, before))
    yield
  }
  const definitions = definitionsOf(opened)
  if (before !== undefined && !isSame(definitions, before.kept.definitions)) yield* openKept(opened)
  for (const { read, reading } of opened) {
    if (read !== undefined) readNames(read, reading)
    yield
  }
  const { names } = shared
  const findings = new Findings()
  yield* names.checkConditions(findings)
  const kept: Kept = { files: yield* readRules(opened), definitions }
  const all = [...kept.files.values()]
  const [rules, cases] = [all.flatMap(file => file.rules), all.flatMap(file => file.cases)]
  for (const { uses } of all) names.useAll(uses)
  yield
  for (const { reading } of opened) {
    for (const each of reading.findings.diagnostics) findings.add(each)
    yield
  }
  const read = rules.flatMap(({ rule }) => rule ?? [])
  const ids = rules.flatMap(({ id }) => id ?? [])
  yield
  yield* checkFolder({ rules: read, isWhole: read.length === rules.length, cases, ids, names, place }, findings)
  yield
  const diagnostics = withReasons(findings.diagnostics, sources)
  if (hasErrors(diagnostics)) return { folder: undefined, diagnostics, sources, kept: undefined }
  return { folder: { rules: read, cases, lists: names.lists as Folder['lists'] }, diagnostics, sources, kept }
}

function inOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

/** One of our files: its top level read, or what it came to before, or, while nobody knows which of the two, both. */
type Opened = { decoded: Decoded; reading: Reading; read: RuleFile | undefined; kept: KeptFile | undefined }

/** Read a file as far as it stands alone, unless that is known: names may be needed by others all the same. */
function* open(decoded: Decoded, reading: Reading, before: Before | undefined): Generator<undefined, Opened> {
  const { file, text } = decoded.source
  const kept = before?.sources.get(file) === text ? before.kept.files.get(file) : undefined
  const isKnown = kept !== undefined && before?.kept.definitions.has(file) === false
  return { decoded, reading, kept, read: isKnown ? undefined : yield* readFile(decoded, reading) }
}

function definitionsOf(opened: readonly Opened[]): Kept['definitions'] {
  return new Map(
    opened.flatMap(({ decoded: { source }, read }) => {
      const text = definitionsIn(source, read)
      return text === undefined ? [] : [[source.file, text] as const]
    }),
  )
}

/** Read what was taken to be known: names are not what they were. */
function* openKept(opened: readonly Opened[]): Generator<undefined> {
  for (const each of opened) {
    if (each.kept !== undefined && each.read === undefined) each.read = yield* readFile(each.decoded, each.reading)
    each.kept = undefined
    yield
  }
}

/** What each rule file comes to. */
function* readRules(opened: readonly Opened[]): Generator<undefined, ReadonlyMap<string, KeptFile>> {
  const files = new Map<string, KeptFile>()
  for (const { decoded, reading, read, kept } of opened) {
    const { file } = decoded.source
    if (!isRuleFile(file)) continue
    const { findings, uses } = reading
    for (const each of kept?.diagnostics ?? []) findings.add(each)
    const { rules, cases } = kept ?? (read === undefined ? nothing : yield* readRulesOf(read, reading))
    files.set(file, kept ?? { rules, cases, diagnostics: findings.diagnostics, uses })
    yield
  }
  return files
}

const nothing: FileRules = { rules: [], cases: [] }

function* readRulesOf(file: RuleFile, reading: Reading): Generator<undefined, FileRules> {
  const nodes = ruleNodes(file, reading)
  const isTold = tellMissingCallback(nodes, file, reading)
  checkShared(file)
  const rules: ReadRule[] = []
  for (const node of nodes) {
    const read = readRule(node, file.context)
    if (!read.isNamed) reading.names.addUnreadableName('rule')
    rules.push(read)
    yield
  }
  return { rules, cases: isTold ? [] : readFileCases(file) }
}

/** The rules of a file as they stand. */
function ruleNodes({ entries, context }: RuleFile, { findings, names }: Reading): readonly Node[] {
  const section = entries.get('rules')?.value
  if (section === undefined) return []
  const { text } = context.scope
  const nodes = asList(section, '"rules"', findings, rulesAdvice(section, text))
  if (nodes === undefined) names.addUnreadableName('rule')
  return joinDashes(nodes ?? [], ruleEntry, { reporter: findings, text })
}

/** A file is told once that its rules lack a callback. */
function tellMissingCallback(nodes: readonly Node[], { context }: RuleFile, { findings }: Reading): boolean {
  if (context.callbacks !== undefined) return false
  const lacking = nodes.find(node => node.kind === 'map' && !node.entries.some(({ key }) => key === 'callback'))
  if (lacking?.kind !== 'map') return false
  const span = lacking.entries.find(({ key }) => key === 'rule')?.value.span ?? headOf(lacking)
  const hint = 'Write callback: beforeSetGroupMemberInfo (or another) at the top of the file'
  findings.error('missing-key', span, 'Nothing says which callback this rule decides', hint)
  return true
}

/** The condition of a file is checked even where no rule needs it. */
function checkShared({ context }: RuleFile): void {
  const { callbacks, scope } = context
  if (callbacks !== undefined && callbacks.length > 0) context.when({ ...scope, callbacks })
}
