import type { CallbackShown, CallbacksAnswer } from '../serve/page/answers.ts'
import { askApi } from './api.ts'
import { known } from './status.ts'
import { useStore } from './store.ts'
import { useAnswer } from './use-answer.ts'

const none: readonly CallbackShown[] = []

/** What the IM server asks about, with how many rules in force decide each. */
export function useCallbacks(): readonly CallbackShown[] {
  const version = useStore(known).status?.inForce.version
  const { answer } = useAnswer<CallbacksAnswer>(version ?? undefined, signal => askApi('callbacks', { signal }))
  return answer?.callbacks ?? none
}
