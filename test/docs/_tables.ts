import type { Field } from '../../src/callbacks/callback.ts'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { beforeSetGroupMemberInfo } from '../../src/callbacks/group-members.ts'
import { partsOf } from '../../src/language/field.ts'
import { meanings, partMeanings } from '../../src/language/schema/meanings.ts'
import { steps, type Word, words } from '../../src/language/vocabulary.ts'

/** The tables of rules/README.md, by the name of their markers. */
export const tables: Record<string, string> = {
  keys: table(
    ['key', 'what it says', 'example'],
    Object.entries(meanings.rule)
      .filter(([key]) => key !== 'conditions' && key !== 'event')
      .map(([key, { meaning, example }]) => [`\`${key}\``, meaning, code(example)]),
  ),
  fields: table(
    ['field', 'what it is', 'kind', 'can be rewritten'],
    beforeSetGroupMemberInfo.fields.map(({ name, about, kind, rewrite }) => [
      name,
      about,
      kind,
      rewrite ? 'yes' : 'no',
    ]),
  ),
  parts: table(
    ['part', 'of', 'what it is'],
    Object.entries(partMeanings).map(([part, meaning]) => [part, kindsWith(part), meaning]),
  ),
  callbacks: table(
    ['callback', 'it is sent', 'rewrite can name'],
    callbacks
      .filter(({ phase }) => phase === 'before')
      .map(({ name, about, fields }) => [name, about, rewritable(fields) || 'nothing']),
  ),
  'callbacks that come after': table(
    ['callback', 'it is sent'],
    callbacks.filter(({ phase }) => phase === 'after').map(({ name, about }) => [name, about]),
  ),
  words: table(
    ['word', 'holds when', 'for', 'example'],
    (words as readonly Word[]).map(({ name, meaning, kinds, example }) => [
      name,
      meaning,
      kinds.join(', '),
      code(example),
    ]),
  ),
  'keys of how often': keysTable('how often'),
  'keys of a counter': keysTable('counter'),
  'keys of an earlier call': keysTable('earlier'),
  steps: table(
    ['step', 'what it does', 'example'],
    steps.map(step => [step.name, step.meaning, code(step.example)]),
  ),
}

/** The keys of a section, with their meanings. */
function keysTable(section: 'how often' | 'counter' | 'earlier'): string {
  return table(
    ['key', 'what it says', 'example'],
    Object.entries(meanings[section]).map(([key, { meaning, example }]) => [`\`${key}\``, meaning, code(example)]),
  )
}

/** The kinds of field that have a part; the text of a message also has what the callback says of it. */
function kindsWith(part: string): string {
  if (part === 'mentions') return 'the text of a message'
  const all = beforeSetGroupMemberInfo.fields.filter(field => partsOf(field).includes(part))
  return [...new Set(all.map(({ kind }) => kind))].join(', ')
}

/** The names of the fields that an answer can change; those of items after their list. */
function rewritable(fields: readonly Field[]): string {
  return fields
    .filter(({ rewrite }) => rewrite !== undefined)
    .map(({ name, items }) => (typeof items === 'object' ? `${name} (of each: ${rewritable(items)})` : name))
    .join(', ')
}

/** A text with each table between its markers generated again. */
export function withTables(text: string): string {
  return Object.entries(tables).reduce((current, [name, made]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
    const before = current.slice(0, current.indexOf(start) + start.length)
    return `${before}\n${made}\n${current.slice(current.indexOf(end))}`
  }, text)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}
