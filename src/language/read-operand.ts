import type { List, Operand, Scalar } from './condition.ts'
import { type FieldRef, kindName } from './field.ts'
import { asText, shapeOf } from './mapping.ts'
import type { Node, ScalarNode } from './node.ts'
import { readPattern } from './pattern.ts'
import { lookUp, type Scope } from './scope.ts'
import type { Span } from './source.ts'
import { suggest } from './suggest.ts'
import type { OperandKind } from './vocabulary.ts'

/**
 * What stands after a test word, typed by the field; what is wrong with it is reported, and the result is undefined.
 *
 * Not for `words`, `item` and `items`: those hold tests themselves.
 */
export function readOperand(kind: OperandKind, node: Node, field: FieldRef, scope: Scope): Operand | undefined {
  if (node.kind === 'broken') return undefined
  switch (kind) {
    case 'true':
      return readTrue(node, scope)
    case 'value':
      return wrap(readValue(node, field, scope), value => ({ kind: 'value', value }))
    case 'text':
      return wrap(readSomeText(node, scope), value => ({ kind: 'value', value }))
    case 'values':
      return readValues(node, field, scope)
    case 'texts':
      return readTexts(node, scope)
    case 'pattern':
      return readPatternOperand(node, scope)
    case 'count':
      return wrap(readCount(node, scope), value => ({ kind: 'number', value }))
    case 'number':
      return wrap(readNumber(node, field, scope), value => ({ kind: 'number', value }))
    case 'range':
      return readRange(node, field, scope)
    case 'host':
      return readHosts(node, scope)
    case 'words':
    case 'item':
    case 'items':
      return undefined
  }
}

/** One value of a field's kind: a text, a number, an enum's name or number, true or false. */
export function readValue(node: Node, field: FieldRef, scope: Scope): Scalar | undefined {
  if (node.kind === 'broken') return undefined
  const { kind, text } = field
  if (node.kind !== 'scalar') {
    scope.reporter.error('wrong-shape', node.span, `"${text}" takes one value here, and this is ${shapeOf(node)}`)
    return undefined
  }
  if (kind === 'text' || kind === 'id' || kind === 'url' || kind === 'json')
    return asText(node, `"${text}"`, scope.reporter)
  if (kind === 'part') return readPartValue(node, scope)
  if (kind === 'flag') return readFlag(node, field, scope)
  if (kind === 'list') {
    const hint = 'Use any item, every item or how many'
    scope.reporter.error('wrong-kind', node.span, `"${text}" is a list, not one value`, hint)
    return undefined
  }
  return readNumber(node, field, scope)
}

/** The texts of a literal list, or the shared texts of a named one. */
export function readTexts(node: Node, scope: Scope): Operand | undefined {
  if (node.kind === 'list') {
    const values = readItems(node.items, node.span, scope, item => asText(item, 'an entry', scope.reporter))
    return wrap(values, texts => ({ kind: 'values', values: texts }))
  }
  return wrap(readListName(node, scope), list => ({ kind: 'values', values: list.texts, list }))
}

/** A whole number, 0 or more. */
export function readCount(node: Node, scope: Scope): number | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isInteger(node.value) && node.value >= 0) {
    return node.value
  }
  const hint = isDigits(node) ? `Write ${node.value}` : undefined
  scope.reporter.error('wrong-value', node.span, `A whole number must stand here, and this is ${shapeOf(node)}`, hint)
  return undefined
}

function readTrue(node: Node, scope: Scope): Operand | undefined {
  if (node.kind === 'scalar' && node.value === true) return { kind: 'none' }
  const no = node.kind === 'scalar' && (node.value === false || isTruthWord(node, noWords))
  const hint = no ? 'Put not in front: { not: { …: true } }' : 'Write true'
  scope.reporter.error('wrong-value', node.span, `Only true can stand here, and this is ${shapeOf(node)}`, hint)
  return undefined
}

