import { checkFolder } from './check-folder.ts'
import type { List } from './condition.ts'
import { type Diagnostic, hasErrors } from './diagnostic.ts'
import { FolderNames } from './names.ts'
import type { Node } from './node.ts'
import { placesIn } from './places.ts'
import { readFileCases } from './read-cases.ts'
import { type Parsed, type Reading, type RuleFile, readFile } from './read-file.ts'
import { readNames } from './read-names.ts'
import { type ReadRule, readRule } from './read-rule.ts'
import { withReasons } from './reasons.ts'
import { Findings } from './reporter.ts'
import type { Case, Folder } from './rule.ts'
import { asList, headOf } from './shape.ts'
import type { SourceFile } from './source.ts'

/** A folder as far as it could be read; undefined as soon as there is an error. */
export type ReadFolder = {
  folder: Folder | undefined
  diagnostics: readonly Diagnostic[]
  sources: ReadonlyMap<string, string>
}

/** Its files parsed, and the lists of an earlier reading, by name: those that are still the same are kept. */
export type Given = { parsed?: Parsed | undefined; before?: ReadonlyMap<string, List> | undefined }

/**
 * Read a rules folder: rule files and lists, in the order of their paths by code unit.
 *
 * Never throws: everything wrong is in the diagnostics, sorted by file and place. Files that are neither are
 * ignored. `before` are lists of an earlier reading: of one that is still the same its texts are kept, and so what was
 * made of them. A generator that pauses after each piece of work, so that its caller can let others run. Pure.
 */
export function* readFolder(
  files: readonly SourceFile[],
  { parsed = () => undefined, before = new Map() }: Given = {},
): Generator<undefined, ReadFolder> {
  const sources = new Map<string, string>()
  const place = placesIn(sources)
  const reading: Reading = { sources, names: new FolderNames(), findings: new Findings(), place, parsed, before }
  const ruleFiles: RuleFile[] = []
  for (const file of inOrder(files)) {
    ruleFiles.push(...[(yield* readFile(file, reading)) ?? []].flat())
    yield
  }
  for (const file of ruleFiles) {
    readNames(file, reading)
    yield
  }
  yield* reading.names.checkConditions(reading.findings)
  const { rules, cases, isWhole } = yield* readRules(ruleFiles, reading)
  const ids = rules.flatMap(({ id }) => id ?? [])
  const read = rules.flatMap(({ rule }) => rule ?? [])
  yield* checkFolder({ rules: read, isWhole, cases, ids, names: reading.names, place: reading.place }, reading.findings)
  yield
  const diagnostics = withReasons(reading.findings.diagnostics, sources)
  const folder: Folder = { rules: read, cases, lists: reading.names.lists as Folder['lists'] }
  return { folder: hasErrors(diagnostics) ? undefined : folder, diagnostics, sources }
}

function inOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

type Rules = { rules: readonly ReadRule[]; cases: readonly Case[]; isWhole: boolean }

/** The rules of all files and the cases of files. `isWhole` is false when a rule could not be read. */
function* readRules(files: readonly RuleFile[], reading: Reading): Generator<undefined, Rules> {
  const rules: ReadRule[] = []
  const cases: Case[] = []
  for (const file of files) {
    const nodes = ruleNodes(file, reading)
    const isTold = tellMissingCallback(nodes, file, reading)
    checkShared(file)
    for (const node of nodes) {
      const read = readRule(node, file.context)
      if (!read.isNamed) reading.names.addUnreadableName('rule')
      rules.push(read)
      yield
    }
    if (!isTold) cases.push(...readFileCases(file))
  }
  return { rules, cases, isWhole: rules.every(({ rule }) => rule !== undefined) }
}

/** The rules of a file as they stand. */
function ruleNodes({ entries }: RuleFile, { findings, names }: Reading): readonly Node[] {
  const section = entries.get('rules')?.value
  if (section === undefined) return []
  const first = section.kind === 'map' ? section.entries[0] : undefined
  const name = first?.value.kind === 'map' ? `${first.key}, and its other lines below` : '…'
  const nodes = asList(section, '"rules"', findings, `Begin each rule with a dash: - rule: ${name}`)
  if (nodes === undefined) names.addUnreadableName('rule')
  return nodes ?? []
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
