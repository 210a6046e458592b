import { write } from '../../yaml/fix.ts'
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { adviceForStep, isValueAsItStands, stepExample } from '../advice/step-meant.ts'
import { suggestAt } from '../advice/suggested.ts'
import { type FieldRef, kindName } from '../field.ts'
import { itemFields } from '../item.ts'
import type { RewriteStep } from '../rule.ts'
import { findStep, keys, type Step, type StepName, steps } from '../vocabulary.ts'
import { readEachItem } from './each-item.ts'
import { readKindMask, readKindStep, readSign } from './kind-step.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import { readTexts } from './operand.ts'
import { readMaskPattern, readReplacePattern } from './pattern-step.ts'
import { readReplaceWords } from './replace-words-step.ts'
import type { Scope } from './scope.ts'
import { eachItemHint, readSet } from './set.ts'
import { asText, describeNode, refuseBare } from './shape.ts'
import { readCount } from './value.ts'

/** The position of a step: its field, and whether it is the only one, without a list around it. */
export type StepPlace = { field: FieldRef; isAlone: boolean; scope: Scope }

type NamedStep = Step & { name: StepName }

const stepNames = steps.map(step => step.name)

/**
 * One rewrite step of a field; undefined if invalid (reported).
 *
 * A text that is not the name of a step is an error; otherwise a misspelt step would become everybody's name. Only a
 * text that cannot be a step is the value to set.
 */
export function* readStep(node: Node, place: StepPlace): Steps<RewriteStep | undefined> {
  switch (node.kind) {
    case 'broken':
      return undefined
    case 'list': {
      const message = `Expected a single step, got ${describeNode(node)}`
      place.scope.reporter.error('wrong-shape', node.span, message, 'Write all steps in one list')
      return undefined
    }
    case 'scalar':
      return yield* readNamed(node, place)
    case 'map':
      return yield* readWithOperand(node, place)
  }
}

function* readNamed(node: ScalarNode, place: StepPlace): Steps<RewriteStep | undefined> {
  const { value, span } = node
  const { field, isAlone, scope } = place
  const step = typeof value === 'string' ? findStep(value) : undefined
  if (step?.operand === 'none') return readPlain(step, span, place)
  if (step?.operand === 'kind') return isForTexts(step.name, span, place) ? readKindStep(step.name) : undefined
  if (step !== undefined) {
    scope.reporter.error('wrong-shape', span, `The step "${value}" needs a value`, `Write ${stepExample(step)}`)
    return undefined
  }
  if (isAlone && typeof value !== 'string' && value !== null && isTextual(field)) {
    refuseBare(node, `"${field.text}"`, scope.reporter, write(span, `{ set: "${node.raw}" }`))
    return undefined
  }
  if (isAlone && (typeof value !== 'string' || isValueAsItStands(value, field))) return yield* readSet(node, place)
  scope.reporter.error('unknown-word', span, `There is no step "${value}"`, adviceForStep(node, place))
  return undefined
}

function* readWithOperand(node: MapNode, place: StepPlace): Steps<RewriteStep | undefined> {
  const { reporter } = place.scope
  const [entry, second] = node.entries.filter(({ key }) => findStep(key) !== undefined)
  if (entry === undefined) return refuseStep(node, place)
  const step = findStep(entry.key) as NamedStep
  if (second !== undefined) {
    const hint = 'Write a list of steps, as in [trim, { cut to: 24 }]'
    reporter.error('wrong-shape', second.keySpan, `"${second.key}" is a second step beside "${entry.key}"`, hint)
    return undefined
  }
  const beside = node.entries.find(other => other !== entry && !(step.name.startsWith('mask ') && other.key === 'with'))
  if (beside !== undefined) {
    const message = `"${beside.key}" does not belong beside "${step.name}"`
    const inside = `Write it inside: each item: { ${beside.key}: … }`
    const hint = step.name === 'each item' ? inside : `Write ${stepExample(step)}`
    reporter.error('unknown-key', beside.keySpan, message, hint)
    return undefined
  }
  if (step.name === 'mask links') return readMaskOfLinks(entry, node, place)
  if (step.operand === 'none') {
    reporter.error('wrong-shape', entry.keySpan, `The step "${step.name}" takes no value`, `Write ${step.name}`)
    return undefined
  }
  if (step.name === 'each item') return yield* readEachItem(entry, place)
  if (step.name !== 'set' && !isForTexts(step.name, entry.keySpan, place)) return undefined
  switch (step.name) {
    case 'cut to': {
      const count = readCount(entry.value, reporter)
      return count === undefined ? undefined : { kind: 'cut to', count }
    }
    case 'replace':
      return readReplace(entry.value, place.scope)
    case 'mask words in':
      return yield* readMask(step, node, place)
    case 'mask pattern':
      return readMaskPattern(entry.value, node, place)
    case 'replace pattern':
      return readReplacePattern(entry.value, place)
    case 'mask phone numbers':
    case 'mask emails':
    case 'mask card numbers':
    case 'mask ip addresses':
    case 'mask crypto addresses':
      return readKindMask(step.name, node, place)
    case 'replace words in':
      return yield* readReplaceWords(entry.value, place.scope)
    default:
      return yield* readSet(entry.value, place)
  }
}

