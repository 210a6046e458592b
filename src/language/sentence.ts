import { enumerated, phrase, valuePhrase } from './phrase.ts'
import type { FieldRewrite, RewriteStep, Rule, Template } from './rule.ts'

/** A rule in plain English, one sentence a line. Pure. */
export function sentencesOf(rule: Rule): string[] {
  const unless = rule.unless === undefined ? '' : `, unless ${phrase(rule.unless)}`
  const times = [
    ...(rule.from === undefined ? [] : [`from ${new Date(rule.from).toISOString()}`]),
    ...(rule.until === undefined ? [] : [`before ${new Date(rule.until).toISOString()}`]),
  ]
  const callbacks = rule.callbacks.map(({ name }) => name).join(' or ')
  const lines = [`On ${callbacks}, when ${phrase(rule.when)}${unless}: ${outcomePhrase(rule)}.`]
  if (rule.mode === 'shadow') lines.push('It is in shadow: it is reported, and changes nothing.')
  if (rule.mode === 'disabled') lines.push('It is disabled: it never runs.')
  if (times.length > 0) lines.push(`It is in force only ${times.join(' and ')}.`)
  if (rule.order !== 100) lines.push(`Its order is ${rule.order} (100 is usual; lower goes first).`)
  return lines
}

function outcomePhrase({ outcome }: Rule): string {
  switch (outcome.kind) {
    case 'reject': {
      const message = outcome.message === undefined ? '' : `, saying “${templateText(outcome.message)}”`
      return `refuse with ${outcome.code}${message}`
    }
    case 'rewrite':
      return `rewrite ${outcome.fields.map(rewritePhrase).join('; ')}`
    case 'allow':
      return outcome.rules === 'everything'
        ? 'exempt it from every reject rule'
        : `exempt it from ${outcome.rules.map(({ id }) => id).join(', ')}`
  }
}

function rewritePhrase({ field, steps }: FieldRewrite): string {
  return `${field.text}: ${steps.map(step => stepPhrase(step, field.field.names)).join(', then ')}`
}

function stepPhrase(step: RewriteStep, names: ReadonlyMap<string, number> | undefined): string {
  switch (step.kind) {
    case 'cut to':
      return `cut to ${step.count} characters`
    case 'replace':
      return `replace “${step.text}” with “${step.with}”`
    case 'mask words in':
      return `mask words in ${step.words.list?.name ?? enumerated(step.words.values.map(String))} with “${step.with}”`
    case 'set':
      return `set to ${typeof step.value === 'object' ? `“${templateText(step.value)}”` : valuePhrase(step.value, names)}`
    default:
      return step.kind
  }
}

function templateText(template: Template): string {
  return template.map(piece => (typeof piece === 'string' ? piece : `{${piece.text}}`)).join('')
}
