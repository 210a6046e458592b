import type { Judged } from '../compile/judged.ts'
import type { Test } from '../language/condition.ts'
import type { Pattern } from '../language/pattern.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'

/** So many steps a character that are not written out but repeated are warned of: a long text then takes long. */
const costly = 250

/** Patterns that take long. Pure. */
export function suspiciousPatterns({ rule: { when, unless } }: Examined): Diagnostic[] {
  return [...patternsIn(when), ...(unless ? patternsIn(unless) : [])].flatMap(({ condition }) => {
    const { operand, span } = condition as Test
    if (operand.kind !== 'pattern') return []
    const { pattern } = operand
    return pattern.size - pattern.source.length > costly
      ? [warning('slow-pattern', span, priceOf(pattern), cheaper)]
      : []
  })
}

/** How fast steps are taken, in steps a millisecond: measured by `npm run bench:patterns`, and rounded down. */
const stepsInMs = 100_000

/** The longest single text that a call may bring by default, in bytes. */
const longText = 65_536

function priceOf({ size, source }: Pattern): string {
  const ms = Math.ceil((size * longText) / stepsInMs)
  const shown = source.length > 60 ? `${source.slice(0, 60)}…` : source
  return `The pattern ${shown} is ${size} steps long once its repetitions are written out: on a text of ${longText} bytes it can take ${ms} ms`
}

const cheaper =
  'Use smaller counts, as in {0,20} for {0,300}; or test the parts with contains any, which costs next to nothing'

function patternsIn({ condition, parts, leaf, ...others }: Judged): Judged[] {
  if (leaf?.item !== undefined) return patternsIn(leaf.item)
  if (leaf === undefined) return parts.flatMap(patternsIn)
  const isPattern = condition.kind === 'test' && condition.word === 'matches'
  return isPattern ? [{ condition, parts, leaf, ...others }] : []
}
