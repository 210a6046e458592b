import type { Callback, Field } from '../callbacks/callback.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import { sampleOf } from '../callbacks/sample.ts'
import { neutralReply, type ReplyBody } from './reply.ts'
import { readCall } from './request.ts'

/** A summary of a callback, for JSON. */
export function toldInShort({ name, command, phase, rejectable, about }: Callback) {
  return { name, command, phase, rejectable, about }
}

/** All details of a callback, for JSON. */
export function toldWhole(callback: Callback) {
  const { formerly, setting, isDead, fields, source } = callback
  const [sample, neutral] = sampleAndReply(callback)
  const more = { formerly, setting, isDead: isDead === true, source, fields: fields.map(fieldDetails) }
  return { ...toldInShort(callback), ...more, sample, neutral }
}

function fieldDetails(field: Field): object {
  const { name, kind, nullable, names, items, rewrite, about } = field
  return {
    name,
    kind,
    nullable,
    rewritable: rewrite !== undefined,
    ...(isNeverSent(field) && { isNeverSent: true }),
    ...(rewrite?.as !== undefined && { answeredAs: rewrite.as }),
    ...(names && { names: Object.fromEntries(names) }),
    ...(items && { items: typeof items === 'string' ? items : items.map(fieldDetails) }),
    about,
  }
}

/** An example request, and the reply that changes nothing. */
export function sampleAndReply(callback: Callback): [Record<string, unknown>, ReplyBody] {
  const sample = sampleOf(callback)
  const { call } = readCall(callback, sample)
  if (call === undefined) throw new Error(`The sample of ${callback.name} cannot be read`)
  return [sample, neutralReply(call)]
}
