import type { RuleSet } from '../compile/ruleset.ts'
import { countGroups, type DividedBy } from './count-groups.ts'
import type { CallOnRecord } from './recorded.ts'
import { chanceOf } from './sample.ts'

/** Which calls are decided: those of one of several parts, or some of all people or groups by chance. */
export type Selection =
  | { kind: 'part'; number: number; of: number }
  | { kind: 'sample'; share: number; by: DividedBy; half?: Half }

/** Which of two halves, whose calls two threads decide. */
export type Half = 1 | 2

/** Tells which calls are decided. */
export type Selects = (read: CallOnRecord) => boolean

/**
 * Calls that are counted together go into the same part: divided by who or where they are, if all of their counts are
 * kept by that; else the first part has all of them. Others are divided by chance.
 */
export function selects(selection: Selection | undefined, ruleSets: readonly RuleSet[]): Selects {
  if (selection === undefined) return () => true
  const groups = countGroups(ruleSets)
  const byCallback = new Map(groups.flatMap(group => group.callbacks.map(name => [name, group] as const)))
  if (selection.kind === 'sample') {
    const [from, to] = placesOf(selection)
    return read => {
      const place = chanceOf(keyOf(read, selection.by, byCallback.has(read.callback)))
      return place >= from && place < to
    }
  }
  const { number, of } = selection
  return read => {
    const group = byCallback.get(read.callback)
    if (group !== undefined && group.by.length === 0) return number === 1
    return Math.floor(chanceOf(keyOf(read, group?.by[0], group !== undefined)) * of) === number - 1
  }
}

/** Half of a selection. Calls that are counted together are in the same half, as in parts. Pure. */
export function halfOf(selection: Selection | undefined, half: Half): Selection {
  if (selection?.kind === 'sample') return { ...selection, half }
  const { number, of } = selection ?? { number: 1, of: 1 }
  return { kind: 'part', number: 2 * (number - 1) + half, of: 2 * of }
}

function placesOf({ share, half }: Selection & { kind: 'sample' }): [from: number, to: number] {
  if (half === undefined) return [0, share]
  return half === 1 ? [0, share / 2] : [share / 2, share]
}

/** The counters that a sample would cut apart: those of calls that cannot be divided by it. Pure. */
export function cutApart(by: DividedBy, ruleSets: readonly RuleSet[]): readonly string[] {
  return countGroups(ruleSets).flatMap(group => (group.by.includes(by) ? [] : group.counters))
}

function keyOf(read: CallOnRecord, by: DividedBy | undefined, isCounted: boolean): string {
  const named = by === undefined ? undefined : read.firstNamed(by)
  if (named !== undefined) return `${by} ${named}`
  // Calls that name nobody are counted together, too.
  return isCounted ? `no ${by}` : `id ${read.id}`
}
