import { decode } from '../../yaml/decode.ts'
import type { MapNode, Node } from '../../yaml/node.ts'
import { parseYaml } from '../../yaml/parse.ts'
import type { SourceFile } from '../../yaml/source.ts'
import { listNameOf } from '../read/list-file.ts'
import type { Noun } from '../read/scope.ts'

/** The names of a folder, by kind. */
export type NamesInFolder = Readonly<Record<Noun, readonly string[]>>

/**
 * The names that a folder gives to lists, dates, conditions, codes, counters and rules, in order of code unit.
 *
 * Includes names from files with errors, as far as they can be read: authors need them most while there are errors.
 */
export function namesIn(files: readonly SourceFile[]): NamesInFolder {
  const found = Object.fromEntries(nouns.map(noun => [noun, new Set()])) as Found
  for (const file of files) {
    const listName = listNameOf(file.file)
    if (listName !== undefined) found.list.add(listName)
    else if (/\.ya?ml$/.test(file.file)) addNames(parseYaml(decode(file).source).root, found)
  }
  const inOrder = (noun: Noun) => [...found[noun]].sort((a, b) => (a < b ? -1 : 1))
  return Object.fromEntries(nouns.map(noun => [noun, inOrder(noun)])) as Record<Noun, string[]>
}

const sections = ['list', 'date', 'condition', 'code', 'counter'] as const
const nouns: readonly Noun[] = [...sections, 'rule']

type Found = Record<Noun, Set<string>>

function addNames(root: Node | null, found: Found): void {
  for (const noun of sections) {
    for (const { key } of entriesIn(valueUnder(root, `${noun}s`))) found[noun].add(key)
  }
  const rules = valueUnder(root, 'rules')
  for (const item of rules?.kind === 'list' ? rules.items : []) {
    const id = valueUnder(item, 'rule')
    if (id?.kind === 'scalar' && id.value !== null) found.rule.add(String(id.value))
  }
}

function valueUnder(node: Node | null | undefined, key: string): Node | undefined {
  return entriesIn(node).find(entry => entry.key === key)?.value
}

function entriesIn(node: Node | null | undefined): MapNode['entries'] {
  return node?.kind === 'map' ? node.entries : []
}
