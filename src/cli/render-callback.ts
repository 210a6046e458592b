import type { Colors } from 'picocolors/types.js'
import type { Callback, Field } from '../callbacks/callback.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import { sampleAndReply } from '../protocol/told-callback.ts'
import { hang } from './wrap.ts'

/** The colours and the width of the output. */
export type Page = { colors: Colors; columns: number }

/** One callback in detail, for people. Ends with a line break. */
export function renderCallback(callback: Callback, page: Page): string {
  const { name, about, fields, source } = callback
  const { colors } = page
  const [sample, neutral] = sampleAndReply(callback)
  const blocks = [
    [`${colors.bold(name)}: ${about}`, ...factsOf(callback).map(fact => `  ${fact}`), colors.dim(`  ${source}`)],
    [colors.bold('Fields:'), ...rowsOf(fields, '  ', page)],
    [colors.bold('Example request:'), JSON.stringify(sample, null, 2)],
    [colors.bold('Reply that changes nothing:'), JSON.stringify(neutral, null, 2)],
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function factsOf({ command, formerly, setting, phase, isDead, fields }: Callback): string[] {
  const once = formerly.length > 0 ? ` (older servers: ${formerly.join(', ')})` : ''
  return [
    `${command}${once}`,
    ...(setting === undefined ? [] : [`Enabled by ${setting} in webhooks.yml of the IM server`]),
    phase === 'after' ? 'Sent after the fact: rules can only watch it, in mode shadow' : canDo(fields),
    ...(isDead ? ['No known server sends it'] : []),
  ]
}

function canDo(fields: readonly Field[]): string {
  const some = fields.some(({ rewrite }) => rewrite !== undefined)
  return some ? 'Rules can reject it, and rewrite the fields marked below' : 'Rules can reject it, but not rewrite it'
}

function rowsOf(fields: readonly Field[], indent: string, page: Page): string[] {
  const width = Math.max(...fields.map(({ name }) => name.length))
  const kindWidth = Math.max(...fields.map(field => kindOf(field).length))
  return fields.flatMap(field => {
    const { name, about, names, items } = field
    const head = `${indent}${name.padEnd(width)}  ${kindOf(field).padEnd(kindWidth)}  `
    const numbers = [...(names ?? [])].map(([each, number]) => `${each} ${number}`).join(', ')
    return [
      hang(head, `${about}${markOf(field)}`, page.columns),
      ...(numbers === '' ? [] : [hang(' '.repeat(head.length), numbers, page.columns)]),
      ...(Array.isArray(items) ? rowsOf(items, `${indent}    `, page) : []),
    ]
  })
}

/** Notes on a field, in parentheses. */
function markOf(field: Field): string {
  const marks = [sentMark(field), rewriteMark(field)].filter(mark => mark !== undefined)
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`
}

function sentMark(field: Field): string | undefined {
  if (!isNeverSent(field)) return undefined
  return field.neverSent === 'empty text' ? 'always ""' : 'never sent'
}

function rewriteMark(field: Field): string | undefined {
  const { rewrite, names } = field
  if (rewrite === undefined) return undefined
  if (isNeverSent(field)) return 'can be set'
  if (rewrite.onlyIfPresent) return 'can be rewritten if it is sent'
  const only = [...(names ?? [])].filter(([, number]) => rewrite.only?.includes(number)).map(([name]) => name)
  return only.length === 0 ? 'can be rewritten' : `can be rewritten to ${only.join(' or ')}`
}

function kindOf({ kind, items }: Field): string {
  return kind !== 'list' ? kind : typeof items === 'string' ? `list of ${items}` : 'list of objects'
}
