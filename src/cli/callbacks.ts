import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import type { Callback, Field } from '../callbacks/callback.ts'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import { sampleOf } from '../callbacks/sample.ts'
import { suggest } from '../language/suggest.ts'
import { neutralReply, type ReplyBody } from '../protocol/reply.ts'
import { readCall } from '../protocol/request.ts'
import { type ExitCode, type Io, UsageError } from './io.ts'

/** Print every callback, or all about one: its fields, a request and the answer that changes nothing. */
export function listCallbacks(name: string | undefined, json: boolean, io: Io): ExitCode {
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  if (name === undefined) {
    io.out(json ? `${JSON.stringify({ callbacks: callbacks.map(toldInShort) }, null, 2)}\n` : listed(colors))
    return 0
  }
  const callback = findCallback(name)
  if (callback === undefined) {
    const names = callbacks.map(each => each.name)
    throw new UsageError(`There is no callback "${name}". ${suggest(name, names, 'Callbacks')}`)
  }
  io.out(json ? `${JSON.stringify(toldWhole(callback), null, 2)}\n` : shown(callback, colors))
  return 0
}

const titles = {
  before: 'Before these the IM server asks; rules refuse and rewrite:',
  after: 'After these it tells; rules in mode shadow watch:',
}

function toldInShort({ name, command, phase, rejectable, about }: Callback) {
  return { name, command, phase, rejectable, about }
}

function toldWhole(callback: Callback) {
  const { formerly, setting, isDead, fields, source } = callback
  const [sample, neutral] = exampleOf(callback)
  const more = { formerly, setting, isDead: isDead === true, source, fields: fields.map(toldField) }
  return { ...toldInShort(callback), ...more, sample, neutral }
}

function toldField({ name, kind, nullable, names, items, rewrite, origin, about }: Field): object {
  return {
    name,
    kind,
    nullable,
    rewritable: rewrite !== undefined,
    ...(origin === 'answer' && { isNeverSent: true }),
    ...(names && { names: Object.fromEntries(names) }),
    ...(items && { items: typeof items === 'string' ? items : items.map(toldField) }),
    about,
  }
}

/** A request and the answer that changes nothing. */
function exampleOf(callback: Callback): [Record<string, unknown>, ReplyBody] {
  const sample = sampleOf(callback)
  const { call } = readCall(callback, sample)
  if (call === undefined) throw new Error(`The sample of ${callback.name} cannot be read`)
  return [sample, neutralReply(call)]
}

function listed(colors: Colors): string {
  const width = Math.max(...callbacks.map(({ name }) => name.length))
  const blocks = (['before', 'after'] as const).map(phase => {
    const own = callbacks.filter(callback => callback.phase === phase)
    return [colors.bold(titles[phase]), ...own.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`)].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function shown(callback: Callback, colors: Colors): string {
  const { name, about, fields, source } = callback
  const [sample, neutral] = exampleOf(callback)
  const blocks = [
    [`${colors.bold(name)}: ${about}`, ...factsOf(callback).map(fact => `  ${fact}`), colors.dim(`  ${source}`)],
    [colors.bold('Fields:'), ...rowsOf(fields, '  ')],
    [colors.bold('A request:'), JSON.stringify(sample, null, 2)],
    [colors.bold('The answer that changes nothing:'), JSON.stringify(neutral, null, 2)],
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function factsOf({ command, formerly, setting, phase, isDead }: Callback): string[] {
  const once = formerly.length > 0 ? ` (older servers: ${formerly.join(', ')})` : ''
  return [
    `${command}${once}`,
    ...(setting === undefined ? [] : [`${setting} in the webhooks.yml of the IM server turns it on`]),
    phase === 'after' ? 'It has happened: rules can only watch, in mode shadow' : 'Rules can refuse it',
    ...(isDead ? ['No server is known to send it'] : []),
  ]
}

function rowsOf(fields: readonly Field[], indent: string): string[] {
  const width = Math.max(...fields.map(({ name }) => name.length))
  const kindWidth = Math.max(...fields.map(field => kindOf(field).length))
  return fields.flatMap(field => {
    const { name, about, names, items } = field
    const inside = `${indent}  ${' '.repeat(width)}`
    const row = `${indent}${name.padEnd(width)}  ${kindOf(field).padEnd(kindWidth)}  ${about}${markOf(field)}`
    const named =
      names === undefined ? [] : [`${inside}${[...names].map(([each, number]) => `${each} ${number}`).join(', ')}`]
    return [row, ...named, ...(Array.isArray(items) ? rowsOf(items, `${indent}    `) : [])]
  })
}

function markOf({ rewrite, origin }: Field): string {
  if (rewrite === undefined) return ''
  if (origin === 'answer') return ' (never sent, can be set)'
  return rewrite.onlyIfPresent ? ' (can be rewritten where it is sent)' : ' (can be rewritten)'
}

function kindOf({ kind, items }: Field): string {
  return kind !== 'list' ? kind : typeof items === 'string' ? `list of ${items}` : 'list, of each:'
}
