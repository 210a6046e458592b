import type { Callback, Field } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'

/** A callback that words are about, and the fields that show it where its own name and meaning do not. */
export type FoundCallback = { callback: Callback; fields: readonly Field[] }

/** The callbacks that every one of some words is about, by name, field or meaning; all of them for no words. Pure. */
export function findCallbacks(words: string): readonly FoundCallback[] {
  const wanted = words.split(/\s+/).filter(word => word !== '')
  return callbacks.flatMap(callback => {
    const others = wanted.filter(word => !isAbout(word, callback))
    const fields = allFields(callback.fields)
    if (!others.every(word => fields.some(field => isAbout(word, field)))) return []
    return [{ callback, fields: fields.filter(field => others.some(word => isAbout(word, field))) }]
  })
}

/** Fields, those of items with the list that they stand in. */
function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap(field => {
    const { name, items } = field
    const inside = Array.isArray(items) ? (items as readonly Field[]) : []
    return [field, ...inside.map(each => ({ ...each, name: `${each.name} in ${name}` }))]
  })
}

/** Anywhere in a name, and where a word of the meaning begins, in one letter case, one or many. */
function isAbout(word: string, { name, about, ...more }: Callback | Field): boolean {
  const stem = word.toLowerCase().replace(/(?<=...)s$/, '')
  const names = 'names' in more ? [...(more.names?.keys() ?? [])] : []
  const meanings = [about, ...names].join(' ').toLowerCase()
  return name.toLowerCase().includes(stem) || ` ${meanings}`.includes(` ${stem}`)
}
