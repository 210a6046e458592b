import { findCallback } from '../../../callbacks/catalogue.ts'
import { keys } from '../../../language/vocabulary.ts'
import { decode } from '../../../yaml/decode.ts'
import { addRule } from '../../../yaml/format.ts'
import type { SourceFile } from '../../../yaml/source.ts'
import type { Worked } from '../asks.ts'

type NewRule = { callback: string; written: Readonly<Record<string, unknown>> }

/** Writes a rule into the file for its callback, or into a new one: the new text of that file. */
export function writeNewRule(files: readonly SourceFile[], { callback: name, written }: NewRule): Worked {
  const callback = findCallback(name)
  if (callback === undefined) return { status: 404, problem: `There is no callback "${name}"` }
  const home = files.find(source => isFor(callback.name, source))
  const file = home?.file ?? freeName(callback.name, files)
  const before = home === undefined ? `callback: ${callback.name}\nrules: []\n` : decode(home).source.text
  const known = (keys.rule as readonly string[]).filter(key => Object.hasOwn(written, key))
  const text = addRule(before, Object.fromEntries(known.map(key => [key, written[key]])))
  if (text === undefined) return { status: 409, problem: `${file} cannot have rules as it is` }
  const line = text.split('\n').findLastIndex(each => each.includes(`rule: ${String(written.rule)}`)) + 1
  return { body: { file, line, content: text } }
}

/** Whether rules of a file are for this callback alone, without a condition that is added to each of them. */
function isFor(name: string, source: SourceFile): boolean {
  if (!/\.ya?ml$/.test(source.file)) return false
  const { text } = decode(source).source
  return new RegExp(`^callback: *${name} *(?:#.*)?$`, 'm').test(text) && !/^when:/m.test(text)
}

/** `set-group-member-info.yaml`, with a number if that is taken. */
function freeName(callback: string, files: readonly SourceFile[]): string {
  const words = callback.replace(/^before/, '').replaceAll(/(?<=.)[A-Z]/g, letter => `-${letter}`)
  const taken = new Set(files.map(({ file }) => file))
  for (let nth = 1; ; nth += 1) {
    const name = `${words.toLowerCase()}${nth === 1 ? '' : `-${nth}`}.yaml`
    if (!taken.has(name)) return name
  }
}
