import type { Decoded } from '../../yaml/decode.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { isSmallEnough } from '../../yaml/node-size.ts'
import { parseYaml } from '../../yaml/parse.ts'
import type { Source, SourceFile } from '../../yaml/source.ts'
import { atOnce, type Steps } from '../../yaml/steps.ts'
import { withFieldChoices } from '../advice/empty-field.ts'
import { withSecondCount } from '../advice/two-counts.ts'
import type { Condition } from '../condition.ts'
import type { FolderNames } from '../folder/names.ts'
import { readBounded } from './bounded.ts'
import { readCallbacks } from './callbacks.ts'
import type { FileContext, RuleFile } from './file-context.ts'
import { fileForm, isLost, loneRule, refuseDashes, refuseLone } from './file-keys.ts'
import { readLanguage } from './language.ts'
import { listNameOf, readListFile } from './list-file.ts'
import { readMapping } from './mapping.ts'
import { defineList } from './names.ts'
import { readProtected } from './protect.ts'
import type { Reading } from './reading.ts'
import type { FileClock, Scope } from './scope.ts'
import { readZoneName } from './zone.ts'

/** True for lists and rule files: other files in a folder are ignored. */
export function isOurs({ file }: Pick<SourceFile, 'file'>): boolean {
  return isRuleFile(file) || (listNameOf(file) !== undefined && !isHidden(file))
}

/** Reads as much of a file as needs no other file: a list completely, a rule file's top level. */
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

/** True for the path of a rule file. */
export function isRuleFile(file: string): boolean {
  return /\.ya?ml$/.test(file) && !isHidden(file)
}

/** Names that start with a dot are skipped: editors and file systems create such files. */
function isHidden(file: string): boolean {
  return file.split('/').some(part => part.startsWith('.'))
}

/** It may define any name that is in it. */
function giveUp({ text }: Source, names: FolderNames): undefined {
  // A file that is too large has no text.
  if (text === '') names.addUnread()
  else names.addUnreadable(text)
}

function* readYaml(source: Source, reading: Reading): Generator<undefined, RuleFile | undefined> {
  const { names, findings, parsed } = reading
  const known = parsed(source)
  const { root, diagnostics } = known === undefined ? parseYaml(source) : yield* known
  for (const diagnostic of diagnostics)
    findings.add(withSecondCount(withFieldChoices(diagnostic, root, source.text), source.text))
  // What is broken in the tree, or left out of it, may define names.
  if (diagnostics.some(({ severity }) => severity === 'error')) giveUp(source, names)
  if (root === null) return undefined
  yield
  const before = findings.diagnostics.length
  const file = readTop(root, source.text, reading)
  if (findings.diagnostics.length > before) giveUp(source, names)
  return file
}

function readTop(root: Node, text: string, { names, findings, uses }: Reading): RuleFile | undefined {
  if (root.kind === 'list') return refuseDashes(root, text, findings)
  const lone = loneRule(root)
  if (lone !== undefined && root.kind === 'map') return refuseLone(lone, root, text, findings)
  const entries = readMapping(root, fileForm(text), findings)
  if (entries === undefined) return undefined
  const [zone, callback, when] = [entries.get('zone'), entries.get('callback'), entries.get('when')]
  const found = zone && readZoneName(zone.value, findings)
  const stated = entries.get('language')
  const language = stated && readLanguage(stated.value, findings)
  const protect = entries.get('protect')
  const protects = protect === undefined ? [] : readProtected(protect.value, findings)
  // An unknown key may be the one that seems to be missing.
  const clock: FileClock = { zone: found, isReported: zone !== undefined || entries.isUnclear }
  const none = entries.isUnclear ? [] : undefined
  const callbacks = callback === undefined ? none : readCallbacks(callback.value, findings)
  const isUnclear = root.kind === 'map' && root.entries.some(isLost)
  const scope = { clock, names: names.usedIn(uses), reporter: findings, text }
  for (const { name } of protects) scope.names.use('list', name)
  const context = { scope, callbacks, isUnclear, ...sharedCondition(when) }
  return { entries, context, protects, ...(language && { language }) }
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
