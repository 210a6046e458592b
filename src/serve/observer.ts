import type { DecisionRecord } from '../decide/decision.ts'
import type { Rule } from '../language/rule.ts'
import type { InForce, Loaded } from '../store/store.ts'
import type { NoRoom } from './connection-limit.ts'

/** The listener for webhooks, or that for operators. */
export type ListenerName = 'webhooks' | 'admin'

/** A request that failed. What is undefined was not known when it did. */
export type FailureRecord = {
  listener: ListenerName
  /** What the answer has in `X-Request-Id`. */
  requestId: string
  /** The address that the connection came from. */
  peer: string | undefined
  operationId: string | undefined
  callback: string | undefined
  status: number
  /** What is wrong with the request; empty when the failure is ours. */
  problem: string
  /** The error behind a failure of ours. */
  cause?: unknown
  /** True when the request had been answered already. */
  isLate: boolean
  /** What the failure policy said to the IM server. */
  answer: FailureAnswer | undefined
  tookMs: number | undefined
}

export type FailureAnswer = { decision: 'reject' | 'allow'; code: number }

/** A call for a callback that the catalogue lacks. `command` is untrusted text. */
export type UnknownRecord = {
  requestId: string
  operationId: string
  command: string
  /** The command that it is nearest to. */
  nearest: string
  /** True when it was let pass unread; else it fails, and that is a record of its own. */
  isAllowed: boolean
  tookMs: number
}

/** Rules that can be compared with others: `compiled` has each of them. */
export type RulesToCompare = RulesInForce & { readonly compiled: ReadonlyMap<Rule, unknown> }

/** An attempt to load the rules, and what was in force before it. */
export type ReloadRecord = {
  loaded: Loaded<RulesToCompare>
  before: Pick<InForce<RulesToCompare>, 'ruleSet' | 'files'> | null
}

/** Called after the fact, with plain data. Whatever it does, it holds up no answer. */
export type Observer = {
  decided(record: DecisionRecord): void
  failed(record: FailureRecord): void
  unknown(record: UnknownRecord): void
  /** The next reload waits for it. */
  reloaded(record: ReloadRecord): Promise<void> | void
  /** A connection was lost for want of room. */
  noRoom(listener: ListenerName, why: NoRoom): void
  /** A listener is closed: nothing more will come from it. */
  closed(listener: ListenerName): void
}

/** One observer of several, each called in turn. */
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
    noRoom: (listener, why) => {
      for (const each of all) each.noRoom?.(listener, why)
    },
    closed: listener => {
      for (const each of all) each.closed?.(listener)
    },
  }
}
/** What is told of a rule set. `version` is the hash of its content. */
export type RulesInForce = {
  readonly version: string
  readonly counts: {
    readonly total: number
    readonly enforce: number
    readonly shadow: number
    readonly disabled: number
  }
}
