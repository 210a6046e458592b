import { rulePrint } from '../compile/rule-print.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { trialMs } from '../record/fuse-trial.ts'
import type { FuseEntry } from '../state/fuses.ts'
import type { Steps } from '../yaml/steps.ts'

/** A rule whose fuse may blow while it is in force, as it is now. */
export type FusedRule = Pick<FuseEntry, 'rule' | 'print' | 'percent' | 'by'> & { from: number }

/** The rules that refuse calls and have a fuse: those in force, and the ids of all others that are there. */
export function* fusedRules({ compiled, paused }: RuleSet): Steps<{ inForce: FusedRule[]; others: Set<string> }> {
  const inShadow = new Set(paused)
  const inForce: FusedRule[] = []
  const others = new Set<string>()
  for (const rule of compiled.values()) {
    if (!hasFuse(rule)) continue
    if (rule.mode === 'enforce' && !inShadow.has(rule.id)) inForce.push(yield* fusedRule(rule))
    else others.add(rule.id)
    yield
  }
  return { inForce, others }
}

function hasFuse({ stage, rule: { fuse } }: CompiledRule): boolean {
  return stage === 'reject' && fuse === 'on'
}

function* fusedRule({ id, share, from = 0, rule }: CompiledRule): Steps<FusedRule> {
  const print = yield* rulePrint(rule)
  return { rule: id, print, percent: share?.percent ?? 100, by: share?.by.text ?? null, from }
}

/** How many rules are looked at in a fraction of a millisecond. */
const rulesInPiece = 500

/** Rules in force by id with when they came into force, and whether that differs from before. */
export type NextEntries = { entries: ReadonlyMap<string, FuseEntry>; isSame: boolean }

/** What is kept of rules, given what was kept before; `paused` are ids of rules that an operator may resume. */
export function* nextEntries(
  before: ReadonlyMap<string, FuseEntry>,
  { inForce, others }: { inForce: readonly FusedRule[]; others: ReadonlySet<string> },
  { paused, now }: { paused: readonly string[]; now: number },
): Steps<NextEntries> {
  const entries = new Map<string, FuseEntry>()
  const resumable = new Set(paused)
  for (const [at, rule] of inForce.entries()) {
    if (at % rulesInPiece === 0) yield
    entries.set(rule.rule, nextEntry(rule, before.get(rule.rule), now))
  }
  // A rule that is resumed goes on where it was, and a blown fuse stays blown for the same rule.
  for (const [id, old] of before) {
    const mayReturn = resumable.has(id) || (old.blown !== undefined && others.has(id))
    if (!entries.has(id) && mayReturn) entries.set(id, old)
  }
  yield
  return { entries, isSame: entries.size === before.size && [...entries].every(([id, one]) => before.get(id) === one) }
}

function nextEntry({ from, ...rule }: FusedRule, old: FuseEntry | undefined, now: number): FuseEntry {
  if (old === undefined || !isNoLarger(rule, old))
    return { ...rule, since: new Date(Math.max(now, from)).toISOString() }
  return rule.percent === old.percent && rule.by === old.by ? old : { ...old, percent: rule.percent, by: rule.by }
}

/** Whether a rule is the same as before, for the same people or fewer. */
function isNoLarger({ print, percent, by }: Omit<FusedRule, 'from'>, old: FuseEntry): boolean {
  return print === old.print && percent <= old.percent && (by === old.by || old.by === null)
}

/** The rules to watch at a time, by when their trial began. */
export type WantedTrials = ReadonlyMap<number, ReadonlySet<string>>

export function* trialsAt(
  entries: ReadonlyMap<string, FuseEntry>,
  inForce: readonly FusedRule[],
  now: number,
): Steps<WantedTrials> {
  const trials = new Map<number, Set<string>>()
  for (const [at, { rule }] of inForce.entries()) {
    if (at % rulesInPiece === 0) yield
    const { since = '', blown } = entries.get(rule) ?? {}
    const began = Date.parse(since)
    if (blown !== undefined || !(now < began + trialMs)) continue
    const others = trials.get(began) ?? new Set<string>()
    trials.set(began, others.add(rule))
  }
  return trials
}
