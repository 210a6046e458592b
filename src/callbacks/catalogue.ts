import type { Callback } from './callback.ts'
import { conversationCallbacks } from './conversations.ts'
import { friendCallbacks } from './friends.ts'
import { groupMemberCallbacks } from './group-members.ts'
import { groupCallbacks } from './groups.ts'
import { messageCallbacks } from './messages.ts'
import { pushCallbacks } from './push.ts'
import { userCallbacks } from './users.ts'

/** Every callback that rules can decide. */
export const callbacks: readonly Callback[] = [
  ...groupMemberCallbacks,
  ...groupCallbacks,
  ...messageCallbacks,
  ...friendCallbacks,
  ...userCallbacks,
  ...pushCallbacks,
  ...conversationCallbacks,
]

const byName = new Map(
  callbacks.flatMap(callback =>
    [callback.name, callback.command, ...callback.formerly].map(name => [name.toLowerCase(), callback]),
  ),
)

/** Finds a callback by short name, by command on the wire or by former command; case does not count. */
export function findCallback(name: string): Callback | undefined {
  return byName.get(name.toLowerCase())
}
