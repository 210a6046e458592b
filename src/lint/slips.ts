import { hasMessageText } from '../callbacks/message-text.ts'
import type { Condition, Test } from '../language/condition.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, testsOfRule, warning } from './finding.ts'
import { isNegative, testOf } from './literal.ts'

/** Words that look for a text where the JSON of a whole message is. */
const textWords: ReadonlySet<Test['word']> = new Set([
  'is',
  'one of',
  'contains',
  'contains any',
  'starts with',
  'ends with',
  'has word',
  'has word in',
  'looks like',
  'looks like a word in',
])

/** Tests that take the JSON of a message for its text. What is looked for with a brace or quote in it means the JSON. */
export function jsonAsText({ rule }: Examined): Diagnostic[] {
  const hasText = rule.rule.callbacks.every(({ fields }) => fields.some(({ origin }) => origin === 'message text'))
  if (!hasText) return []
  return testsOfRule(rule).flatMap(({ condition }) => {
    const { field, word, operand, span } = condition
    if (field.field.name !== 'content' || field.part.kind !== 'whole' || !textWords.has(word)) return []
    if (/[{}":\\]/.test(textIn(operand))) return []
    const message = 'The field content is the JSON of the whole message, not its text'
    return [
      warning('meant-otherwise', span, message, 'Write message text for what people read, or content.… for a part'),
    ]
  })
}

/** Parts that every text has, if only none of what they count. */
const counted: ReadonlySet<Test['field']['part']['kind']> = new Set([
  'length',
  'emoji',
  'lines',
  'words',
  'longest run',
  'stacked marks',
  'mentions',
  'gist.length',
])

/** A number that every text has, tested for being there. */
export function alwaysCounted({ rule }: Examined): Diagnostic[] {
  return testsOfRule(rule).flatMap(({ condition: { field, word, span } }) => {
    if ((word !== 'present' && word !== 'absent') || !counted.has(field.part.kind)) return []
    const message = `Every text has "${field.text}", if only 0, so this tests nothing but whether there is a text`
    const number = word === 'present' ? '{ more than: 0 }' : '0'
    return [warning('meant-otherwise', span, message, `Compare it, as in ${field.text}: ${number}`)]
  })
}

function textIn(operand: Test['operand']): string {
  if (operand.kind === 'value') return String(operand.value)
  return operand.kind === 'values' ? operand.values.join('') : ''
}

/** A rule about the text of a kind of message that has none. */
export function textOfNone({ needed }: Examined): Diagnostic | undefined {
  const tests = needed.literals.flatMap(literal => (isNegative(literal) ? [] : [testOf(literal)]))
  const type = tests.find(test => test?.field.field.name === 'contentType' && kindsIn(test).length > 0)
  const text = tests.find(test => test?.field.field.name === 'message text' && test.word !== 'absent')
  if (type === undefined || text === undefined || kindsIn(type).some(hasMessageText)) return undefined
  const message = 'This rule never fires: messages of this contentType have no message text'
  return warning(
    'never-fires',
    text.span,
    message,
    'Remove contentType, or write all text for names of files and the like',
  )
}

function kindsIn({ word, operand }: Test): readonly unknown[] {
  if (word === 'is' && operand.kind === 'value') return [operand.value]
  return word === 'one of' && operand.kind === 'values' ? operand.values : []
}

/** An exception for a role, where the call says which role it sets and not who makes it. */
export function roleOfNobody({ rule, exception }: Examined): Diagnostic | undefined {
  const setsRole = rule.rule.callbacks.some(({ fields }) =>
    fields.some(({ name, nullable }) => name === 'roleLevel' && nullable),
  )
  if (!setsRole || exception === undefined || mentionsRole(rule.when.condition)) return undefined
  const test = exception.literals.map(testOf).find(each => each?.field.field.name === 'roleLevel' && isRank(each))
  if (test === undefined) return undefined
  const message = 'The field roleLevel is the role that this call sets, not the role of the user who makes it'
  return warning(
    'meant-otherwise',
    test.span,
    message,
    'To exempt people, list their ids: unless: { userID: [u-1, u-2] }',
  )
}

function isRank({ word }: Test): boolean {
  return word === 'is' || word === 'one of' || word === 'at least' || word === 'more than'
}

function mentionsRole(condition: Condition): boolean {
  switch (condition.kind) {
    case 'test':
      return condition.field.field.name === 'roleLevel'
    case 'time':
    case 'often':
    case 'since':
      return false
    case 'not':
    case 'use':
      return mentionsRole(condition.part)
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.some(mentionsRole)
  }
}

/** Fields written as other systems write them, which users would read as they are. */
export function foreignPlaceholders({ rule }: Examined): Diagnostic[] {
  const { outcome, callbacks, span } = rule.rule
  if (outcome.kind !== 'reject') return []
  const names = new Set(callbacks.flatMap(({ fields }) => fields.map(({ name }) => name.toLowerCase())))
  const texts = [outcome.message, outcome.detail].flatMap(text => text ?? []).filter(piece => typeof piece === 'string')
  const found = texts.join(' ').matchAll(placeholder)
  return [...found].flatMap(({ 0: written, groups }) => {
    const name = Object.values(groups ?? {}).find(each => each !== undefined) ?? ''
    if (!names.has(name.toLowerCase())) return []
    const field = callbacks.flatMap(({ fields }) => fields).find(each => each.name.toLowerCase() === name.toLowerCase())
    const message = `Users would read ${written} as it is: a field stands in braces`
    return [warning('meant-otherwise', span, message, `Write {${field?.name}}`)]
  })
}

const placeholder = /%(?<percent>\w+)%|\$\{?(?<dollar>\w+)|<(?<angle>\w+)>|\[(?<bracket>\w+)\]/g
