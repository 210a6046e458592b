import { meaningsOf } from '../language/advice/meant-value.ts'
import type { ListEntry, Test } from '../language/condition.ts'
import type { FieldRewrite } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { placed, type Sources } from './entries-of.ts'
import { type Examined, testsOfRule } from './finding.ts'
import { doubt } from './list-entries.ts'
import { OfAKind } from './of-a-kind.ts'
import { numberedIn } from './several-entries.ts'

/** Odd entries of literal lists in a test or step. */
export function literalLists({ rule }: Examined, sources: Sources, place: ShowPlace): Diagnostic[] {
  const { outcome } = rule.rule
  const masked = outcome.kind === 'rewrite' ? outcome.fields.flatMap(field => maskedIn(field, sources)) : []
  const inTests = testsOfRule(rule).flatMap(({ condition }) => {
    const found = oddIn(listIn(condition, sources), place)
    return condition.word === 'has word' ? found.map(asListOfWords) : found
  })
  return [...inTests, ...masked.flatMap(entries => oddIn(entries, place))]
}

/** A single word has no list in its place: several need another test word. */
function asListOfWords(found: Diagnostic): Diagnostic {
  return { ...found, hint: found.hint?.replace(/^Write \[/, 'Write has word in: [') ?? '' }
}

/** JSON is full of punctuation, and stars in words that take them literally have their own warning. */
function listIn({ word, operand, field, span }: Test, sources: Sources): readonly ListEntry[] {
  if (field.kind === 'json') return []
  // A single word with a comma in it has a warning of its own.
  if (word === 'has word' && operand.kind === 'value' && !isSeveral(operand.value, field)) {
    return placed([operand.value], span, sources)
  }
  if (operand.kind !== 'values' || operand.list !== undefined) return []
  const entries = placed(operand.values, span, sources)
  if (word === 'one of' || word === 'not one of') return entries.filter(({ text }) => !text.includes('*'))
  // In a list of values, a lone star was meant as a wildcard; in a text, it may be intended.
  return word === 'in list' || word === 'not in list' ? entries : entries.filter(({ text }) => text !== '*')
}

/** Whether a value after a test word is told to be several. */
function isSeveral(value: unknown, field: Test['field']): boolean {
  return typeof value === 'string' && meaningsOf(value, { field, isPlain: false }).length > 0
}

function maskedIn({ steps, span }: FieldRewrite, sources: Sources): ListEntry[][] {
  return steps.flatMap(step => {
    if (step.kind === 'each item') return step.fields.flatMap(field => maskedIn(field, sources))
    const isLiteral = step.kind === 'mask words in' && step.words.list === undefined
    return isLiteral ? [placed(step.words.values, span, sources)] : []
  })
}

function oddIn(entries: readonly ListEntry[], place: ShowPlace): Diagnostic[] {
  const found = new OfAKind()
  const numbered = numberedIn(entries.map(({ text }) => text))
  for (const [at, entry] of entries.entries()) doubt(entry, numbered.has(at), found)
  return found.all(place)
}
