import { readAllText } from './all-text.ts'
import type { Callback } from './callback.ts'
import { contentOfText, readMessageText, writeMessageText } from './message-text.ts'

/** The fields that are worked out, and those that they are worked out from. */
const [textName, allName, contentName, typeName] = ['message text', 'all text', 'content', 'contentType'] as const

/** Values of a call with what is worked out from them: the texts of a message. Pure. */
export function withDerived<V>(callback: Callback, values: ReadonlyMap<string, V>): ReadonlyMap<string, V | string> {
  if (!callback.fields.some(({ origin }) => origin === 'message text')) return values
  const all = new Map<string, V | string>(values)
  const [content, type] = [values.get(contentName), values.get(typeName)]
  const text = readMessageText(content, type)
  setOrDelete(all, textName, text)
  setOrDelete(all, allName, readAllText(content, type, text))
  return all
}

function setOrDelete<V>(values: Map<string, V | string>, name: string, text: string | null): void {
  if (text === null) values.delete(name)
  else values.set(name, text)
}

/**
 * The values of a call after one of them was set, with all derived values updated.
 *
 * A text is set inside `content`; in a message without one, nothing changes.
 */
export function withValue<V>(
  callback: Callback,
  values: ReadonlyMap<string, V | string>,
  name: string,
  value: V | string,
): ReadonlyMap<string, V | string> {
  if (name !== textName) return withDerived(callback, new Map(values).set(name, value))
  const content = writeMessageText(values.get(contentName), values.get(typeName), String(value))
  return content === null ? values : withDerived(callback, new Map(values).set(contentName, content))
}

/**
 * Completes the values of a made-up call: a message given only by its text gets the other fields, as a text message if
 * its type is not given.
 */
export function withImplied<V>(
  callback: Callback,
  values: ReadonlyMap<string, V>,
): ReadonlyMap<string, V | string | number> {
  const text = values.get(textName) ?? values.get(allName)
  if (typeof text !== 'string' || values.has(contentName)) return withDerived(callback, values)
  const type = values.get(typeName) ?? plainText
  const content = contentOfText(type, text)
  const whole =
    content === null
      ? values
      : new Map<string, V | string | number>(values).set(typeName, type).set(contentName, content)
  return withDerived(callback, whole)
}

/** Text messages. openimsdk/protocol constant.go: Text. */
const plainText = 101
