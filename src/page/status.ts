import type { DraftShown, PageStatus } from '../serve/page/answers.ts'
import { ApiProblem, askApi } from './api.ts'
import { createStore } from './store.ts'

/** What the service last said of itself, and why it cannot be reached now, if so. */
export type KnownStatus = { status: PageStatus | undefined; problem: ApiProblem | undefined }

export const known = createStore<KnownStatus>({ status: undefined, problem: undefined })

const everyMs = 2_000

let asking: AbortController | undefined

/** Ask for the status now, and go on asking. A newer question replaces an older one. */
export async function refreshStatus(): Promise<void> {
  asking?.abort()
  const own = new AbortController()
  asking = own
  try {
    const status = await askApi<PageStatus>('status', { signal: own.signal })
    // The same status is the same object, so that nothing is drawn again.
    const isSame = JSON.stringify(status) === JSON.stringify(known.get().status)
    known.change(before => (isSame && before.problem === undefined ? before : { status, problem: undefined }))
  } catch (error) {
    if (own.signal.aborted) return
    if (!(error instanceof ApiProblem)) throw error
    known.change(before => ({ ...before, problem: error }))
  }
}

/** Keep the status up to date, and at once when somebody comes back to the page. */
export function followStatus(): void {
  const follow = async () => {
    if (document.visibilityState === 'visible') await refreshStatus()
    setTimeout(() => void follow(), everyMs)
  }
  void follow()
  document.addEventListener('visibilitychange', () => void refreshStatus())
}

/** Take over what an answer said of a draft, before the next status says the same. */
export function noteDraft(draft: DraftShown): void {
  known.change(before => {
    if (before.status === undefined) return before
    const others = before.status.drafts.filter(({ id }) => id !== draft.id)
    return { ...before, status: { ...before.status, drafts: [draft, ...others] } }
  })
}
