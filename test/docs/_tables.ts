import { beforeSetGroupMemberInfo } from '../../src/callbacks/before-set-group-member-info.ts'
import { steps, type Word, words } from '../../src/language/vocabulary.ts'

/** The tables of rules/README.md, by the name of their markers. */
export const tables: Record<string, string> = {
  fields: table(
    ['field', 'what it is', 'kind', 'can be rewritten'],
    beforeSetGroupMemberInfo.fields.map(({ name, about, kind, rewrite }) => [
      name,
      about,
      kind,
      rewrite ? 'yes' : 'no',
    ]),
  ),
  words: table(
    ['word', 'holds when', 'for', 'example'],
    (words as readonly Word[])
      .filter(({ runsNotYet }) => runsNotYet !== true)
      .map(({ name, meaning, kinds, example }) => [name, meaning, kinds.join(', '), code(example)]),
  ),
  steps: table(
    ['step', 'what it does', 'example'],
    steps.map(step => [step.name, step.meaning, code(step.example)]),
  ),
}

/** A text with each table between its markers made anew. */
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
