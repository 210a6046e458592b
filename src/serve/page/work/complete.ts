import type { Callback } from '../../../callbacks/callback.ts'
import { callbacks, findCallback } from '../../../callbacks/catalogue.ts'
import { meaningAt, offersAt } from '../../../language/complete/offers.ts'
import { type NamesInFolder, namesIn } from '../../../language/folder/names-defined.ts'
import { schemaOf } from '../../../language/schema/schema.ts'
import type { Schema } from '../../../language/schema/shapes.ts'
import { type Cursor, cursorAt } from '../../../yaml/cursor.ts'
import { decode } from '../../../yaml/decode.ts'
import type { SourceFile } from '../../../yaml/source.ts'

/** A place in a file; line and column are 1-based. */
type PlaceInFile = { file: string; line: number; column: number }

/** What could be written at a place, from the same vocabulary that rules are read by; columns are 1-based. */
export function complete(files: readonly SourceFile[], place: PlaceInFile): Record<string, unknown> {
  const found = schemaAt(files, place)
  if (found === undefined) return { from: place.column, to: place.column, offers: [] }
  const { cursor, schema } = found
  return { from: cursor.from + 1, to: cursor.to + 1, offers: offersAt(schema, cursor) }
}

/** What the word at a place means. */
export function meaningOf(files: readonly SourceFile[], place: PlaceInFile): Record<string, unknown> {
  const found = schemaAt(files, place)
  const told = found && meaningAt(found.schema, found.cursor)
  if (found === undefined || told === undefined) {
    return { from: place.column, to: place.column, meaning: null, example: null }
  }
  return { from: found.cursor.from + 1, to: found.cursor.to + 1, ...told }
}

function schemaAt(
  files: readonly SourceFile[],
  { file, line, column }: PlaceInFile,
): { cursor: Cursor; schema: Schema } | undefined {
  const source = files.find(each => each.file === file)
  if (source === undefined) return undefined
  const { text } = decode(source).source
  const cursor = cursorAt(text, line - 1, column - 1)
  return cursor && { cursor, schema: schemaFor(callbacksAt(text, cursor), namesOf(files)) }
}

/** The callbacks that a part of a file is for: those that it names, else those of the file, else all. */
function callbacksAt(text: string, { part }: Cursor): readonly Callback[] {
  const own = /^\s+(?:- )?callback:(.*)$/m.exec(part)?.[1]
  const ofFile = /^callback:(.*)$/m.exec(text)?.[1]
  const named = [...(own ?? ofFile ?? '').matchAll(/[A-Za-z]+/g)].flatMap(([name]) => findCallback(name) ?? [])
  return named.length === 0 ? callbacks : named
}

let last: { key: string; schema: Schema } | undefined

function schemaFor(chosen: readonly Callback[], names: NamesInFolder): Schema {
  const key = JSON.stringify([chosen.map(({ name }) => name), names])
  if (last?.key !== key) last = { key, schema: schemaOf(chosen, names) }
  return last.schema
}

/** Files do not change: the names of each are found once. */
const found = new WeakMap<SourceFile, NamesInFolder>()

function namesOf(files: readonly SourceFile[]): NamesInFolder {
  const all = files.map(file => {
    const names = found.get(file) ?? namesIn([file])
    found.set(file, names)
    return names
  })
  const nouns = ['list', 'date', 'condition', 'code', 'counter', 'rule'] as const
  const merged = nouns.map(noun => [noun, [...new Set(all.flatMap(names => names[noun]))].sort()] as const)
  return Object.fromEntries(merged) as Record<(typeof nouns)[number], string[]>
}
