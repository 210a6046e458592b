import type { Rule } from '../language/rule.ts'
import type { SourceFile } from '../yaml/source.ts'

/** Names of what is new, gone or not what it was; absent where there is none. Of each, some and how many more. */
export type Changes = { added?: readonly string[]; removed?: readonly string[]; changed?: readonly string[] }

/** What became of files, by their content; undefined where nothing did. Pure. */
export function fileChanges(before: readonly SourceFile[], after: readonly SourceFile[]): Changes | undefined {
  const [olds, news] = [contents(before), contents(after)]
  return changesOf(olds, news, file => !isSameContent(olds.get(file), news.get(file)))
}

/**
 * What became of rules, by their ids; undefined where nothing did. Where a rule stands and its tests are not compared.
 *
 * Pauses after each rule that was read again, so that its caller can let others run. Pure.
 */
export function* ruleChanges(before: Iterable<Rule>, after: Iterable<Rule>): Generator<undefined, Changes | undefined> {
  const [olds, news] = [byId(before), byId(after)]
  const changed = new Set<string>()
  for (const [id, rule] of news) {
    const old = olds.get(id)
    if (old === undefined || old === rule) continue
    if (written(old) !== written(rule)) changed.add(id)
    yield
  }
  return changesOf(olds, news, id => changed.has(id))
}

type Content = SourceFile['content']

function contents(files: readonly SourceFile[]): ReadonlyMap<string, Content> {
  return new Map(files.map(({ file, content }) => [file, content]))
}

function byId(rules: Iterable<Rule>): ReadonlyMap<string, Rule> {
  return new Map(Array.from(rules, rule => [rule.id, rule]))
}

/** A file that was read again and not changed has its old content most of the time, the very same. */
function isSameContent(a: Content = '', b: Content = ''): boolean {
  return a === b || (typeof a !== 'string' && typeof b !== 'string' && Buffer.compare(a, b) === 0)
}

/** A rule as text, without its places and tests. What the catalogue knows and what is in a list goes by its name. */
function written(rule: Rule): string {
  return JSON.stringify(rule, (key, value) => {
    if (key === 'span' || key === 'cases') return undefined
    if (key === 'callbacks') return (value as Rule['callbacks']).map(({ command }) => command)
    if (key === 'field') return value.text
    if (key === 'pattern') return value.source
    if (value instanceof Set) return [...value]
    return value?.list === undefined ? value : value.list.name
  })
}

function changesOf(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  isChanged: (name: string) => boolean,
): Changes | undefined {
  const names = {
    added: [...after.keys()].filter(name => !before.has(name)),
    removed: [...before.keys()].filter(name => !after.has(name)),
    changed: [...after.keys()].filter(name => before.has(name) && isChanged(name)),
  }
  const found = Object.entries(names).filter(([, { length }]) => length > 0)
  return found.length === 0 ? undefined : Object.fromEntries(found.map(([what, all]) => [what, listed(all)]))
}

/** Whoever needs to see more of them asks the status, or compares the folders. */
const shown = 20

/** The first of some texts, and how many more there are. Pure. */
export function listed(texts: readonly string[]): readonly string[] {
  return texts.length <= shown ? texts : [...texts.slice(0, shown), `and ${texts.length - shown} more`]
}
