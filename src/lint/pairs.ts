import { readyInSteps } from '../compile/list-lookup.ts'
import { maskedBy } from '../compile/list-words.ts'
import type { List, ListEntry, Operand } from '../language/condition.ts'
import type { FieldRewrite, RewriteStep } from '../language/rule.ts'
import { findWord } from '../text/words/find-words.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { atOnce, type Steps } from '../yaml/steps.ts'
import { placed, type Sources } from './entries-of.ts'
import { brief, type Examined, inFlow, warning } from './finding.ts'
import { OfAKind } from './of-a-kind.ts'

/** Pairs whose replacement is replaced again: the IM server asks about every change. Pauses after each thousand. */
export function* unsettledPairs(lists: Iterable<List | undefined>, place: ShowPlace): Steps<Diagnostic[]> {
  const diagnostics: Diagnostic[] = []
  for (const list of lists) {
    if (list?.replacements === undefined) continue
    const { entries, texts, except, replacements } = list
    const words = { kind: 'values', values: texts, ...(except && { except: except.texts }) } as const
    diagnostics.push(...(yield* unsettledIn({ words, replacements, entries }, place)))
  }
  return diagnostics
}

/** The same of pairs that stand in a step itself. Pure. */
export function unsettledSteps({ rule }: Examined, sources: Sources, place: ShowPlace): Diagnostic[] {
  const { outcome } = rule.rule
  if (outcome.kind !== 'rewrite') return []
  return literalPairs(outcome.fields).flatMap(({ step: { words, replacements }, span }) =>
    atOnce(unsettledIn({ words, replacements, entries: placed(words.values, span, sources) }, place)),
  )
}

type PairsStep = Extract<RewriteStep, { kind: 'replace words in' }>

function literalPairs(fields: readonly FieldRewrite[]): { step: PairsStep; span: FieldRewrite['span'] }[] {
  return fields.flatMap(({ steps, span }) =>
    steps.flatMap(step => {
      if (step.kind === 'each item') return literalPairs(step.fields)
      return step.kind === 'replace words in' && step.words.list === undefined ? [{ step, span }] : []
    }),
  )
}

type Pairs = { words: Operand & { kind: 'values' }; replacements: readonly string[]; entries: readonly ListEntry[] }

function* unsettledIn({ words, replacements, entries }: Pairs, place: ShowPlace): Steps<Diagnostic[]> {
  const index = yield* readyInSteps(words.values, maskedBy(words))
  const found = new OfAKind()
  for (const [at, { text, span }] of entries.entries()) {
    if (at % 1000 === 999) yield
    const again = findWord(index, replacements[at] as string)?.entry.text
    if (again === undefined) continue
    const message = `"${brief(replacements[at] as string)}", which replaces "${brief(text)}", contains "${brief(again)}", which is replaced again`
    const hint =
      again === text
        ? `Put another text in its place, or add except: [${inFlow(brief(replacements[at] as string))}]`
        : 'Put another text in its place'
    found.add('unsettled', warning('not-idempotent', span, message, hint))
  }
  return found.all(place)
}
