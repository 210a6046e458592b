import { atOnce, type Steps } from './at-once.ts'
import type { Condition, List } from './condition.ts'
import type { Decoded } from './decode.ts'
import { listNameOf, readListFile } from './list-file.ts'
import { type Entries, type Form, type Misplaced, readMapping } from './mapping.ts'
import type { FolderNames } from './names.ts'
import type { Entry, Node } from './node.ts'
import { isSmallEnough } from './node-size.ts'
import { type PackedYaml, unpack } from './packed-tree.ts'
import type { ShowPlace } from './places.ts'
import { readBounded } from './read-bounded.ts'
import { readCallbacks } from './read-callbacks.ts'
import { defineList } from './read-names.ts'
import type { FileContext } from './read-rule.ts'
import { readZoneName } from './read-zone.ts'
import type { Findings } from './reporter.ts'
import type { FileClock, Scope } from './scope.ts'
import type { Source, SourceFile } from './source.ts'
import { keys } from './vocabulary.ts'
import { type ParsedYaml, parseYaml } from './yaml.ts'

/** One rule file, its top level read. */
export type RuleFile = { context: FileContext; entries: Entries }

/** What came of parsing a file, where that has been done; else it is parsed here. */
export type Parsed = (source: Source) => PackedYaml | undefined

/** What is known of a folder while one of its files is read, and what is found out about that file. */
export type Reading = {
  names: FolderNames
  findings: Findings
  /** The names that the file uses. */
  uses: Set<string>
  place: ShowPlace
  parsed: Parsed
  /** Lists of an earlier reading, by name. */
  before: ReadonlyMap<string, List>
}

/** True for lists and files that hold rules: others in a folder are none of ours. Pure. */
export function isOurs({ file }: SourceFile): boolean {
  return isRuleFile(file) || (listNameOf(file) !== undefined && !isHidden(file))
}

/** Read one of our files as far as it stands alone: a list whole, a rule file's top level. */
export function* readFile(
  { source, diagnostics }: Decoded,
  reading: Reading,
): Generator<undefined, RuleFile | undefined> {
  const { names, findings } = reading
  const listName = listNameOf(source.file)
  for (const diagnostic of diagnostics) findings.add(diagnostic)
  if (listName === undefined) return diagnostics.length > 0 ? giveUp(source, names) : yield* readYaml(source, reading)
  const newline = source.text.indexOf('\n')
  const span = { file: source.file, start: 0, end: newline === -1 ? source.text.length : newline }
  yield* defineList(listName, span, reading, function* () {
    return diagnostics.length > 0 ? undefined : yield* readListFile(listName, source, findings)
  })
  return undefined
}

/** True for the path of a file that holds rules. Pure. */
export function isRuleFile(file: string): boolean {
  return /\.ya?ml$/.test(file) && !isHidden(file)
}

/** Names that begin with a dot are skipped: editors and file systems put their own things there. */
function isHidden(file: string): boolean {
  return file.split('/').some(part => part.startsWith('.'))
}

/** It may define any name that is in it. */
function giveUp({ text }: Source, names: FolderNames): undefined {
  // Of what is too large, there is no text.
  if (text === '') names.addUnread()
  else names.addUnreadable(text)
}

function* readYaml(source: Source, reading: Reading): Generator<undefined, RuleFile | undefined> {
  const { names, findings, parsed } = reading
  const { root, diagnostics } = yield* treeOf(source, parsed(source))
  for (const diagnostic of diagnostics) findings.add(diagnostic)
  // What is broken in the tree, or left out of it, may define names.
  if (diagnostics.some(({ severity }) => severity === 'error')) giveUp(source, names)
  if (root === null) return undefined
  yield
  const before = findings.diagnostics.length
  const file = readTop(root, reading)
  if (findings.diagnostics.length > before) giveUp(source, names)
  return file
}

function* treeOf(source: Source, parsed: PackedYaml | undefined): Generator<undefined, ParsedYaml> {
  if (parsed === undefined) return parseYaml(source)
  const { tree, diagnostics } = parsed
  return { root: tree && (yield* unpack(tree, source)), diagnostics }
}

function readTop(root: Node, { names, findings, uses }: Reading): RuleFile | undefined {
  if (root.kind === 'list') {
    const isList = root.span.file.startsWith('lists/')
    const hint = isList
      ? 'Write the entries one a line, without dashes, in a file that ends in .txt'
      : 'Write rules: above the first dash, and indent what follows'
    const span = { ...root.span, end: root.span.start + 1 }
    findings.error('wrong-shape', span, 'A rule file begins with a key, not with a dash', hint)
    return undefined
  }
  const lone = loneRule(root)
  if (lone !== undefined) {
    const hint = 'Write rules: above it, begin it with a dash, and indent its other lines'
    findings.error('wrong-shape', lone.keySpan, 'This rule stands alone: rules stand in a list under "rules"', hint)
    return undefined
  }
  const entries = readMapping(root, form, findings)
  if (entries === undefined) return undefined
  const [zone, callback, when] = [entries.get('zone'), entries.get('callback'), entries.get('when')]
  const found = zone && readZoneName(zone.value, findings)
  // A key that nobody understands may be the one that seems to be missing.
  const clock: FileClock = { zone: found, isReported: zone !== undefined || entries.isUnclear }
  const none = entries.isUnclear ? [] : undefined
  const callbacks = callback === undefined ? none : readCallbacks(callback.value, findings)
  const isUnclear = root.kind === 'map' && root.entries.some(entry => misplaced(entry) !== undefined)
  const scope = { clock, names: names.usedIn(uses), reporter: findings }
  const context = { scope, callbacks, isUnclear, ...sharedCondition(when) }
  return { entries, context }
}

const form: Form = { place: 'a rule file', keys: keys.file, example: 'callback: beforeSetGroupMemberInfo', misplaced }

/** Where a key belongs that stands at the top of a file. */
function misplaced({ key }: Entry): Misplaced | undefined {
  const isOfRule = key !== 'rule' && keys.rule.some(other => other === key) && !keys.file.some(other => other === key)
  return isOfRule ? { hint: `"${key}" belongs to a rule: indent it as far as "rule"` } : undefined
}

/** The name of a rule that has no list around it. */
function loneRule(root: Node): Entry | undefined {
  if (root.kind !== 'map' || root.entries.some(({ key }) => key === 'rules')) return undefined
  return root.entries.find(({ key, value }) => key === 'rule' && value.kind !== 'list')
}

/** The condition of a file, read once for each set of callbacks. */
function sharedCondition(entry: Entry | undefined): Pick<FileContext, 'when' | 'readyWhen'> {
  if (entry === undefined) return { when: () => undefined }
  const known = new Map<string, Condition | null>()
  const keyOf = ({ callbacks }: Scope) => callbacks.map(callback => callback.name).join(' ')
  const readyWhen = function* (scope: Scope): Steps<Condition | null> {
    const before = known.get(keyOf(scope))
    if (before !== undefined) return before
    yield* scope.names.patterns.ready(entry.value)
    const isSmall = isSmallEnough(entry.value, entry.keySpan, scope.reporter)
    const condition = (isSmall && (yield* readBounded(entry, scope))) || null
    known.set(keyOf(scope), condition)
    return condition
  }
  return { when: scope => atOnce(readyWhen(scope)), readyWhen }
}
