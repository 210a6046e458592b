import type { Pause } from '../compile/pause.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { CountStore } from '../count/count-store.ts'
import type { Call } from '../decide/call.ts'
import { type Difference, differenceOf } from '../decide/difference.ts'
import { outcomeOf, type Replied } from '../decide/replied.ts'
import { readCall } from '../protocol/request.ts'
import type { ShedReason } from '../record/draft-line.ts'
import type { Config } from './config.ts'
import type { AnsweredCall } from './draft-call.ts'
import { DeadlineExceeded } from './exchange.ts'
import { judgeBy } from './judge-call.ts'

/** What judging by a draft needs. `now` is in ms, by any clock. */
export type DraftJudgeDeps = Pick<Config, 'deadlineMs' | 'onFailure' | 'maxTextBytes'> & {
  /** The draft; null while there is none. */
  current(): RuleSet | null
  counts: CountStore
  now(): number
  /** Called between pieces of work. What it throws goes to the caller. */
  checkMemory(): void
}

/** What the draft made of a call, or why it decided nothing. */
export type DraftJudged =
  | { kind: 'decided'; version: string; call: Call; would: Replied; isUnsure: boolean; difference?: Difference }
  | { kind: 'shed'; reason: ShedReason }

/**
 * Decides calls a second time, by a draft: as the service decides them, with counts of its own.
 *
 * The counts go by what the draft would have answered.
 */
export function draftJudge(deps: DraftJudgeDeps): (answered: AnsweredCall) => Promise<DraftJudged> {
  const { current, counts, maxTextBytes, onFailure } = deps
  let countedAt = 0
  const judge = judgeBy({ current, counts: () => counts, now: () => countedAt })
  return async answered => {
    const { at, callback, callerId, text } = answered
    // What the service could read can be read again.
    const read = readCall(callback, JSON.parse(text), { command: callback.command, maxTextBytes })
    if (!read.ok) return { kind: 'shed', reason: 'failed' }
    countedAt = answered.countedAt
    const { call } = read
    const asked = { call, at, pause: pauseUntil(deps) }
    const judged = judge(callerId === undefined ? asked : { ...asked, requestId: callerId })
    if (judged === null) return { kind: 'shed', reason: 'no draft' }
    try {
      const decision = await judged.decision
      const isRefused = decision.kind === 'reject' && callback.phase !== 'after'
      judged.counts?.settle(isRefused ? 'refused' : 'let through', decision.effects)
      const would = outcomeOf(decision, callback)
      const difference = differenceOf(answered.answered, would)
      const isUnsure = judged.counts?.told?.some(({ counted }) => counted?.some(isPartial) ?? true) ?? false
      const made = { kind: 'decided', version: judged.version, call, would, isUnsure } as const
      return difference === undefined ? made : { ...made, difference }
    } catch (error) {
      // As the service settles a call that it cannot decide.
      judged.counts?.settle(onFailure === 'reject' && callback.phase !== 'after' ? 'refused' : 'let through')
      if (error instanceof DeadlineExceeded) return { kind: 'shed', reason: 'deadline' }
      throw error
    }
  }
}

function isPartial({ isPartial }: { isPartial?: boolean }): boolean {
  return isPartial === true
}

/** Throws when a call takes longer than the service would give it. */
function pauseUntil({ deadlineMs, now, checkMemory }: DraftJudgeDeps): Pause {
  const startedMs = now()
  return () => {
    checkMemory()
    if (now() - startedMs > deadlineMs) throw new DeadlineExceeded(deadlineMs)
    return undefined
  }
}
