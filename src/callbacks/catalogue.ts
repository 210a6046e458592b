import { beforeSetGroupMemberInfo } from './before-set-group-member-info.ts'
import type { Callback } from './callback.ts'

/** Every callback that rules can decide. */
export const callbacks: readonly Callback[] = [beforeSetGroupMemberInfo]

const byName = new Map(
  callbacks.flatMap(callback =>
    [callback.name, callback.command, ...callback.formerly].map(name => [name.toLowerCase(), callback]),
  ),
)

/** The callback of a short name, a command on the wire or a former command; letter case does not count. Pure. */
export function findCallback(name: string): Callback | undefined {
  return byName.get(name.toLowerCase())
}
