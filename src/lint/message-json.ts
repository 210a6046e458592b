import { hasMessageText } from '../callbacks/message-text.ts'
import { type Choice, type Literal, neededBy } from '../compile/needed.ts'
import type { Operand, Test } from '../language/condition.ts'
import type { FieldRewrite, RewriteStep, SetValue } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, testsOfRule, warning } from './finding.ts'
import { testOf } from './literal.ts'

/** Words that look for a text where the JSON of a whole message is. */
const textWords: ReadonlySet<Test['word']> = new Set<Test['word']>([
  'is',
  'is not',
  'one of',
  'not one of',
  'in list',
  'not in list',
  'contains',
  'contains any',
  'starts with',
  'starts with any',
  'ends with',
  'ends with any',
  'matches',
])

/** What is looked for with a brace or quote in it means the JSON. */
const isJson = /[{}":\\]/

/** Tests and steps that take the JSON of a message for its text. */
export function jsonAsText(examined: Examined): Diagnostic[] {
  const { rule } = examined
  const hasText = rule.rule.callbacks.every(({ fields }) => fields.some(({ origin }) => origin === 'message text'))
  if (!hasText) return []
  const tests = testsOfRule(rule).flatMap(({ condition: { field, word, operand, span } }) => {
    if (!isContent(field) || !textWords.has(word) || isJson.test(textIn(operand))) return []
    const message = 'The field content is the JSON of the whole message, not its text'
    const hint = 'Write message text for what people read, or content.… for a part'
    return [warning('meant-otherwise', span, message, hint)]
  })
  return [...tests, ...brokenJson(examined)]
}

function isContent({ field, part }: Test['field']): boolean {
  return field.name === 'content' && part.kind === 'whole'
}

/** Steps that change the JSON of a message as if it were a text. */
function brokenJson(examined: Examined): Diagnostic[] {
  // A custom message has no text: its JSON is all there is to change.
  if (kindWithoutText(examined) !== undefined) return []
  return rewritten(examined).flatMap(({ field, steps, span }) => {
    if (!isContent(field) || steps.every(keepsJson)) return []
    const message = 'The field content is the JSON of the whole message: changed as a text, it may no longer be JSON'
    const hint = 'Write message text, which leaves the rest of the message as it is'
    return [warning('meant-otherwise', span, message, hint)]
  })
}

function rewritten({ rule: { outcome } }: Examined): readonly FieldRewrite[] {
  return outcome.kind === 'rewrite' ? outcome.fields : []
}

function keepsJson(step: RewriteStep): boolean {
  switch (step.kind) {
    case 'set':
      return startsAsJson(step.value)
    case 'replace':
      return isJson.test(step.text)
    case 'mask pattern':
    case 'replace pattern':
      return isJson.test(step.pattern.source)
    default:
      return false
  }
}

function startsAsJson(value: SetValue): boolean {
  const first = typeof value === 'object' ? value[0] : undefined
  return first === undefined || typeof first !== 'string' || first.trimStart().startsWith('{')
}

function textIn(operand: Operand): string {
  if (operand.kind === 'value') return String(operand.value)
  if (operand.kind === 'pattern') return operand.pattern.source
  return operand.kind === 'values' ? operand.values.join('') : ''
}

/** A rule about the text of a kind of message that has none, or that changes it. */
export function textOfNone(examined: Examined): Diagnostic | undefined {
  const { literals, choices } = examined.needed
  if (kindWithoutText(examined) === undefined) return undefined
  const hint = 'Remove contentType, or write all text for names of files and the like'
  const tested = literals.find(needsText)?.judged.condition.span ?? choices.find(choice => neededByEach(choice))?.place
  if (tested !== undefined) {
    return warning(
      'never-fires',
      tested,
      'This rule never fires: messages of this contentType have no message text',
      hint,
    )
  }
  const changed = rewritten(examined).find(({ field }) => field.field.name === 'message text')
  const message = 'This changes nothing: messages of this contentType have no message text'
  return changed && warning('meant-otherwise', changed.span, message, 'Remove contentType, or change content')
}

/** Whether a message must have a text for this to hold. */
function needsText(literal: Literal): boolean {
  const { judged, wanted } = literal
  if (testOf(literal)?.field.field.name !== 'message text') return false
  // Any other test of what is absent is unknown, and so is its negation.
  const { presence } = judged.leaf
  return presence === undefined || (presence === 'present') === wanted
}

/** Whether each way to satisfy a group needs a text. */
function neededByEach({ judged, wantedOfParts }: Choice): boolean {
  return judged.parts.every(part => neededBy(part, wantedOfParts).literals.some(needsText))
}

/** The test that only messages of kinds without a text pass; undefined if there is none. */
function kindWithoutText({ needed }: Examined): Test | undefined {
  const tests = needed.literals.flatMap(literal => (literal.wanted ? [testOf(literal)] : []))
  return tests.find(test => test?.field.field.name === 'contentType' && allowsNoText(test))
}

function allowsNoText({ word, operand, field }: Test): boolean {
  const values = operand.kind === 'value' ? [operand.value] : operand.kind === 'values' ? operand.values : []
  if (word === 'is' || word === 'one of') return values.length > 0 && !values.some(hasMessageText)
  if (word !== 'is not' && word !== 'not one of') return false
  const withText = [...(field.field.names?.values() ?? [])].filter(hasMessageText)
  return withText.length > 0 && withText.every(kind => values.includes(kind))
}
