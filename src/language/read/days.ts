import type { Fix } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { suggestAt } from '../advice/suggested.ts'
import { dayMeant, dayNames, daysMeant } from './day-names.ts'
import { readEach } from './each.ts'
import { asWritten, describeNode } from './shape.ts'

/** The days of the week, 0 (Sunday) to 6, that a text names: a day, a range of days, or a group. */
export function days(text: string): readonly number[] | undefined {
  const group = groups.get(text)
  if (group !== undefined) return group
  const ends = text.split('-').map(name => names.indexOf(name.trim()))
  const [first = -1, last = first] = ends
  return ends.length <= 2 && first !== -1 && last !== -1 ? run(first, last) : undefined
}

/** The value of `days`; undefined if invalid (reported). */
export function readDays(node: Node, reporter: Reporter): ReadonlySet<number> | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'map' || (node.kind === 'list' && node.items.length === 0)) {
    const message = node.kind === 'map' ? `Days must be a list, got ${describeNode(node)}` : 'No day is given here'
    reporter.error(node.kind === 'map' ? 'wrong-shape' : 'empty', node.span, message, 'Write [mon, tue]')
    return undefined
  }
  const isAlone = node.kind !== 'list'
  const items = isAlone ? [node] : node.items
  const found = readEach(items, reporter, item => readDay(item, { isAlone, all: items, reporter }))
  return found.some(day => day === undefined) ? undefined : new Set((found as number[][]).flat())
}

const names: readonly string[] = dayNames

const groups: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekends', [6, 0]],
])

/** The choices, in the order of the week. */
const known = [...names.slice(1), 'sun', 'mon-fri', ...groups.keys()]

/** The days from one to another, wrapping at the end of the week. */
function run(first: number, last: number): number[] {
  const length = ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, at) => (first + at) % 7)
}

/** The position of a day: the days beside it, and whether it is the only one, without a list. */
type Place = { isAlone: boolean; all: readonly Node[]; reporter: Reporter }

function readDay(node: Node, place: Place): readonly number[] | undefined {
  const { reporter } = place
  const text = asWritten(node, 'a day', reporter, 'Write [mon, tue]')
  if (text === undefined) return undefined
  const found = days(text)
  if (found !== undefined) return found
  reporter.error('bad-time', node.span, `There is no day "${text}"`, adviceFor(text, node.span, place))
  return undefined
}

function adviceFor(text: string, span: Node['span'], { isAlone, all: items }: Place): Advice {
  const all = `Days: ${known.join(', ')}`
  const day = dayMeant(text)
  if (day !== undefined) {
    const isOurs = days(text.toLowerCase().trim()) !== undefined || /\s(?:to|until|till)\s|[–—~至到]/.test(text)
    return { hint: isOurs ? `Write ${day}` : `Did you mean "${day}"? ${all}`, fixes: [inEach(items, day)] }
  }
  const several = daysMeant(text)
  if (several !== undefined) {
    const list = several.join(', ')
    const fixes = [replacing(span, isAlone ? `[${list}]` : list, `Write ${isAlone ? `[${list}]` : list}`)]
    return { hint: `Write a list: [${list}]`, fixes }
  }
  if (/^(?:daily|every ?day|all|always|any|immer|täglich|每天)$/i.test(text.trim())) {
    return { hint: `Remove "days" for every day. ${all}` }
  }
  return suggestAt(span, text, known, 'Days')
}

/** The fix that writes all days of a list by our names: an author who writes one differently writes all of them so. */
function inEach(items: readonly Node[], day: string): Fix {
  const edits = items.flatMap(({ span, ...node }) => {
    const text = node.kind === 'scalar' ? String(node.value) : ''
    const meant = days(text) === undefined ? dayMeant(text) : undefined
    return meant === undefined ? [] : [{ span, text: meant }]
  })
  return { label: `Write ${edits.length > 1 ? edits.map(({ text }) => text).join(', ') : day}`, edits }
}
