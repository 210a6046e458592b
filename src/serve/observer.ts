import type { RuleSet } from '../compile/ruleset.ts'
import type { DecisionRecord } from '../decide/decision.ts'
import type { Rule } from '../language/rule.ts'
import type { HistoryLine } from '../state/history.ts'
import type { InForce, Loaded } from '../store/store.ts'
import type { NoRoom } from './connection-limit.ts'

/** The listener for webhooks or the one for operators. */
export type ListenerName = 'webhooks' | 'admin'

/** A request that failed. Undefined values were not known when it failed. */
export type FailureRecord = {
  listener: ListenerName
  /** The `X-Request-Id` of the answer. */
  requestId: string
  /** The address of the client. */
  peer: string | undefined
  operationId: string | undefined
  callback: string | undefined
  status: number
  /** What is wrong with the request; empty for an internal error. */
  problem: string
  /** The internal error. */
  cause?: unknown
  /** True if the request had already been answered. */
  isLate: boolean
  /** What the failure policy replied to the IM server. */
  answer: FailureAnswer | undefined
  tookMs: number | undefined
}

export type FailureAnswer = { decision: 'reject' | 'allow'; code: number }

/** A call for a callback that the catalogue lacks. `command` is untrusted text. */
export type UnknownRecord = {
  requestId: string
  operationId: string
  command: string
  /** The most similar known command. */
  nearest: string
  /** True if it was allowed unread; otherwise it also fails, which is reported separately. */
  isAllowed: boolean
  tookMs: number
}

/** Rules that can be compared with others: the keys of `compiled` are all of them, `counters` all that they count. */
export type RulesToCompare = RulesInForce &
  Pick<RuleSet, 'counters'> & { readonly compiled: ReadonlyMap<Rule, unknown> }

/** An attempt to load the rules, and what was in force before it. */
export type ReloadRecord = {
  loaded: Loaded<RulesToCompare>
  before: Pick<InForce<RulesToCompare>, 'ruleSet' | 'files'> | null
}

/**
 * A rule that was paused, or is enforced again. Times are ISO 8601.
 *
 * `since` is earlier than `at` for a pause from before this process, or one that was changed. `because`: an operator asked,
 * its time is over, it was removed from the file, or the rule files agree. `from` is another instance that it came from.
 */
export type PauseRecord = { at: string; rule: string; who?: string; why?: string; from?: string } & (
  | { kind: 'paused'; since: string; until?: string }
  | { kind: 'resumed'; because: 'asked' | 'over' | 'removed' | 'rules' }
)

/** A rule that refused too many people in its first hour in force, which began at `since`. Times are ISO 8601. */
export type FuseRecord = { at: string; rule: string; refused: number; seen: number; since: string }

/** Called after the fact, with plain data. It does not delay answers. */
export type Observer = {
  decided(record: DecisionRecord): void
  failed(record: FailureRecord): void
  unknown(record: UnknownRecord): void
  /** The next reload waits for it. */
  reloaded(record: ReloadRecord): Promise<void> | void
  /** Rules that came into force are in the history: with who, why, and what changed. */
  cameInForce(line: HistoryLine): void
  /** A rule was paused or resumed, and the rules in force follow that. */
  paused(record: PauseRecord): void
  /** A rule goes into shadow by itself; that it is paused is told, too. */
  fuseBlew(record: FuseRecord): void
  /** A connection was lost for lack of room. */
  noRoom(listener: ListenerName, why: NoRoom): void
  /** So many connections are open on a listener now. */
  connections(listener: ListenerName, open: number): void
  /** A listener was closed and will report nothing more. */
  closed(listener: ListenerName): void
}

/** Combine several observers into one that calls each in turn. */
export function observers(...all: readonly Partial<Observer>[]): Observer {
  return {
    decided: record => {
      for (const each of all) each.decided?.(record)
    },
    failed: record => {
      for (const each of all) each.failed?.(record)
    },
    unknown: record => {
      for (const each of all) each.unknown?.(record)
    },
    reloaded: async record => {
      for (const each of all) await each.reloaded?.(record)
    },
    cameInForce: line => {
      for (const each of all) each.cameInForce?.(line)
    },
    paused: record => {
      for (const each of all) each.paused?.(record)
    },
    fuseBlew: record => {
      for (const each of all) each.fuseBlew?.(record)
    },
    noRoom: (listener, why) => {
      for (const each of all) each.noRoom?.(listener, why)
    },
    connections: (listener, open) => {
      for (const each of all) each.connections?.(listener, open)
    },
    closed: listener => {
      for (const each of all) each.closed?.(listener)
    },
  }
}

/** The public facts about a rule set. `version` is the hash of its content. */
export type RulesInForce = {
  readonly version: string
  readonly counts: {
    readonly total: number
    readonly enforce: number
    readonly shadow: number
    readonly disabled: number
  }
}
