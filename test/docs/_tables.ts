import type { Field } from '../../src/callbacks/callback.ts'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { beforeSetGroupMemberInfo } from '../../src/callbacks/group-members.ts'
import { partsOf } from '../../src/language/field.ts'
import { meanings, partMeanings } from '../../src/language/schema/meanings.ts'
import { steps, type Word, words } from '../../src/language/vocabulary.ts'

/** What a text in a table is: the head of a column, a kind of field, or anything else. */
export type SaidAs = 'heads' | 'kinds' | 'texts'

/** How a page says what is English in the vocabulary. Without `as`, it is one of the `texts`. */
export type Say = (english: string, as?: SaidAs) => string

/** The tables of a chapter for rule authors, by the name of their markers. */
export function tablesOf(say: Say): Record<string, string> {
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    tableOf([head.map(each => say(each, 'heads')), ...rows])
  const keys = (section: 'rule' | 'how often' | 'counter' | 'earlier', but: readonly string[] = []) =>
    table(
      ['key', 'what it says', 'example'],
      Object.entries(meanings[section])
        .filter(([key]) => !but.includes(key))
        .map(([key, { meaning, example }]) => [code(key), say(meaning), code(example)]),
    )
  return {
    keys: keys('rule', ['conditions', 'event']),
    fields: table(
      ['field', 'what it is', 'kind', 'can be rewritten'],
      beforeSetGroupMemberInfo.fields.map(({ name, about, kind, rewrite }) => [
        name,
        say(about),
        say(kind, 'kinds'),
        say(rewrite ? 'yes' : 'no'),
      ]),
    ),
    parts: table(
      ['part', 'of', 'what it is'],
      Object.entries(partMeanings).map(([part, meaning]) => [part, kindsAs(say, kindsWith(part)), say(meaning)]),
    ),
    callbacks: table(
      ['callback', 'it is sent', 'rewrite can name'],
      callbacks
        .filter(({ phase }) => phase === 'before')
        .map(({ name, about, fields }) => [name, say(about), rewritable(fields, say) || say('nothing')]),
    ),
    'callbacks that come after': table(
      ['callback', 'it is sent'],
      callbacks.filter(({ phase }) => phase === 'after').map(({ name, about }) => [name, say(about)]),
    ),
    words: table(
      ['word', 'holds when', 'for', 'example'],
      (words as readonly Word[]).map(({ name, meaning, kinds, example }) => [
        name,
        say(meaning),
        kindsAs(say, kinds),
        code(example),
      ]),
    ),
    'keys of how often': keys('how often'),
    'keys of a counter': keys('counter'),
    'keys of an earlier call': keys('earlier'),
    steps: table(
      ['step', 'what it does', 'example'],
      steps.map(({ name, meaning, example }) => [name, say(meaning), code(example)]),
    ),
  }
}

/** The kinds of field that have a part; the text of a message also has what the callback says of it. */
function kindsWith(part: string): readonly string[] {
  if (part === 'mentions') return ['the text of a message']
  const all = beforeSetGroupMemberInfo.fields.filter(field => partsOf(field).includes(part))
  return [...new Set(all.map(({ kind }) => kind))]
}

/** The names of the fields that an answer can change; those of items after their list. */
function rewritable(fields: readonly Field[], say: Say): string {
  return fields
    .filter(({ rewrite }) => rewrite !== undefined)
    .map(({ name, items }) =>
      typeof items === 'object'
        ? `${name}${say(' (of each: FIELDS)').replace('FIELDS', rewritable(items, say))}`
        : name,
    )
    .join(say(', '))
}

/** A page with each of its tables between markers generated again. */
export function withTables(page: string, say: Say): string {
  return Object.entries(tablesOf(say)).reduce((current, [name, made]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
    const before = current.slice(0, current.indexOf(start) + start.length)
    return `${before}\n${made}\n${current.slice(current.indexOf(end))}`
  }, page)
}

function kindsAs(say: Say, kinds: readonly string[]): string {
  return kinds.map(kind => say(kind, 'kinds')).join(say(', '))
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}
