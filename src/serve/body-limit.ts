import type { Callback } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import type { Asked } from '../protocol/command.ts'

/** The longest body of a request, unless that is set, in bytes. Lists are of many users: 5,000 who register fit in. */
export const usualBodyBytes = { ofLists: 1_048_576, others: 262_144 }

/** The longest body of the request that asks for this, in bytes. Pure. */
export function bodyLimit(asked: Asked): number {
  return asked.kind === 'known' && withLists.has(asked.callback) ? usualBodyBytes.ofLists : usualBodyBytes.others
}

const withLists: ReadonlySet<Callback> = new Set(
  callbacks.filter(({ fields }) => fields.some(field => field.kind === 'list' && !isNeverSent(field))),
)
