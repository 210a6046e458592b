import { isNestedDeeper } from '../callbacks/nesting.ts'
import { ready } from '../compile/list-lookup.ts'
import { maskedBy } from '../compile/list-words.ts'
import { unsure } from '../compile/question.ts'
import type { FieldRef } from '../language/field.ts'
import type { EachItem, MessageText, RewriteStep, SetValue, Template } from '../language/rule.ts'
import { cutTo } from '../text/graphemes.ts'
import { removeInvisible } from '../text/invisible.ts'
import { maskLinks } from '../text/links/mask-links.ts'
import { maskWords } from '../text/mask.ts'
import { compatible } from '../text/normal.ts'
import { replaceWords } from '../text/replace-words.ts'
import { collapseSpaces, trimBlanks } from '../text/spaces.ts'
import { atOnce } from '../yaml/steps.ts'
import { cut, joined, longestMade, replaced } from './bounded.ts'

import type { Value } from './call.ts'
import type { FoundFirst } from './found.ts'
import { changedInSteps, isInSteps } from './steps-in-pieces.ts'

/** The value of a field; null is absent. */
export type Lookup = (field: FieldRef) => unknown

/**
 * A value after the steps of a rewrite rule, one after another. An absent value stays absent, except after `set`. Steps
 * on list items are skipped here.
 */
export function applySteps(steps: readonly RewriteStep[], value: Value, lookup: Lookup): Value {
  return steps.reduce<Value>((current, step) => {
    return step.kind === 'each item' ? current : applyStep(step, current, lookup)
  }, value)
}

/** The same, with a pause before each step on a long text. */
export function* applyInTurn(steps: readonly RewriteStep[], value: Value, lookup: Lookup): Generator<undefined, Value> {
  let current = value
  for (const step of steps) {
    if (typeof current === 'string' && current.length > longText) yield
    current =
      isInSteps(step) && typeof current === 'string'
        ? cut(yield* changedInSteps(step, current), current)
        : applySteps([step], current, lookup)
  }
  return current
}

/** A text longer than this is long, in UTF-16 code units. */
const longText = 4096

/** A step on a single value, not on the items of a list. */
type PlainStep = Exclude<RewriteStep, EachItem>

/** A template with its fields filled in; filled-in text is not expanded again. */
export function fill(template: Template, lookup: Lookup): string {
  return joined(template.map(piece => (typeof piece === 'string' ? piece : textOf(piece, lookup(piece)))))
}

/** What a refusal may name beside fields: what was found first, and how long to wait, in ms. */
export type MessageFacts = { found: FoundFirst | undefined; waitMs: number | undefined }

/** The same for what a refusal says. Pure. */
export function fillMessage(text: MessageText, lookup: Lookup, { found, waitMs }: MessageFacts): string {
  return joined(
    text.map(piece => {
      if (typeof piece === 'string') return piece
      if ('wait' in piece) return waitMs === undefined ? '' : String(Math.max(1, Math.ceil(waitMs / 1000)))
      if (!('group' in piece)) return textOf(piece, lookup(piece))
      return (piece.group === 0 ? found?.text : found?.groups[piece.group - 1]) ?? ''
    }),
  )
}

function applyStep(step: PlainStep, value: Value, lookup: Lookup): Value {
  if (step.kind === 'set') return valueToSet(step.value, lookup)
  if (step.kind === 'set items') return step.values.map(item => valueToSet(item, lookup))
  return typeof value === 'string' ? cut(changedText(step, value), value) : value
}

function changedText(step: Exclude<PlainStep, { kind: 'set' | 'set items' }>, value: string): string {
  switch (step.kind) {
    case 'trim':
      return trimBlanks(value)
    case 'collapse spaces':
      return collapseSpaces(value)
    case 'remove invisible':
      return removeInvisible(value)
    case 'lower case':
      return value.toLowerCase()
    case 'upper case':
      return value.toUpperCase()
    case 'cut to':
      return cutTo(value, step.count)
    case 'replace':
      return replaced(value, step.text, step.with)
    case 'normalise':
      return compatible(value)
    case 'mask links':
      return maskLinks(value, step.with)
    case 'mask kind':
    case 'mask pattern':
    case 'replace pattern':
      return atOnce(changedInSteps(step, value))
    case 'mask words in':
      return maskWords(value, ready(step.words.values, maskedBy(step.words)), step.with)
    case 'replace words in': {
      const pieces = replaceWords(value, ready(step.words.values, maskedBy(step.words)), step.replacements)
      return pieces === undefined ? value : joined(pieces, Math.max(longestMade, value.length))
    }
  }
}

function valueToSet(value: SetValue, lookup: Lookup): Value {
  return typeof value === 'object' ? fill(value, lookup) : value
}

/** A value as people read it: a role as its name; empty if absent, unsure, or JSON too deep to serialise. */
function textOf({ field, part }: FieldRef, value: unknown): string {
  if (value === null || value === undefined || value === unsure) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every(item => typeof item !== 'object')) return value.join(', ')
  if (typeof value === 'object') return isNestedDeeper(value) ? '' : JSON.stringify(value)
  const names = part.kind === 'whole' ? [...(field.names ?? [])] : []
  return names.find(([, number]) => number === value)?.[0] ?? String(value)
}
