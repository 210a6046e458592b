import type { Judged } from '../compile/judged.ts'
import type { Test } from '../language/condition.ts'
import type { Pattern } from '../language/pattern.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'

/** Repetitions that add more steps than this per character are reported: long texts are then slow. */
const costly = 250

/** Patterns that are slow. */
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

/** Steps per millisecond: measured by `npm run bench:patterns`, and rounded down. */
const stepsInMs = 100_000

/** The longest single text in a call by default, in bytes. */
const longText = 65_536

function priceOf({ size, source }: Pattern): string {
  const ms = Math.ceil((size * longText) / stepsInMs)
  const shown = source.length > 60 ? `${source.slice(0, 60)}…` : source
  return `The pattern ${shown} is ${size} steps long when its repetitions are expanded: a text of ${longText} bytes can take ${ms} ms`
}

const cheaper =
  'Use smaller counts, such as {0,20} instead of {0,300}, or test the parts with contains any, which is fast'

function patternsIn({ condition, parts, leaf, ...others }: Judged): Judged[] {
  if (leaf?.item !== undefined) return patternsIn(leaf.item)
  if (leaf === undefined) return parts.flatMap(patternsIn)
  const isPattern = condition.kind === 'test' && condition.word === 'matches'
  return isPattern ? [{ condition, parts, leaf, ...others }] : []
}
