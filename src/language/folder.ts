import { checkFolder } from './check-folder.ts'
import type { Condition } from './condition.ts'
import { decode } from './decode.ts'
import { type Diagnostic, sortDiagnostics } from './diagnostic.ts'
import { listNameOf, listOf, readListFile } from './list-file.ts'
import { asList, asMapping, asText, type Entries, readMapping } from './mapping.ts'
import { FolderNames } from './names.ts'
import type { Entry, Node, ScalarNode } from './node.ts'
import { readCallbacks } from './read-callbacks.ts'
import { readCases } from './read-cases.ts'
import { readCondition } from './read-condition.ts'
import { readCodeWithTexts } from './read-outcome.ts'
import { type FileContext, readRule } from './read-rule.ts'
import { readZoneName } from './read-time.ts'
import { Findings } from './reporter.ts'
import type { Case, Folder, Rule } from './rule.ts'
import type { Scope } from './scope.ts'
import type { Source, SourceFile, Span } from './source.ts'
import { parseYaml } from './yaml.ts'

/** A folder as far as it could be read; undefined as soon as there is an error. */
export type ReadFolder = {
  folder: Folder | undefined
  diagnostics: readonly Diagnostic[]
  sources: ReadonlyMap<string, string>
}

/** One rule file, its top level read. */
type RuleFile = { context: FileContext; entries: Entries }

/**
 * Read a rules folder: rule files and lists, in the order of their paths by code unit.
 *
 * Never throws: everything wrong is in the diagnostics, sorted by file and place. Files that are neither are
 * ignored. A generator that pauses after each piece of work, so that its caller can let others run. Pure.
 */
export function* readFolder(files: readonly SourceFile[]): Generator<undefined, ReadFolder> {
  const findings = new Findings()
  const names = new FolderNames()
  const sources = new Map<string, string>()
  const roots: { source: Source; root: Node }[] = []
  for (const file of inOrder(files)) {
    const root = readFile(file, sources, names, findings)
    if (root !== undefined) roots.push(root)
    yield
  }
  const ruleFiles = roots.flatMap(({ root }) => readTop(root, names, findings) ?? [])
  for (const { context, entries } of ruleFiles) collectNames(entries, context, names, findings)
  names.checkConditions(findings)
  const rules: (Rule | undefined)[] = []
  const cases: (readonly Case[] | undefined)[] = []
  for (const file of ruleFiles) {
    for (const node of ruleNodes(file, findings)) {
      rules.push(readRule(node, file.context))
      yield
    }
    cases.push(readFileCases(file))
  }
  const ids = ruleFiles.flatMap(idsIn)
  checkFolder(
    { rules: rules.flatMap(rule => rule ?? []), cases: cases.flatMap(found => found ?? []), ids, names },
    findings,
  )
  const diagnostics = sortDiagnostics(findings.diagnostics)
  const folder: Folder = {
    rules: rules as Rule[],
    cases: (cases as (readonly Case[])[]).flat(),
    lists: names.lists as Folder['lists'],
  }
  return { folder: findings.hasErrors() ? undefined : folder, diagnostics, sources }
}

