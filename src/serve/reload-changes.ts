import type { Rule } from '../language/rule.ts'
import { writtenRule } from '../language/written.ts'
import type { SourceFile } from '../yaml/source.ts'

/** Names of what was added, removed or changed; absent if there are none. Long lists end with a count of the rest. */
export type Changes = { added?: readonly string[]; removed?: readonly string[]; changed?: readonly string[] }

/** How files changed, by their content; undefined if none did. */
export function fileChanges(before: readonly SourceFile[], after: readonly SourceFile[]): Changes | undefined {
  const [olds, news] = [contents(before), contents(after)]
  return changesOf(olds, news, file => !isSameContent(olds.get(file), news.get(file)))
}

/**
 * How rules changed, by their ids; undefined if none did. The place of a rule and its tests are not compared.
 *
 * Yields after each rule that was read again, so that the caller can let other work run.
 */
export function* ruleChanges(before: Iterable<Rule>, after: Iterable<Rule>): Generator<undefined, Changes | undefined> {
  const [olds, news] = [byId(before), byId(after)]
  const changed = new Set<string>()
  for (const [id, rule] of news) {
    const old = olds.get(id)
    if (old === undefined || old === rule) continue
    if (writtenRule(old) !== writtenRule(rule)) changed.add(id)
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

/** An unchanged file usually has the very same content object, even if it was read again. */
function isSameContent(a: Content = '', b: Content = ''): boolean {
  return a === b || (typeof a !== 'string' && typeof b !== 'string' && Buffer.compare(a, b) === 0)
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

/** How many names are shown; to see more, compare the folders. */
const shown = 20

/** The first texts of a list, and how many more there are. */
export function listed(texts: readonly string[]): readonly string[] {
  return texts.length <= shown ? texts : [...texts.slice(0, shown), `and ${texts.length - shown} more`]
}