function readSomeText(node: Node, scope: Scope): string | undefined {
  const text = asText(node, 'what is searched for', scope.reporter)
  if (text !== '') return text
  scope.reporter.error('empty', node.span, 'Every text contains an empty one', 'Write is: "" for a text that is empty')
  return undefined
}

function readValues(node: Node, field: FieldRef, scope: Scope): Operand | undefined {
  if (node.kind === 'list') {
    const values = readItems(node.items, node.span, scope, item => readValue(item, field, scope))
    return wrap(values, found => ({ kind: 'values', values: found }))
  }
  const list = readListName(node, scope)
  if (list === undefined) return undefined
  const isText = field.kind !== 'enum' && field.kind !== 'integer' && field.kind !== 'flag'
  if (isText) return { kind: 'values', values: list.texts, list }
  const values = list.entries.map(({ text, span }) => readValue(entryNode(text, span), field, scope))
  return values.some(value => value === undefined) ? undefined : { kind: 'values', values: values as Scalar[], list }
}

/** A list's entry where a number or truth value is wanted, as if it stood in YAML. */
function entryNode(text: string, span: Span): ScalarNode {
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text
  return { kind: 'scalar', value, raw: text, style: 'plain', span }
}

function readItems<T>(
  items: readonly Node[],
  span: Span,
  scope: Scope,
  read: (item: Node) => T | undefined,
): T[] | undefined {
  if (items.length === 0) {
    scope.reporter.error('empty', span, 'This list is empty, so nothing is ever in it', 'Put at least one entry in it')
    return undefined
  }
  const values = items.map(read)
  return values.some(value => value === undefined) ? undefined : (values as T[])
}

function readListName(node: Node, scope: Scope): List | undefined {
  const name = asText(node, 'the name of a list', scope.reporter)
  if (name === undefined) return undefined
  const advice = `Or write the entries here: [${name}, …]`
  const unknown = { code: 'unknown-list', noun: 'list', title: 'Lists', advice } as const
  return lookUp(scope.names.lists, name, node.span, scope, unknown)
}

function readPatternOperand(node: Node, scope: Scope): Operand | undefined {
  const source = readSomeText(node, scope)
  if (source === undefined) return undefined
  const pattern = readPattern(source)
  if (!('problem' in pattern)) return { kind: 'pattern', pattern }
  scope.reporter.error('bad-pattern', node.span, `The pattern ${pattern.problem}`, pattern.hint)
  return undefined
}

function readNumber(node: Node, field: FieldRef, scope: Scope): number | undefined {
  if (node.kind === 'broken') return undefined
  const names = field.kind === 'enum' ? field.field.names : undefined
  if (node.kind === 'scalar') {
    if (typeof node.value === 'number' && Number.isFinite(node.value)) return node.value
    const named = typeof node.value === 'string' ? names?.get(node.value) : undefined
    if (named !== undefined) return named
  }
  const wanted = names === undefined ? 'a number' : `one of ${[...names.keys()].join(', ')}, or a number`
  const message = `"${field.text}" is compared with ${wanted}, and this is ${shapeOf(node)}`
  scope.reporter.error('wrong-value', node.span, message, numberHint(node, names))
  return undefined
}

function numberHint(node: Node, names: ReadonlyMap<string, number> | undefined): string | undefined {
  if (isDigits(node)) return `Write ${node.value}`
  if (names === undefined) return undefined
  const written = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
  return suggest(written, [...names.keys()], 'Names')
}

function readRange(node: Node, field: FieldRef, scope: Scope): Operand | undefined {
  if (node.kind !== 'list' || node.items.length !== 2) {
    scope.reporter.error(
      'wrong-shape',
      node.span,
      'Two values must stand here: the lowest and the highest',
      'Write [2, 24]',
    )
    return undefined
  }
  const [low, high] = node.items.map(item => readNumber(item, field, scope))
  if (low === undefined || high === undefined) return undefined
  if (low <= high) return { kind: 'range', low, high }
  scope.reporter.error('wrong-value', node.span, `Nothing is between ${low} and ${high}`, `Write [${high}, ${low}]`)
  return undefined
}

