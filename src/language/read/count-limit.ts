import { replacing, write } from '../../yaml/fix.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { CountLimit } from '../condition.ts'
import { countLimits } from '../vocabulary.ts'
import type { Entries } from './mapping.ts'
import type { Scope } from './scope.ts'
import { cover, describeNode } from './shape.ts'
import { readCount } from './value.ts'

/** More calls are not counted: each of them is remembered. */
const mostCounted = 1_000

/** The one limit of a count; undefined if it has none, several or an invalid one (reported). `place` names the count. */
export function readLimit(entries: Entries, place: Entry, { reporter }: Scope): CountLimit | undefined {
  const found = countLimits.flatMap(word => entries.get(word) ?? [])
  const [first, second] = found.sort((a, b) => a.keySpan.start - b.keySpan.start)
  if (first === undefined) {
    // Where the span is missing, too, the example that is shown for it has both.
    if (entries.isUnclear || !entries.has('in')) return undefined
    const hint = `Write more than: 5 (limits: ${countLimits.join(', ')})`
    reporter.error('missing-key', place.keySpan, `"${place.key}" has no limit`, hint)
    return undefined
  }
  if (second !== undefined) return refuseSecond(first, second, reporter)
  if (first.key === 'between') return readRange(first.value, reporter)
  const number = readNumber(first.value, reporter)
  const word = first.key as Exclude<CountLimit['word'], 'between'>
  return number === undefined ? undefined : { word, number }
}

function readNumber(node: Node, reporter: Reporter): number | undefined {
  const number = readCount(node, reporter)
  if (number === undefined || number <= mostCounted) return number
  const message = `${number} is too large: at most ${mostCounted} are counted`
  reporter.error('wrong-value', node.span, message, write(node.span, `${mostCounted}`))
  return undefined
}

function readRange(node: Node, reporter: Reporter): CountLimit | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'list' || node.items.length !== 2) {
    const [, first, last] =
      node.kind === 'scalar'
        ? (/^\s*(\d+)\s*(?:[-–,;]|\.{2,3}|\s(?:to|and)\s)\s*(\d+)\s*$/.exec(String(node.value)) ?? [])
        : []
    const advice =
      first === undefined ? 'Write both in brackets, as in [2, 5]' : write(node.span, `[${first}, ${last}]`)
    reporter.error(
      'wrong-shape',
      node.span,
      `Expected the lowest and the highest number, got ${describeNode(node)}`,
      advice,
    )
    return undefined
  }
  const [low, high] = node.items.map(item => readNumber(item, reporter))
  if (low === undefined || high === undefined) return undefined
  if (low <= high) return { word: 'between', low, high }
  reporter.error(
    'wrong-value',
    node.span,
    `The range from ${low} to ${high} is empty`,
    write(node.span, `[${high}, ${low}]`),
  )
  return undefined
}

/** A lowest and a highest number are written as one range. */
function refuseSecond(first: Entry, second: Entry, reporter: Reporter): undefined {
  const message = `A count has one limit, but "${second.key}" follows "${first.key}"`
  const ends = [first, second].map(end => endOf(end))
  const low = ends.find(end => end?.isLow)?.number
  const high = ends.find(end => end?.isLow === false)?.number
  const range = low === undefined || high === undefined || low > high ? undefined : `between: [${low}, ${high}]`
  const hint = range === undefined ? 'Keep one of them' : `Write ${range}`
  // Whatever is written in between would be lost.
  const areNext = range !== undefined && first.value.span.end < second.keySpan.start
  const fixes = areNext ? [replacing(cover(first.keySpan, second.value.span), range)] : []
  reporter.error('wrong-shape', second.keySpan, message, { hint, fixes })
  return undefined
}

function endOf({ key, value }: Entry): { isLow: boolean; number: number } | undefined {
  const number = value.kind === 'scalar' ? value.value : undefined
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return undefined
  if (key === 'more than' || key === 'at least')
    return { isLow: true, number: key === 'at least' ? number : number + 1 }
  if (key === 'at most' || key === 'less than') return { isLow: false, number: key === 'at most' ? number : number - 1 }
  return undefined
}
