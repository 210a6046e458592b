import type { Callback, Field } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'

/** A callback that matches, and the fields that match words which its name and description do not. */
export type FoundCallback = { callback: Callback; fields: readonly Field[] }

/** The callbacks that match every word by name, field or description; all of them if there are no words. */
export function findCallbacks(words: string): readonly FoundCallback[] {
  const wanted = words.split(/\s+/).filter(word => word !== '')
  return callbacks.flatMap(callback => {
    const others = wanted.filter(word => !isAbout(word, callback))
    const fields = allFields(callback.fields)
    if (!others.every(word => fields.some(field => isAbout(word, field)))) return []
    return [{ callback, fields: fields.filter(field => others.some(word => isAbout(word, field))) }]
  })
}

/** All fields; those of list items are named with their list. */
function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap(field => {
    const { name, items } = field
    const inside = Array.isArray(items) ? (items as readonly Field[]) : []
    return [field, ...inside.map(each => ({ ...each, name: `${each.name} in ${name}` }))]
  })
}

/** Whether a word is anywhere in a name, or starts a word of the description; case and a plural s do not matter. */
function isAbout(word: string, { name, about, ...more }: Callback | Field): boolean {
  const stem = word.toLowerCase().replace(/(?<=...)s$/, '')
  const names = 'names' in more ? [...(more.names?.keys() ?? [])] : []
  const meanings = [about, ...names].join(' ').toLowerCase()
  return name.toLowerCase().includes(stem) || ` ${meanings}`.includes(` ${stem}`)
}
