import type { Callback } from '../../callbacks/callback.ts'
import { namingFields } from '../../callbacks/named.ts'
import type { KindName } from '../../text/kinds/find.ts'
import type { Condition, NamedCounter } from '../condition.ts'
import { capital } from '../read/shape.ts'
import type {
  EachItem,
  FieldRewrite,
  MatchText,
  MessageText,
  RewriteStep,
  Rule,
  SetValue,
  Share,
  Template,
} from '../rule.ts'
import { counterSentence } from './count-phrase.ts'
import { phrase } from './phrase.ts'
import { enumerated, valuePhrase } from './value-phrase.ts'

/** A rule in plain English, one sentence per line. */
export function sentencesOf(rule: Rule): string[] {
  const unless = rule.unless === undefined ? '' : `, unless ${phrase(rule.unless)}`
  const lines = [`${subjectOf(rule.callbacks)}, when ${phrase(rule.when)}${unless}: ${outcomePhrase(rule)}.`]
  if (rule.share !== undefined) lines.push(shareSentence(rule.share, rule.callbacks))
  if (rule.mode === 'shadow') lines.push('It is in shadow mode: it is reported and changes nothing.')
  if (rule.mode === 'disabled') lines.push('It is disabled: it never runs.')
  if (rule.dates !== undefined) lines.push(`It is in force only ${datesPhrase(rule.dates, rule.zone)}.`)
  if (rule.ifUnsure === 'fire')
    lines.push('While the shared counts cannot be reached, it takes unsure counts for true.')
  if (rule.fuse === 'off') lines.push('Its fuse is off: it stays in force, however many people it refuses.')
  if (rule.order !== 100) lines.push(`Its order is ${rule.order} (default 100; lower runs first).`)
  const whenOf = ({ when }: NamedCounter) => (when === undefined ? '' : ` when ${phrase(when)}`)
  return [...lines, ...countersOf(rule).map(counter => counterSentence(counter, whenOf))]
}

function shareSentence({ percent, by }: Share, callbacks: readonly Callback[]): string {
  return `It is in force for ${percent} % of ${drawnFrom(by.field.name, callbacks)} (by ${by.text}); for the others only in shadow.`
}

/** Whom or what a share is drawn from: users, groups, or the values of the field. */
function drawnFrom(name: string, callbacks: readonly Callback[]): string {
  const named = callbacks.map(callback => namingFields(callback).find(each => each.name === name)?.named)
  if (named.every(each => each === 'user')) return 'users'
  return named.every(each => each === 'group') ? 'groups' : 'the values'
}

/** The counters that a rule asks, each once. */
function countersOf({ when, unless }: Rule): NamedCounter[] {
  return [...new Set([when, ...(unless ? [unless] : [])].flatMap(countersIn))]
}

function countersIn(condition: Condition): NamedCounter[] {
  switch (condition.kind) {
    case 'test':
    case 'time':
      return []
    case 'often':
      return condition.of.kind === 'named' ? [condition.of.counter] : []
    case 'since':
      return [condition.counter]
    case 'not':
    case 'use':
      return countersIn(condition.part)
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.flatMap(countersIn)
  }
}

/** What the rule decides, in the words of the catalogue if that is short. */
function subjectOf(callbacks: readonly Callback[]): string {
  const names = callbacks.map(({ name }) => name)
  if (callbacks.length > 2) return `On ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
  const abouts = callbacks.map(({ about }) => /^[^,;:]*/.exec(about)?.[0] ?? about)
  const [first = '', ...others] = new Set(abouts)
  return `${[capital(first), ...others].join(' or ')} (${names.join(', ')})`
}

/** The dates of a rule as its author wrote them, with the zone of whole days: the last day is part of it. */
function datesPhrase({ from, until }: NonNullable<Rule['dates']>, zone: string | undefined): string {
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
  const first = from === undefined ? [] : [`from ${from}`]
  const last = until === undefined ? [] : [`until ${isDay(until) ? 'the end of ' : ''}${until}`]
  const where = [from, until].some(text => text !== undefined && isDay(text)) ? ` (${zone})` : ''
  return `${[...first, ...last].join(' ')}${where}`
}

/** A text in quotes that it does not contain. */
function inQuotes(text: string): string {
  return /[“”]/.test(text) ? `"${text}"` : `“${text}”`
}

function outcomePhrase({ outcome }: Rule): string {
  switch (outcome.kind) {
    case 'reject': {
      const message = outcome.message === undefined ? '' : `, saying ${inQuotes(templateText(outcome.message))}`
      return `reject with ${outcome.code}${message}`
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
    case 'mask links':
      return `mask links with “${step.with}”`
    case 'mask words in':
      return `mask words in ${step.words.list?.name ?? enumerated(step.words.values.map(String))} with “${step.with}”`
    case 'mask pattern':
      return `mask what matches “${step.pattern.source}” with “${step.with}”`
    case 'replace pattern':
      return `replace what matches “${step.pattern.source}” with “${matchPhrase(step.with)}”`
    case 'mask kind':
      return maskPhrase(step)
    case 'replace words in':
      return step.words.list === undefined
        ? enumerated(step.words.values.map((word, at) => `replace the word “${word}” with “${step.replacements[at]}”`))
        : `replace words in ${step.words.list.name}`
    case 'set':
      return `set to ${setPhrase(step.value, names)}`
    case 'set items':
      return `set to [${step.values.map(value => setPhrase(value, names)).join(', ')}]`
    case 'each item':
      return eachItemPhrase(step)
    default:
      return step.kind
  }
}

const plurals: Record<KindName, string> = {
  'phone number': 'phone numbers',
  email: 'email addresses',
  'card number': 'card numbers',
  'ip address': 'IP addresses',
  'crypto address': 'crypto addresses',
}

function maskPhrase({ of, with: sign }: Extract<RewriteStep, { kind: 'mask kind' }>): string {
  const where = of.countries === undefined ? '' : ` of ${enumerated(of.countries)}`
  return `mask ${plurals[of.name]}${where} with “${sign}”`
}

function matchPhrase(text: MatchText): string {
  return text.map(piece => (typeof piece === 'string' ? piece : piece === 0 ? '{match}' : `{match.${piece}}`)).join('')
}

function eachItemPhrase({ when, fields }: EachItem): string {
  const which = when === undefined ? 'of each item' : `of each item ${phrase(when)}`
  return `${which} ${fields.map(field => `(${rewritePhrase(field)})`).join(' and ')}`
}

function setPhrase(value: SetValue, names: ReadonlyMap<string, number> | undefined): string {
  return typeof value === 'object' ? inQuotes(templateText(value)) : valuePhrase(value, names)
}

function templateText(template: Template | MessageText): string {
  return template.map(piece => (typeof piece === 'string' ? piece : pieceText(piece))).join('')
}

function pieceText(piece: Exclude<MessageText[number], string>): string {
  if ('wait' in piece) return '{wait}'
  return 'group' in piece ? matchPhrase([piece.group]) : `{${piece.text}}`
}
