import type { Condition, Test } from './condition.ts'
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

/** A condition as a clause. `isNegated` turns it round. Pure. */
function phrase(condition: Condition, isNegated = false): string {
  switch (condition.kind) {
    case 'test':
      return testPhrase(condition, isNegated)
    case 'time':
      return `${isNegated ? 'it is not' : 'it is'} ${condition.text.replace(/^time /, '')} in ${condition.zone}`
    case 'use':
      return phrase(condition.part, isNegated)
    case 'not':
      return phrase(condition.part, !isNegated)
    case 'all':
      return joined(condition.parts, isNegated ? 'or' : 'and', isNegated)
    case 'any':
      return joined(condition.parts, isNegated ? 'and' : 'or', isNegated)
    case 'none':
      return joined(condition.parts, isNegated ? 'or' : 'and', !isNegated)
  }
}

function joined(parts: readonly Condition[], word: 'and' | 'or', isNegated: boolean): string {
  const clauses = parts.map(part => {
    const clause = phrase(part, isNegated)
    return clause.includes(' and ') || clause.includes(' or ') ? `(${clause})` : clause
  })
  return clauses.join(` ${word} `)
}

/** Each word as a verb phrase, and turned round. What it is compared with follows. */
const phrases: Record<Test['word'], readonly [is: string, isNot: string]> = {
  is: ['is', 'is not'],
  'is not': ['is not', 'is'],
  'one of': ['is one of', 'is none of'],
  'not one of': ['is none of', 'is one of'],
  'in list': ['is in the list', 'is not in the list'],
  'not in list': ['is not in the list', 'is in the list'],
  present: ['is being set', 'is left alone'],
  absent: ['is left alone', 'is being set'],
  not: ['is not', 'is'],
  exactly: ['is exactly', 'is not exactly'],
  contains: ['contains', 'does not contain'],
  'contains any': ['contains any of', 'contains none of'],
  'starts with': ['starts with', 'does not start with'],
  'ends with': ['ends with', 'does not end with'],
  matches: ['matches', 'does not match'],
  'longer than': ['is longer than', 'is at most as long as'],
  'shorter than': ['is shorter than', 'is at least as long as'],
  'is blank': ['is blank', 'is not blank'],
  'has word': ['has the word', 'does not have the word'],
  'has word in': ['has a word of', 'has no word of'],
  'looks like': ['looks like', 'does not look like'],
  'looks like a word in': ['looks like or has a word of', 'neither looks like nor has a word of'],
  'hosted on': ['is hosted on', 'is not hosted on'],
  'is a url': ['is a url', 'is not a url'],
  'is json': ['is JSON', 'is not JSON'],
  'at least': ['is at least', 'is less than'],
  'at most': ['is at most', 'is more than'],
  'more than': ['is more than', 'is at most'],
  'less than': ['is less than', 'is at least'],
  between: ['is between', 'is not between'],
  'any item': ['has an item of which', 'has no item of which'],
  'every item': ['has only items of which', 'has an item of which not'],
  'how many': ['has so many items:', 'does not have so many items:'],
  'has item': ['has the item', 'does not have the item'],
  'has no item': ['does not have the item', 'has the item'],
}

function testPhrase(test: Test, isNegated: boolean): string {
  const [is, isNot] = phrases[test.word]
  const letterByLetter = test.isExact && test.field.kind === 'text' ? ' (letter by letter)' : ''
  return `${test.field.text} ${isNegated ? isNot : is}${operandPhrase(test)}${letterByLetter}`
}

function operandPhrase({ operand, field }: Test): string {
  const named = (value: unknown) => nameOrValue(value, field.field.names)
  switch (operand.kind) {
    case 'none':
      return ''
    case 'value':
    case 'number':
      return ` ${named(operand.value)}`
    case 'values':
      return ` ${operand.list === undefined ? listed(operand.values.map(named)) : operand.list.name}`
    case 'range':
      return ` ${named(operand.low)} and ${named(operand.high)}`
    case 'pattern':
      return ` ${operand.pattern.source}`
    case 'hosts':
      return ` ${listed(operand.hosts)}`
  }
}

/** A long list is known by its beginning. */
function listed(values: readonly string[]): string {
  const shown = values.slice(0, 8)
  return `${shown.join(', ')}${values.length > shown.length ? ` … (${values.length})` : ''}`
}

function nameOrValue(value: unknown, names: ReadonlyMap<string, number> | undefined): string {
  const name = [...(names ?? [])].find(([, number]) => number === value)?.[0]
  return name ?? (typeof value === 'string' ? `“${value}”` : String(value))
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
      return `mask words in ${step.words.list?.name ?? listed(step.words.values.map(String))} with “${step.with}”`
    case 'set':
      return `set to ${typeof step.value === 'object' ? `“${templateText(step.value)}”` : nameOrValue(step.value, names)}`
    default:
      return step.kind
  }
}

function templateText(template: Template): string {
  return template.map(piece => (typeof piece === 'string' ? piece : `{${piece.text}}`)).join('')
}
