import { createHash } from 'node:crypto'
import type { Rule, Share } from '../language/rule.ts'
import type { Slots } from './slots.ts'
import type { Slot, View } from './view.ts'

/** The share for which a rule is in force, with the fact that it is drawn by: compared as `is` does. */
export type DrawnShare = Pick<Share, 'percent' | 'by'> & { slot: Slot }

/** What a call has by which a share is drawn; null if it has nothing. Pure. */
export type DrawnBy = string | null

/** The share of a rule, made ready. */
export function drawnShare({ share }: Rule, slots: Slots): DrawnShare | undefined {
  if (share === undefined) return undefined
  const { percent, by } = share
  return { percent, by, slot: slots.of(by, by.kind === 'text' ? 'folded whole' : 'plain') }
}

/** The value of a call by which a share is drawn, as it was received: rewrites move nobody. Empty is nothing. */
export function drawnBy({ slot }: DrawnShare, received: View): DrawnBy {
  const value = received.value(slot)
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * Whether a call is in the share of a rule: a call without the value never is.
 *
 * Depends on nothing but the name of the rule, the value and the percentage, so every process agrees, a larger share has
 * in it all of a smaller one, and two rules draw independently.
 */
export function isInShare(rule: string, value: DrawnBy, percent: number): boolean {
  return value !== null && drawOf(rule, value) < percent
}

/** From 0 to below 100: the first 48 bits of the SHA-256 of the rule's name, a line feed and the value. */
export function drawOf(rule: string, value: string): number {
  const hash = createHash('sha256').update(`${rule}\n${value}`).digest()
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100
}

/** How the shares of all rules are drawn: by the call, or every call is on one side, as in tests. */
export type Drawing = 'in' | 'out' | undefined

/** What of a compiled rule tells its mode for a call. */
type Shared = Pick<Rule, 'id' | 'mode'> & { share?: DrawnShare }

/** A rule as it is for one call: in shadow if the call is not in its share. */
export function asDrawn<R extends Shared>(rule: R, received: View, drawing: Drawing): R {
  const { share } = rule
  if (share === undefined || drawing === 'in') return rule
  const isIn = drawing === undefined && isInShare(rule.id, drawnBy(share, received), share.percent)
  return isIn ? rule : { ...rule, mode: 'shadow' }
}
