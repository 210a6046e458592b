import { findCallback } from '../callbacks/catalogue.ts'
import { readMessageText } from '../callbacks/message-text.ts'
import { namedIn } from '../callbacks/named.ts'
import type { Example } from '../impact/example.ts'

/** A text that somebody wrote: the name of its field, or '' for the text of a message. */
export type Said = { field: string; text: string }

/** What people wrote in a call: the text of a message, then fields that are texts. */
export function saidIn({ callback, call }: Pick<Example, 'callback' | 'call'>): readonly Said[] {
  const fields = findCallback(callback)?.fields ?? []
  const said = fields.flatMap(({ name, kind, origin }) => {
    const value = Object.hasOwn(call, name) ? call[name] : undefined
    if (origin !== undefined || namedIn(name) !== undefined || typeof value !== 'string' || value === '') return []
    if (name !== 'content') return kind === 'text' ? [{ field: name, text: value }] : []
    const text = readMessageText(value, call.contentType)
    return text === null ? [] : [{ field: '', text }]
  })
  return said.sort((a, b) => Number(a.field !== '') - Number(b.field !== ''))
}
