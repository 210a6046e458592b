import type { Trace } from '../decide/trace.ts'
import { shown } from '../language/show/visible.ts'

/** What is known of a count, for people: which call it is, when the others came, and when it ends. */
export function renderCounted({ counted, actual }: Pick<Trace, 'counted' | 'actual'>): string[] {
  if (counted === undefined) return []
  const { others, same, isWhole, isPartial, heldForMs, againInMs, agoMs } = counted
  if (agoMs !== undefined) return []
  const of = same.map(({ field, value }) => `${field} ${shown(value)}`).join(', ')
  const lines = [
    ...(typeof actual === 'number' && of !== '' ? [`counted for ${of}`] : []),
    ...(others === undefined || others.length === 0 ? [] : [`the others came ${agesOf(others)} before`]),
    ...(heldForMs === undefined ? [] : [`the silence goes on for ${secondsOf(heldForMs)} s`]),
    ...(againInMs === undefined || heldForMs !== undefined ? [] : [`possible again in ${secondsOf(againInMs)} s`]),
    ...(isWhole ? [] : ['there may have been more, which nobody counted']),
    ...(isPartial ? ['other processes may have counted more: the shared store did not answer'] : []),
  ]
  return lines
}

const shownAges = 12

/** `9, 7, 4, 4 and 1 s`; of many only the last ones. */
function agesOf(others: readonly number[]): string {
  const ages = others.slice(-shownAges).map(ms => String(Math.round(ms / 1000)))
  const more = others.length - ages.length
  const listed = ages.length > 1 ? `${ages.slice(0, -1).join(', ')} and ${ages.at(-1)}` : ages[0]
  return `${more > 0 ? `(${more} earlier) ` : ''}${listed} s`
}

function secondsOf(ms: number): number {
  return Math.ceil(ms / 1000)
}
