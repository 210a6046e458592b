import { StateInUse, StateUnusable } from '../../../state/state-errors.ts'
import { reloadStatus, show } from '../../reload-status.ts'
import type { DraftShown, PageStatus } from '../answers.ts'
import type { PageDeps } from '../page-deps.ts'
import { fine, type Route } from '../route.ts'
import { namedShape } from '../shapes.ts'
import { shownDraft } from '../shown-draft.ts'

/** What the page always shows. */
export const statusRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/status',
    needs: 'look',
    about:
      'Which rules are in force and since when, the drafts, whether the last reload failed, who asks and may do what',
    answers: { 200: namedShape('Status') },
    work: async ({ who }, deps) => fine(await pageStatus(who, deps)),
  },
]

async function pageStatus(who: PageStatus['who'], deps: PageDeps): Promise<PageStatus> {
  const { app, rules, pauses, config } = deps
  const { current, since, lastReload } = rules
  return {
    app,
    who,
    inForce: { version: current?.version ?? null, since, rules: current?.counts ?? null },
    lastReload: lastReload && reloadStatus(lastReload, show),
    pauses: pauses.pauses.all,
    ...(await draftsOf(deps)),
    folder: config.rules,
    isRecorded: config.record,
  }
}

/** The drafts that are open, and those that were closed last. */
async function draftsOf(deps: PageDeps): Promise<{ drafts: readonly DraftShown[]; draftsProblem: string | null }> {
  try {
    const all = await (await deps.pageRules.drafts()).all()
    const version = deps.rules.current?.version ?? null
    const open = all.filter(({ end }) => end === undefined)
    const closed = all.filter(({ end }) => end !== undefined).slice(0, mostClosed)
    return { drafts: [...open, ...closed].map(draft => shownDraft(draft, version)), draftsProblem: null }
  } catch (error) {
    if (!(error instanceof StateUnusable || error instanceof StateInUse)) throw error
    return { drafts: [], draftsProblem: error.message }
  }
}

const mostClosed = 20
