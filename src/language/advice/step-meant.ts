import type { Fix } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import type { ScalarNode } from '../../yaml/node.ts'
import { inQuotes, inYaml } from '../../yaml/quoted.ts'
import type { FieldRef } from '../field.ts'
import { inBraces } from '../read/shape.ts'
import { findStep, type Step, steps } from '../vocabulary.ts'
import { inBrackets } from './meant-list.ts'
import { nearest } from './suggest.ts'

/**
 * Whether a text that is not a step name can be set as is: "", a text with a field in braces or, for a url, a complete
 * address. Fields that are not texts take any text.
 */
export function isValueAsItStands(text: string, { kind }: FieldRef): boolean {
  if (kind !== 'text' && kind !== 'id' && kind !== 'url' && kind !== 'json') return true
  if (text === '' || hasBrace.test(text)) return true
  return kind === 'url' && /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text)
}

/** A brace that is not doubled: it contains a field, or a mistake that is reported for the brace. */
const hasBrace = /(?<!\{)(?:\{\{)*\{(?!\{)/

/** Advice for a text that is not a step: the step that was meant, several steps, or the text as a value. */
export function adviceForStep(node: ScalarNode, { field, isAlone }: { field: FieldRef; isAlone: boolean }): Advice {
  const { value, span } = node
  if (typeof value !== 'string') {
    const isText = !isValueAsItStands('-', field)
    return { hint: `${listed}. To set this value, write { set: ${isText ? `"${node.raw}"` : node.raw} }` }
  }
  const meant = meantBy(value, isAlone)
  const setting = meant?.isWhole ? `{ set: ${inBraces(node)} }` : `{ set: ${inQuotes(withBraces(value))} }`
  const lead = meant === undefined ? '' : `${meant.hint}`
  const steps = meant?.isWhole ? lead : `${lead}${lead === '' ? '' : ' '}${listed}`
  const asText = replacing(span, `{ set: ${inQuotes(withBraces(value))} }`)
  const fixes: Fix[] = meant?.text === undefined ? [] : [replacing(span, meant.text)]
  return { hint: `${steps}. To set this text, write ${setting}`, fixes: [...fixes, asText] }
}

const stepNames = steps.map(step => step.name)
const listed = `Steps: ${stepNames.join(', ')}`

/** Doubles the braces of a text that contain no field. */
function withBraces(text: string): string {
  return text.includes('{{') ? text : text.replaceAll(/[{}]/g, '$&$&')
}

/** What a text was meant to be: as a hint, and as written if that is complete. */
type Meant = { hint: string; text?: string; isWhole?: true }

function meantBy(text: string, isAlone: boolean): Meant | undefined {
  const begun = steps.find(({ name, operand }) => operand !== 'none' && text.startsWith(`${name} `))
  if (begun !== undefined) return withOperand(begun, text.slice(begun.name.length).trim())
  const several = isAlone ? severalIn(text) : undefined
  if (several !== undefined) return several
  if (isAlone && clearing.has(text.toLowerCase())) return { hint: 'To clear the field, write "".', text: '""' }
  const near = nearest(text, stepNames)
  if (near === undefined) return undefined
  const hint = `Did you mean "${near}"?`
  return findStep(near)?.operand === 'none' ? { hint, text: near } : { hint }
}

/** A step and its value without a colon. */
function withOperand(step: Step, value: string): Meant {
  if (step.operand === 'replace' || step.operand === 'item')
    return { hint: `Write ${stepExample(step)}`, isWhole: true }
  const [number] = step.operand === 'count' ? (/^\d+/.exec(value) ?? []) : []
  const written = `{ ${step.name}: ${number ?? (/^[\w-]+$/.test(value) ? value : inYaml(value))} }`
  const isComplete = step.operand === 'value' || (step.operand === 'count' && number !== undefined)
  return { hint: `Write ${written}`, isWhole: true, ...(isComplete && { text: written }) }
}

/** Several steps in one text, separated by punctuation or words. */
function severalIn(text: string): Meant | undefined {
  const parts = text.split(/\s*[,，、;|>+→]+\s*|\s+(?:and|then|and then)\s+/).filter(part => part !== '')
  if (parts.length < 2) return undefined
  const named = parts.map(part => findStep(part)?.name ?? nearest(part, stepNames))
  const isEach = named.every(name => name !== undefined && findStep(name)?.operand === 'none')
  if (isEach)
    return {
      hint: `Write a list: ${inBrackets(named as string[])}`,
      text: inBrackets(named as string[]),
      isWhole: true,
    }
  return parts.some(part => findStep(part) !== undefined)
    ? { hint: `Write a list: [${parts.join(', ')}]`, isWhole: true }
    : undefined
}

/** What authors write to clear a field. */
const clearing = new Set([
  'clear',
  'delete',
  'remove',
  'empty',
  'erase',
  'none',
  'null',
  'nothing',
  'reset',
  'blank',
  'unset',
])

/** The example of a step without its field. */
export function stepExample({ example }: Step): string {
  return example.replace(/^\{ [\w.]+: (.*) \}$/, '$1')
}