function refuseStep({ entries, span }: MapNode, { field, scope }: StepPlace): undefined {
  const [first] = entries
  if (first === undefined) {
    scope.reporter.error('empty', span, `No step is given for "${field.text}"`, 'Write a step, as in trim')
    return undefined
  }
  if (field.kind === 'list' && (first.key === 'any item' || first.key === 'every item')) {
    const message = `"${first.key}" is a test word, but this rewrites "${field.text}"`
    scope.reporter.error('unknown-word', first.keySpan, message, `Write { each item: { ${eachItemHint(field)} } }`)
    return undefined
  }
  const isOfItems = first.key === 'when' || itemFields(field.field).some(({ name }) => name === first.key)
  const advice = isOfItems
    ? { hint: `Write { each item: { ${first.key}: … } }` }
    : suggestAt(first.keySpan, first.key, stepNames, 'Steps')
  scope.reporter.error('unknown-word', first.keySpan, `There is no step "${first.key}"`, advice)
  return undefined
}

function readPlain(step: NamedStep, span: Span, place: StepPlace): RewriteStep | undefined {
  if (!isForTexts(step.name, span, place)) return undefined
  return step.name === 'mask links' ? { kind: step.name, with: '*' } : ({ kind: step.name } as RewriteStep)
}

function isTextual({ kind }: FieldRef): boolean {
  return kind === 'text' || kind === 'id' || kind === 'url' || kind === 'json'
}

function isForTexts(name: string, span: Span, { field, scope }: StepPlace): boolean {
  const { kind, text } = field
  if (isTextual(field)) return true
  const message = `The step "${name}" is for texts, but "${text}" is ${kindName(kind)}`
  const ofItems = itemFields(field.field).length > 0 ? `{ each item: { ${eachItemHint(field)} } }` : '{ set: […] }'
  const hint = kind === 'list' ? `Write ${ofItems}` : `Write the value to set "${text}" to`
  scope.reporter.error('wrong-kind', span, message, hint)
  return false
}

const replaceForm: MappingForm = { place: '"replace"', keys: keys.replace, example: '{ text: "_", with: " " }' }

function readReplace(node: Node, { reporter }: Scope): RewriteStep | undefined {
  const entries = readMapping(node, replaceForm, reporter)
  const found = entries && required(entries, keys.replace, { node, form: replaceForm, reporter })
  if (found === undefined) return undefined
  const text = asText(found.text.value, '"text"', reporter)
  const replacement = asText(found.with.value, '"with"', reporter)
  if (text === undefined || replacement === undefined) return undefined
  if (text !== '') return { kind: 'replace', text, with: replacement }
  const hint = 'Write the text to replace'
  reporter.error('empty', found.text.value.span, 'An empty text cannot be replaced', hint)
  return undefined
}

function* readMask(step: Step, { entries, span }: MapNode, place: StepPlace): Steps<RewriteStep | undefined> {
  const { field, scope } = place
  const [list, mask] = [step.name, 'with'].map(name => entries.find(({ key }) => key === name))
  const words = list && (yield* readTexts(list.value, { field, span, isExact: false, scope }))
  const sign = readSign(mask?.value, scope)
  if (words?.kind !== 'values' || sign === undefined) return undefined
  return { kind: 'mask words in', words, with: sign }
}

/** The step with its sign beside it; without one it stands alone, as a text. */
function readMaskOfLinks({ value, keySpan }: Entry, { entries }: MapNode, place: StepPlace): RewriteStep | undefined {
  if (!isForTexts('mask links', keySpan, place)) return undefined
  if (value.kind !== 'scalar' || value.value !== true) {
    const hint = 'Write mask links, or { mask links: true, with: "#" } for another character'
    place.scope.reporter.error('wrong-shape', value.span, 'Only true can follow "mask links"', hint)
    return undefined
  }
  const sign = readSign(entries.find(({ key }) => key === 'with')?.value, place.scope)
  return sign === undefined ? undefined : { kind: 'mask links', with: sign }
}
