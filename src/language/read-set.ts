import type { Node } from './node.ts'
import type { StepPlace } from './read-step.ts'
import { readValue } from './read-value.ts'
import type { RewriteStep } from './rule.ts'
import { misspelt } from './suggest.ts'
import { fillIn, readBraces } from './template.ts'
import { findStep, steps } from './vocabulary.ts'

/** The value that a field is set to; what is wrong with it is reported, and the result is undefined. */
export function readSet(node: Node, { field, scope }: StepPlace): RewriteStep | undefined {
  const { callbacks, reporter } = scope
  if (node.kind === 'scalar' && node.value === null) {
    const clear = 'Write "" to clear it, or leave the line out'
    reporter.error('wrong-value', node.span, `"${field.text}" cannot be set to nothing`, clear)
    return undefined
  }
  const hint = field.kind === 'json' ? `Write the JSON as one text: '{{ "level": 3 }}'` : 'Write one value'
  const value = readValue(node, field, reporter, hint)
  if (value === undefined || node.kind !== 'scalar') return undefined
  if (typeof value === 'string') {
    const draft = readBraces(value, node, reporter)
    const template = draft && fillIn(draft, callbacks, reporter)
    return template && { kind: 'set', value: template }
  }
  const only = field.field.rewrite?.only
  if (typeof value !== 'number' || only === undefined || only.includes(value)) return { kind: 'set', value }
  const names = [...(field.field.names ?? [])].filter(([, number]) => only.includes(number)).map(([name]) => name)
  const message = `"${field.text}" cannot be set to ${node.raw}: the IM server would not check it again`
  reporter.error('not-rewritable', node.span, message, `Write ${names.join(' or ')}`)
  return undefined
}

/**
 * What to write for a text that was meant as a step, although it is none: a step misspelt, several steps, or a step
 * and its value without the colon. Undefined for any other text. Pure.
 */
export function stepMeant(text: string): string | undefined {
  const near = misspelt(text, stepNames)
  if (near !== undefined) return `Did you mean "${near}"? Steps: ${stepNames.join(', ')}`
  const parts = text.split(/[,，]/).map(part => part.trim())
  const isList = parts.length > 1 && parts.some(part => findStep(part) !== undefined)
  if (isList) return `Write a list: [${parts.join(', ')}]`
  const begun = steps.find(({ name, operand }) => operand !== 'none' && text.startsWith(`${name} `))
  return begun && `Write ${begun.example}`
}

const stepNames = steps.map(step => step.name)