function readPartValue(node: ScalarNode, scope: Scope): Scalar | undefined {
  if (node.value !== null) return node.value
  scope.reporter.error('wrong-value', node.span, 'Nothing is never equal to nothing', 'Write absent')
  return undefined
}

const noWords = ['no', 'off', 'n']
const yesWords = ['yes', 'on', 'y']

function isTruthWord(node: ScalarNode, truthWords: readonly string[]): boolean {
  return typeof node.value === 'string' && truthWords.includes(node.value.toLowerCase())
}

function readFlag(node: ScalarNode, field: FieldRef, scope: Scope): boolean | undefined {
  if (typeof node.value === 'boolean') return node.value
  const meant = isTruthWord(node, noWords) ? 'false' : isTruthWord(node, yesWords) ? 'true' : 'true or false'
  const message = `"${field.text}" is ${kindName('flag')}, and this is ${shapeOf(node)}`
  scope.reporter.error('unquoted-truth', node.span, message, `Write ${meant}`)
  return undefined
}

function readHosts(node: Node, scope: Scope): Operand | undefined {
  if (node.kind === 'list') {
    const hosts = readItems(node.items, node.span, scope, item => readHost(item, scope))
    return wrap(hosts, found => ({ kind: 'hosts', hosts: found }))
  }
  const name = asText(node, 'a host', scope.reporter)
  if (name === undefined) return undefined
  if (!scope.names.lists.has(name)) {
    const host = hostOf(name)
    if (host !== undefined) return { kind: 'hosts', hosts: [host] }
  }
  const advice = 'A host has a dot, as in cdn.example.com'
  const unknown = { code: 'unknown-list', noun: 'list or host', title: 'Lists', advice } as const
  const list = lookUp(scope.names.lists, name, node.span, scope, unknown)
  if (list === undefined) return undefined
  const hosts = list.entries.map(({ text, span }) => readHost(entryNode(text, span), scope, text))
  return hosts.some(host => host === undefined) ? undefined : { kind: 'hosts', hosts: hosts as string[] }
}

function readHost(node: Node, scope: Scope, entry?: string): string | undefined {
  const text = entry ?? asText(node, 'a host', scope.reporter)
  if (text === undefined) return undefined
  const host = hostOf(text)
  if (host !== undefined) return host
  const bare = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(text)?.[1]
  const hint = bare === undefined ? 'A host has a dot, as in cdn.example.com' : `Write ${bare}`
  scope.reporter.error('wrong-value', node.span, `"${text}" is no host`, hint)
  return undefined
}

/**
 * A host as the URL parser writes it: lower case, ASCII, no final dot; undefined when the text is no host.
 *
 * A leading `*.` says what holds anyway: subdomains count.
 */
function hostOf(text: string): string | undefined {
  const bare = text.startsWith('*.') ? text.slice(2) : text
  const isAddress6 = /^\[[0-9a-fA-F:.]+\]$/.test(bare)
  const looksLikeHost = bare.includes('.') || bare.toLowerCase() === 'localhost'
  if (!isAddress6 && (!looksLikeHost || /[\s/?#@\\:]/.test(bare))) return undefined
  return URL.canParse(`http://${bare}/`) ? new URL(`http://${bare}/`).hostname.replace(/\.$/, '') : undefined
}

function isDigits(node: Node): node is ScalarNode & { value: string } {
  return node.kind === 'scalar' && typeof node.value === 'string' && /^-?\d{1,15}$/.test(node.value)
}

function wrap<T>(value: T | undefined, make: (value: T) => Operand): Operand | undefined {
  return value === undefined ? undefined : make(value)
}
