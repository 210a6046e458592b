import type { Node } from './node.ts'
import { readEach } from './read-each.ts'
import type { Reporter } from './reporter.ts'
import { asWritten, shapeOf } from './shape.ts'
import { suggest } from './suggest.ts'

/** Days of the week, 0 (Sunday) to 6, that a text names: a day, a run of days, or a group of them. Pure. */
export function days(text: string): readonly number[] | undefined {
  const group = groups.get(text)
  if (group !== undefined) return group
  const ends = text.split('-').map(name => names.indexOf(name.trim()))
  const [first = -1, last = first] = ends
  return ends.length <= 2 && first !== -1 && last !== -1 ? run(first, last) : undefined
}

/** What stands after `days`; what is wrong with it is reported, and the result is undefined. */
export function readDays(node: Node, reporter: Reporter): ReadonlySet<number> | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'map' || (node.kind === 'list' && node.items.length === 0)) {
    const message = node.kind === 'map' ? `Days must be a list, and this is ${shapeOf(node)}` : 'No day is named here'
    reporter.error(node.kind === 'map' ? 'wrong-shape' : 'empty', node.span, message, 'Write [mon, tue]')
    return undefined
  }
  const items = node.kind === 'list' ? node.items : [node]
  const found = readEach(items, reporter, item => readDay(item, reporter))
  return found.some(day => day === undefined) ? undefined : new Set((found as number[][]).flat())
}

/** Sunday first, as in JavaScript's `getDay`. */
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const groups: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekends', [6, 0]],
])

/** What to choose from, in the order of the week. */
const known = [...names.slice(1), 'sun', 'mon-fri', ...groups.keys()]

/** The days from one to another, over the end of the week where needed. */
function run(first: number, last: number): number[] {
  const length = ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, at) => (first + at) % 7)
}

function readDay(node: Node, reporter: Reporter): readonly number[] | undefined {
  const text = asWritten(node, 'a day', reporter, 'Write [mon, tue]')
  if (text === undefined) return undefined
  const found = days(text)
  if (found !== undefined) return found
  reporter.error('bad-time', node.span, `There is no day "${text}"`, hintFor(text))
  return undefined
}

function hintFor(text: string): string {
  const [, first, last] = /^([a-z]{3,9})\s*(?:to|until|till|–|—|~|至|到)\s*([a-z]{3,9})$/i.exec(text) ?? []
  if (first !== undefined && last !== undefined) return hintFor(`${first}-${last}`)
  const parts = text.split(/[\s,，、]+/).filter(part => part !== '')
  if (parts.length > 1 && parts.every(part => days(part) !== undefined)) return `Write a list: [${parts.join(', ')}]`
  const short = text
    .toLowerCase()
    .split('-')
    .map(name => name.trim().slice(0, 3))
    .join('-')
  const all = `Days: ${known.join(', ')}`
  if (days(text) !== undefined) return `Write ${text}`
  const isLong = /^[a-z]+( ?- ?[a-z]+)?$/i.test(text) && days(short) !== undefined
  return isLong ? `Did you mean "${short}"? ${all}` : suggest(text, known, 'Days')
}
