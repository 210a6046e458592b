import { useMemo } from 'preact/hooks'
import { known } from '../status.ts'
import { useStore } from '../store.ts'
import { editsIn, session } from './session.ts'

/**
 * The rules that answers on the page are about: the draft or those in force, with what is typed and not saved yet. `body`
 * goes into a request; `key` changes whenever an answer may be another one.
 */
export type ChosenOnPage = { key: string; body: { draft?: string; edits?: Record<string, string> }; isEdited: boolean }

/** What to ask about. */
export function useChosenRules(): ChosenOnPage {
  const now = useStore(session)
  const { status } = useStore(known)
  const { draft } = now
  const revision = status?.drafts.find(({ id }) => id === draft)?.revision ?? 0
  const version = status?.inForce.version ?? ''
  const paused = status?.pauses.map(({ rule }) => rule).join() ?? ''
  const edits = useMemo(() => editsIn(now), [now])
  return useMemo(() => {
    const isEdited = Object.keys(edits).length > 0
    const body = { ...(draft !== null && { draft }), ...(isEdited && { edits }) }
    // A save of what was typed changes nothing of what the rules are, but for its revision.
    const key = JSON.stringify([draft, draft === null ? version : revision, paused, edits])
    return { key, body, isEdited }
  }, [draft, revision, version, paused, edits])
}
