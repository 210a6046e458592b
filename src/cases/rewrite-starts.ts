import type { CompiledRule } from '../compile/ruleset.ts'
import type { Value } from '../decide/call.ts'
import type { EachItem, FieldRewrite, RewriteStep } from '../language/rule.ts'
import { itemFrom } from './field-values.ts'
import { kindSample } from './kind-sample.ts'
import { samplesOf } from './pattern-sample.ts'
import { waysTo } from './ways.ts'

/** Values that the steps of a rewrite rule change, by field; none for fields that are only set. */
export function rewriteStarts(rule: CompiledRule, at: number): ReadonlyMap<string, readonly Value[]> {
  const { outcome } = rule
  if (outcome.kind !== 'rewrite') return new Map()
  return new Map(outcome.fields.map(field => [field.field.field.name, startsOf(field, rule, at)]))
}

function startsOf({ field, steps }: FieldRewrite, rule: CompiledRule, at: number): readonly Value[] {
  const items = steps.flatMap(step =>
    step.kind === 'each item' ? itemsBefore(step, field.field.rewrite?.changedBy, rule, at) : [],
  )
  if (items.length > 0) return [items]
  // Invisible characters are hard to read in a test, so they come last.
  const texts = [...new Set(steps.flatMap(before))]
  return [...texts.filter(isVisible), ...texts.filter(text => !isVisible(text))]
}

function isVisible(text: string): boolean {
  return !/\p{C}/u.test(text)
}

/** Texts that a step changes, as a person might have typed them. */
function before(step: RewriteStep): readonly string[] {
  switch (step.kind) {
    case 'trim':
      return ['  Ann Lee ']
    case 'collapse spaces':
      return ['Ann   Lee']
    case 'remove invisible':
      return ['Ann\u200b Lee']
    case 'normalise':
      return ['Ａｎｎ Ｌｅｅ']
    case 'lower case':
      return ['ANN LEE']
    case 'upper case':
      return ['ann lee']
    case 'cut to':
      return ['abcdefghijklmnopqrstuvwxyz '.repeat(Math.ceil((step.count + 1) / 27)).slice(0, step.count + 5)]
    case 'replace':
      return [`Ann${step.text}Lee`]
    case 'mask links':
      return ['see https://example.com']
    case 'mask pattern':
    case 'replace pattern':
      return samplesOf(step.pattern.source).map(text => `Ann ${text}`)
    case 'mask kind':
      return [`Ann ${kindSample(step.of.name, step.of.countries)}`]
    case 'mask words in':
    case 'replace words in':
      return step.words.values.slice(0, 1).map(word => String(word).replaceAll(/^\*|\*$/g, ''))
    default:
      return []
  }
}

/** An item that a step changes, with the key that identifies it to the IM server. */
function itemsBefore(
  { when, fields }: EachItem,
  key: string | undefined,
  rule: CompiledRule,
  at: number,
): readonly Value[] {
  const judged = when && rule.ofItems.get(when)
  const found = judged === undefined ? {} : waysTo(judged, true).map(way => itemFrom(way, at))[0]
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return []
  const texts = fields.flatMap(({ field, steps }) => {
    const [start] = steps.flatMap(before).sort((a, b) => Number(isVisible(b)) - Number(isVisible(a)))
    return start === undefined ? [] : [[field.field.name, start] as const]
  })
  return [{ ...(key !== undefined && { [key]: 'u-1' }), ...Object.fromEntries(texts), ...(found as object) }]
}
