import { columnOf } from '../../yaml/columns.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import { isFlow } from '../../yaml/layout.ts'
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import {
  type CodePlace,
  codeMeant,
  groupedCode,
  keyedCode,
  listedCode,
  swapAdvice,
  swapped,
  withoutCode,
} from '../advice/code-meant.ts'
import { keys } from '../vocabulary.ts'
import type { FileContext } from './file-context.ts'
import { type Entries, type MappingForm, type Misplaced, readMapping, required } from './mapping.ts'
import { type Draft, lookUp, type NamedCode, type Scope } from './scope.ts'
import { asText, describeNode, inBraces } from './shape.ts'
import { checkDraft, readBraces } from './template.ts'
import { isPointed } from './value.ts'

/** A code where it is used: a number, or a code name. Undefined if invalid (reported). */
export function readCode(node: Node, scope: Scope, place: CodePlace = 'alone'): NamedCode | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || /^\d+$/.test(node.value)) {
    return readNumber(node, scope.reporter, place)
  }
  const { value, span } = node
  const isKnown = scope.names.codes.has(value) || scope.names.isUncertain('code', value)
  const meant = isKnown ? undefined : (groupedCode(node) ?? codeMeant(node, place))
  if (meant !== undefined) {
    const message = `A code must be a number from 5000 to 9999, got ${describeNode(node)}`
    const isGlued = /#/.test(value) && !/\s/.test(value)
    const hint = isGlued ? `${meant.hint}, and a space before a #` : meant.hint
    scope.reporter.error('bad-code', span, message, { ...meant, hint })
    return undefined
  }
  if (/\s/.test(value) && !isKnown) {
    const written = `{ code: 5001, message: ${inBraces(node)} }`
    const fixes = place === 'refusal' ? [replacing(span, written)] : []
    scope.reporter.error('unknown-code', span, `There is no code "${value}"`, {
      hint: `Write ${written} for a message`,
      fixes,
    })
    return undefined
  }
  const advice = 'Or write a number from 5000 to 9999'
  return lookUp(scope.names.codes, value, span, scope, { code: 'unknown-code', noun: 'code', title: 'Codes', advice })
}

/** A code with its texts where it is used; its own texts override those of the name. */
export function readCodeWithTexts(node: Node, scope: Scope): NamedCode | undefined {
  if (node.kind !== 'map') return readCode(node, scope, 'refusal')
  const form = { ...codeForm(node, '"reject"'), misplaced: (...args: MisplacedArgs) => misplaced(node, ...args) }
  const place = placeIn(node, scope.text)
  return readTexts(node, form, scope, { code: code => readCode(code, scope, place), check: () => {} })
}

/** The text between two entries of a mapping. */
function placeIn(map: MapNode, text: string): CodePlace {
  const [first] = map.entries
  const isLine = first !== undefined && !isFlow(map, text)
  return { between: isLine ? `\n${' '.repeat(columnOf(text, first.keySpan.start))}` : ', ' }
}

type MisplacedArgs = [entry: Entry, all: readonly Entry[]]

function codeForm(node: MapNode, place: string): MappingForm {
  return {
    place,
    keys: keys.code,
    example: '{ code: 5001, message: … }',
    misplaced: (entry, all) => keyedCode(entry, all, node.span),
  }
}

function misplaced(node: MapNode, entry: Entry, all: readonly Entry[]): Misplaced | undefined {
  const isOfRule = keys.rule.some(other => other === entry.key)
  if (isOfRule) return { hint: `It belongs to the rule: indent "${entry.key}" to the level of "reject"` }
  return keyedCode(entry, all, node.span)
}

/** The file that defines a code. */
type CodeFile = { context: FileContext; reporter: Reporter }

/** A code defined under `codes`. The fields in its texts are checked as far as any callback may use them. */
export function readNamedCode({ key, keySpan, value }: Entry, { context, reporter }: CodeFile): NamedCode | undefined {
  if (value.kind === 'scalar' && isReversed(key, value)) {
    const edits = [
      { span: keySpan, text: value.raw },
      { span: value.span, text: key },
    ]
    const hint = `Write ${value.raw}: ${key}`
    const advice = { hint, fixes: [{ label: hint, edits }] }
    reporter.error('bad-code', value.span, 'The name goes before the colon, the code after it', advice)
    return undefined
  }
  if (value.kind !== 'map') return readNumber(value, reporter, 'refusal')
  const check = (draft: Draft) => checkDraft(draft, context.callbacks, reporter)
  const place = placeIn(value, context.scope.text)
  const read = { code: (node: Node) => readNumber(node, reporter, place), check }
  return readTexts(value, codeForm(value, `the code "${key}"`), { reporter, text: context.scope.text }, read)
}

/** Whether a name and its code are swapped, as in `5001: staff-name`. */
export function isReversed(key: string, { value }: ScalarNode): boolean {
  return /^[5-9]\d{3}$/.test(key) && typeof value === 'string' && !/^\d+$/.test(value)
}

function readTexts(
  node: MapNode,
  form: MappingForm,
  { reporter, text: file }: Pick<Scope, 'reporter' | 'text'>,
  read: { code(node: Node): NamedCode | undefined; check(text: Draft): void },
): NamedCode | undefined {
  const entries = readMapping(node, form, reporter)
  if (entries === undefined) return undefined
  const [codeEntry, messageEntry] = [entries.get('code'), entries.get('message')]
  if (codeEntry !== undefined && messageEntry !== undefined && swapped(codeEntry, messageEntry)) {
    const advice = swapAdvice(codeEntry, messageEntry)
    reporter.error('bad-code', codeEntry.value.span, 'The code and the message are swapped', advice)
    return undefined
  }
  const message = readText('message', entries, reporter)
  const detail = readText('detail', entries, reporter)
  for (const text of [message, detail]) if (text !== undefined && text !== 'wrong') read.check(text)
  const found = required(entries, ['code'], { node, form, reporter, advice: withoutCode(node, file) })
  const code = found && read.code(found.code.value)
  if (code === undefined || message === 'wrong' || detail === 'wrong') return undefined
  return { ...code, ...(message && { message }), ...(detail && { detail }) }
}

function readText(key: 'message' | 'detail', entries: Entries, reporter: Reporter): Draft | undefined | 'wrong' {
  const node = entries.get(key)?.value
  if (node === undefined) return undefined
  const text = asText(node, `a ${key}`, reporter, 'Write a single text')
  return text === undefined ? 'wrong' : (readBraces(text, node as ScalarNode, reporter) ?? 'wrong')
}

function readNumber(node: Node, reporter: Reporter, place: CodePlace): NamedCode | undefined {
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  const isWhole = typeof value === 'number' && Number.isInteger(value)
  if (node.kind === 'scalar' && isWhole && value >= 5000 && value <= 9999 && !isPointed(node, false)) {
    return { code: value }
  }
  const message = `A code must be a number from 5000 to 9999, got ${describeNode(node)}`
  reporter.error('bad-code', node.span, message, numberAdvice(node, place))
  return undefined
}

function numberAdvice(node: Exclude<Node, { kind: 'broken' }>, place: CodePlace): Advice {
  const meant = node.kind === 'scalar' ? (groupedCode(node) ?? codeMeant(node, place)) : listedCode(node)
  if (meant !== undefined) return meant
  const isNumber = node.kind === 'scalar' && typeof node.value === 'number'
  return { hint: `Write a number such as 5001${isNumber ? '' : ', or { code: 5001, message: … }'}` }
}
