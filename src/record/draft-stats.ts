import { type DifferenceKind, differenceKinds } from '../decide/difference.ts'
import { type RecordedDraft, type RecordedDraftSum, type ShedReason, shedReasons } from './draft-line.ts'

/** What one version of a draft did in a time. `version` is null for calls that came while none was loaded. */
export type DraftFound = {
  version: string | null
  decided: number
  shed: { [reason in ShedReason]?: number }
  /** True if the draft counts: where calls were shed, its counts are then too low. */
  isCounting: boolean
  /** Calls that it decided otherwise, whether or not each has a line of its own. */
  differences: { [kind in DifferenceKind]: number }
  /** Those with a line of their own, by the rule that made the difference. */
  rules: Map<string, { [kind in DifferenceKind]: number }>
}

/** So many rules are counted apart for each version. */
const mostRules = 10_000

/** Counts what drafts did. Memory grows with versions and rules, never with calls. */
export class DraftStats {
  readonly #versions = new Map<string | null, DraftFound>()

  /** By version, in the order in which they came. */
  get found(): readonly DraftFound[] {
    return [...this.#versions.values()].map(found => {
      // The last minute has not been summed up.
      const lines = countsOf([...found.rules.values()])
      const most = differenceKinds.map(kind => [kind, Math.max(found.differences[kind], lines[kind])] as const)
      const differences = Object.fromEntries(most) as DraftFound['differences']
      const all = most.reduce((sum, [, count]) => sum + count, 0)
      return { ...found, decided: Math.max(found.decided, all), differences }
    })
  }

  /** The same as JSON has it. */
  get json(): readonly object[] {
    return this.found.map(({ rules, isCounting, ...found }) => ({
      ...found,
      counting: isCounting,
      rules: [...rules].map(([rule, differences]) => ({ rule, differences })),
    }))
  }

  add(line: RecordedDraft | RecordedDraftSum): void {
    const found = this.#of(line.rules)
    if (line.kind === 'draft') {
      addLine(found, line)
      return
    }
    found.decided += line.decided
    found.isCounting ||= line.counting === true
    for (const reason of shedReasons) addTo(found.shed, reason, line.shed[reason])
    for (const kind of differenceKinds) addTo(found.differences, kind, line.differences[kind])
  }

  #of(version: string | null): DraftFound {
    const known = this.#versions.get(version)
    if (known !== undefined) return known
    const differences = countsOf([])
    const made = { version, decided: 0, shed: {}, isCounting: false, differences, rules: new Map() }
    this.#versions.set(version, made)
    return made
  }
}

function addLine({ rules }: DraftFound, { by, difference }: RecordedDraft): void {
  const name = rules.has(by) || rules.size < mostRules ? by : 'others'
  const rule = rules.get(name) ?? countsOf([])
  addTo(rule, difference, 1)
  rules.set(name, rule)
}

function addTo<K extends string>(counts: { [key in K]?: number }, key: K, count: number | undefined): void {
  if (typeof count === 'number' && count > 0) counts[key] = (counts[key] ?? 0) + count
}

function countsOf(all: readonly { [kind in DifferenceKind]?: number }[]): { [kind in DifferenceKind]: number } {
  const sum = (kind: DifferenceKind) => all.reduce((total, each) => total + (each[kind] ?? 0), 0)
  return Object.fromEntries(differenceKinds.map(kind => [kind, sum(kind)])) as { [kind in DifferenceKind]: number }
}
