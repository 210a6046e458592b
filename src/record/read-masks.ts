import type { Callback, Field } from '../callbacks/callback.ts'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import { namingFields } from '../callbacks/named.ts'
import { nearest, suggestion } from '../language/advice/suggest.ts'
import { readMapping } from '../language/read/mapping.ts'
import { asMapping, asWritten } from '../language/read/shape.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { Entry, MapNode } from '../yaml/node.ts'
import { parseYaml } from '../yaml/parse.ts'
import { Findings, type Reporter } from '../yaml/reporter.ts'
import type { Source } from '../yaml/source.ts'
import type { FieldMasks, Mask } from './masks.ts'

/** The masks of a file by callback, or what is wrong with it. */
export type MasksRead =
  | { ok: true; of: (callback: Callback) => FieldMasks }
  | { ok: false; diagnostics: readonly Diagnostic[] }

/**
 * Reads the operator's file of masks: for `all callbacks` or one callback, what is kept of which field.
 *
 * A callback's own mask wins over `all callbacks`, and a field's over `every user` and `every group`, which stand for
 * all ids of users or groups. Conversations go with users, since their ids hold those of users. Never throws.
 */
export function readMasks(source: Source): MasksRead {
  const { root, diagnostics } = parseYaml(source)
  const reporter = new Findings()
  reporter.addAll({ diagnostics, left: undefined })
  const sections = new Map<string, FieldMasks>()
  const entries = root === null ? undefined : readMapping(root, fileForm, reporter)
  for (const [key, entry] of entries ?? []) {
    const map = asMapping(entry.value, `the masks of "${key}"`, reporter, 'Write userID: hash')
    if (map !== undefined) sections.set(nameOf(key), readSection(key, map, reporter))
  }
  const errors = reporter.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return { ok: false, diagnostics: reporter.diagnostics }
  return { ok: true, of: callback => masksOf(callback, sections) }
}

const everywhere = 'all callbacks'

/** The words that stand for several fields, and what those name. */
const groupsOfFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['every user', ['user', 'conversation']],
  ['every group', ['group', 'conversation']],
])

const fileForm = {
  place: 'a file of masks',
  keys: [everywhere, ...callbacks.map(({ name }) => name)],
  example: 'all callbacks: { userID: hash }',
}

function nameOf(key: string): string {
  return findCallback(key)?.name ?? key
}

function readSection(key: string, { entries }: MapNode, reporter: Reporter): FieldMasks {
  const callback = findCallback(key)
  const known = new Map((callback === undefined ? callbacks : [callback]).flatMap(each => pathsOf(each)))
  const masks = new Map<string, Mask>()
  for (const entry of entries) {
    const mask = readMask(entry, reporter)
    const kinds = known.get(entry.key)
    if (!groupsOfFields.has(entry.key) && kinds === undefined) {
      const where = callback === undefined ? 'No callback' : `"${callback.name}"`
      const has = callback === undefined ? 'has' : 'does not have'
      const all = [...groupsOfFields.keys(), ...known.keys()]
      const same = all.find(name => name.toLowerCase() === entry.key.toLowerCase())
      const hint = suggestion(same ?? nearest(entry.key, all), all, 'Fields')
      reporter.error('unknown-field', entry.keySpan, `${where} ${has} a field "${entry.key}"`, hint)
    } else if (mask === 'hash' && kinds !== undefined && !hashable(kinds)) {
      const message = `"${entry.key}" is not a text, so its hash could be guessed`
      reporter.error('wrong-kind', entry.value.span, message, 'Write keep or drop')
    } else if (mask !== undefined) masks.set(entry.key, mask)
  }
  return masks
}

function readMask({ key, value }: Entry, reporter: Reporter): Mask | undefined {
  const hint = 'Write keep, hash or drop'
  const written = asWritten(value, `the mask of "${key}"`, reporter, hint)
  if (written === undefined || written === 'keep' || written === 'hash' || written === 'drop') return written
  reporter.error('unknown-word', value.span, `There is no mask "${written}"`, hint)
  return undefined
}

/** The fields that may be masked, `list.field` for those of list items, with their kinds. */
function pathsOf({ fields }: Callback): [string, string][] {
  return fields.flatMap(({ name, kind, items }): [string, string][] => {
    if (!Array.isArray(items)) return [[name, typeof items === 'string' ? items : kind]]
    const inItems = (items as readonly Field[]).map((item): [string, string] => [`${name}.${item.name}`, item.kind])
    return [[name, 'objects'], ...inItems]
  })
}

function hashable(kind: string): boolean {
  return ['text', 'id', 'url', 'json'].includes(kind)
}

function masksOf(callback: Callback, sections: ReadonlyMap<string, FieldMasks>): FieldMasks {
  const found = new Map<string, Mask>()
  const own = new Set(pathsOf(callback).map(([path]) => path))
  for (const section of [sections.get(everywhere), sections.get(callback.name)]) {
    for (const [word, named] of groupsOfFields) {
      const mask = section?.get(word)
      if (mask === undefined) continue
      for (const { name, item, named: kind } of namingFields(callback)) {
        const path = item === undefined ? name : `${name}.${item}`
        if (named.includes(kind)) found.set(path, stricter(kind, found.get(path), mask))
      }
    }
    // That id comes in a header, too, whatever the callback.
    for (const [path, mask] of section ?? []) if (own.has(path) || path === 'operationID') found.set(path, mask)
  }
  return found
}

/** A conversation is under both words, and one of them must not undo the other. */
function stricter(kind: string, one: Mask | undefined, other: Mask): Mask {
  if (kind !== 'conversation' || one === undefined || one === 'keep') return other
  return other === 'keep' ? one : one === 'drop' ? one : other
}