function inOrder(files: readonly SourceFile[]): SourceFile[] {
  return [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

/** Decode a file and parse it when it is a rule file; lists are kept at once. */
function readFile(
  file: SourceFile,
  sources: Map<string, string>,
  names: FolderNames,
  findings: Findings,
): { source: Source; root: Node } | undefined {
  const listName = listNameOf(file.file)
  if (listName === undefined && !/\.ya?ml$/.test(file.file)) return undefined
  const { source, diagnostics } = decode(file)
  sources.set(file.file, source.text)
  for (const diagnostic of diagnostics) findings.add(diagnostic)
  if (listName !== undefined) {
    addListFile(listName, source, diagnostics.length > 0, names, findings)
    return undefined
  }
  const parsed = diagnostics.length > 0 ? { root: null, diagnostics: [] } : parseYaml(source)
  for (const diagnostic of parsed.diagnostics) findings.add(diagnostic)
  if (parsed.root !== null) return { source, root: parsed.root }
  names.addUnreadable(source.text)
  return undefined
}

function addListFile(name: string, source: Source, isWrong: boolean, names: FolderNames, findings: Findings): void {
  const list = readListFile(name, source)
  if (names.lists.has(name)) duplicate('list', name, list.span, findings)
  names.lists.set(name, isWrong ? undefined : list)
}

function readTop(root: Node, names: FolderNames, findings: Findings): RuleFile | undefined {
  if (root.kind === 'list') {
    findings.error(
      'wrong-shape',
      { ...root.span, end: root.span.start + 1 },
      'A rule file begins with a key, not with a dash',
      'Write rules: above the first dash, and indent what follows',
    )
    return undefined
  }
  const entries = readMapping(root, keysOfFile, 'a rule file', findings)
  if (entries === undefined) return undefined
  const callbackEntry = entries.get('callback')
  const zoneEntry = entries.get('zone')
  const whenEntry = entries.get('when')
  const zone = zoneEntry && readZoneName(zoneEntry.value, findings)
  const scope = { zone, names, reporter: findings }
  const callbacks = callbackEntry && readCallbacks(callbackEntry.value, findings)
  return { entries, context: { scope, callbacks, when: sharedCondition(whenEntry) } }
}

const keysOfFile = ['callback', 'when', 'zone', 'codes', 'lists', 'conditions', 'rules', 'tests'] as const

/** The condition of a file, read once for each set of callbacks. */
function sharedCondition(entry: Entry | undefined): FileContext['when'] {
  const read = new Map<string, Condition | null>()
  return scope => {
    if (entry === undefined) return undefined
    const key = scope.callbacks.map(callback => callback.name).join(' ')
    const known = read.get(key)
    if (known !== undefined) return known
    const condition = readCondition(entry.value, scope) ?? null
    read.set(key, condition)
    return condition
  }
}

/** What a file gives a name to: codes, lists, conditions. */
function collectNames(entries: Entries, context: FileContext, names: FolderNames, findings: Findings): void {
  // What a code's texts name is checked where it is used: only a rule knows its callbacks.
  const scope: Scope = { ...context.scope, callbacks: context.callbacks ?? [] }
  for (const entry of entriesOf(entries.get('codes'), '"codes"', findings)) {
    if (names.codes.has(entry.key)) duplicate('code', entry.key, entry.keySpan, findings)
    else names.codes.set(entry.key, readCodeWithTexts(entry.value, `the code "${entry.key}"`, scope))
  }
  for (const entry of entriesOf(entries.get('lists'), '"lists"', findings)) {
    if (names.lists.has(entry.key)) duplicate('list', entry.key, entry.keySpan, findings)
    else names.lists.set(entry.key, readInlineList(entry, findings))
  }
  for (const { key, keySpan, value } of entriesOf(entries.get('conditions'), '"conditions"', findings)) {
    if (names.sources.has(key)) duplicate('condition', key, keySpan, findings)
    else names.sources.set(key, value.kind === 'broken' ? undefined : { node: value, file: context })
  }
}

function entriesOf(entry: Entry | undefined, place: string, findings: Findings): readonly Entry[] {
  return (entry && asMapping(entry.value, place, findings)?.entries) ?? []
}

function duplicate(noun: string, name: string, span: Span, findings: Findings): void {
  findings.error('duplicate-name', span, `There is a ${noun} "${name}" already`, `Give this ${noun} another name`)
}

function readInlineList({ key, keySpan, value }: Entry, findings: Findings): ReturnType<typeof listOf> | undefined {
  const items = asList(value, `the list "${key}"`, findings, 'Write [a, b] or one entry a line, each after a dash')
  if (items === undefined) return undefined
  if (items.length === 0) {
    findings.error('empty', value.span, `The list "${key}" is empty`, 'Put at least one entry in it')
    return undefined
  }
  const texts = items.map(item => asText(item, 'an entry of a list', findings))
  if (texts.some(text => text === undefined)) return undefined
  const entries = (items as ScalarNode[]).map((item, at) => ({ text: (texts[at] as string).trim(), span: item.span }))
  return listOf(key, entries, keySpan)
}

/** The rules of a file as they stand. A file whose rules lack a callback is told so once. */
function ruleNodes({ entries, context }: RuleFile, findings: Findings): readonly Node[] {
  const entry = entries.get('rules')
  const nodes = (entry && asList(entry.value, '"rules"', findings, 'Begin each rule with a dash: - rule: …')) ?? []
  const lacking = nodes.find(node => node.kind === 'map' && !node.entries.some(({ key }) => key === 'callback'))
  if (context.callbacks === undefined && lacking?.kind === 'map') {
    const span = lacking.entries.find(({ key }) => key === 'rule')?.value.span ?? lacking.span
    const hint = 'Write callback: beforeSetGroupMemberInfo (or another) at the top of the file'
    findings.error('missing-key', span, 'Nothing says which callback this rule decides', hint)
  }
  return nodes
}

/** The ids in a file, those of rules with mistakes included: such a rule exists. */
function idsIn({ entries }: RuleFile): { id: string; span: Span }[] {
  const node = entries.get('rules')?.value
  return (node?.kind === 'list' ? node.items : []).flatMap(item => {
    const value = item.kind === 'map' ? item.entries.find(({ key }) => key === 'rule')?.value : undefined
    return value?.kind === 'scalar' && typeof value.value === 'string' ? [{ id: value.value, span: value.span }] : []
  })
}

function readFileCases({ entries, context }: RuleFile): readonly Case[] | undefined {
  const entry = entries.get('tests')
  if (entry === undefined) return []
  if (context.callbacks !== undefined) {
    return context.callbacks.length === 0
      ? undefined
      : readCases(entry.value, { ...context.scope, callbacks: context.callbacks })
  }
  const hint = 'Write callback: beforeSetGroupMemberInfo (or another) at the top of the file'
  context.scope.reporter.error('missing-key', entry.keySpan, 'Nothing says which callback these tests are for', hint)
  return undefined
}
