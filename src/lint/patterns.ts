import type { Judged } from '../compile/judged.ts'
import type { Test } from '../language/condition.ts'
import type { Pattern } from '../language/pattern.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'

/** Texts that have nothing in common: a pattern that matches all of them matches anything. */
const unlike = ['', 'a', 'Z', '1', '王', '-', ' ', '\n', '\u{1f600}', `${'x'.repeat(5_000)}!`]

/** A pattern that needs more steps is not one that matches everything: those match quickly. */
const mostSteps = 50_000

/** Repetitions that add more steps than this per character are reported: long texts are then slow. */
const costly = 250

/** Patterns that match every text, since everything in them is optional, and patterns that are slow. */
export function suspiciousPatterns({ rule: { when, unless } }: Examined): Diagnostic[] {
  return [...patternsIn(when), ...(unless ? patternsIn(unless) : [])].flatMap(({ condition }) => {
    const { operand, span } = condition as Test
    if (operand.kind !== 'pattern') return []
    const { pattern } = operand
    if (unlike.every(text => isFoundSoon(pattern, text))) {
      const message = `The pattern ${pattern.source} matches every text, even an empty one`
      const hint = 'Write + instead of * for at least one, and ^ and $ around it for the whole text'
      return [warning('meant-otherwise', span, message, hint)]
    }
    return pattern.size - pattern.source.length > costly
      ? [warning('slow-pattern', span, priceOf(pattern), cheaper)]
      : []
  })
}

function isFoundSoon(pattern: Pattern, text: string): boolean {
  const search = pattern.search(text)
  return search.run(mostSteps) && search.found.size > 0
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
