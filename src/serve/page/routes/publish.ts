import type { RuleDraft } from '../../../state/draft-lines.ts'
import { readHistory, versionsBehind } from '../../../state/history.ts'
import type { About } from '../answers.ts'
import type { PageDeps } from '../page-deps.ts'
import { publishRules } from '../publish.ts'
import { fine, type PageAnswered, type PageRequest, problemOfKind, type Route } from '../route.ts'
import { boundedText, fields, listOfShape, orNull } from '../shape.ts'
import { namedShape, parts } from '../shapes.ts'
import { answerOfThread, parsedAnswer } from '../thread-answer.ts'
import { withChosen } from './rules.ts'

const { count, flag, object, string } = parts
const published = fields({ version: string, inForce: flag, since: orNull(string) })
const why = boundedText(500, 1)
const answers = { 200: published, 409: namedShape('Problem'), 422: namedShape('Problem') }

/** Publishing a draft, and going back. */
export const publishRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/drafts/:draft/publish',
    needs: 'publish',
    about: 'Writes the files of a draft into the rules folder as one set, and reloads',
    body: fields({ revision: count, why, 'overwrite?': string }),
    answers,
    work: publishDraft,
  },
  {
    method: 'GET',
    path: '/api/history',
    needs: 'look',
    about: 'The versions that came into force, the newest one first: when, by whom, why, and what changed',
    answers: { 200: fields({ versions: listOfShape(object), foreign: count, goBackTo: orNull(string) }) },
    work: historyAnswer,
  },
  {
    method: 'POST',
    path: '/api/rollback',
    needs: 'publish',
    about: 'Writes the files of an earlier version back, and reloads',
    body: fields({ version: boundedText(100, 1), why, 'overwrite?': string }),
    answers,
    work: goBack,
  },
]

async function publishDraft({ params, body, who, signal }: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  return withChosen(params.draft, deps, async chosen => {
    const { draft } = chosen
    const { current } = deps.rules
    if (draft === null || current === null) return { status: 503, problem: 'No rules are in force' }
    if (draft.end !== undefined) return problemOfKind(409, 'closed', 'This draft is closed')
    if (draft.revision !== body.revision) {
      return problemOfKind(409, 'saved meanwhile', `${draft.savedBy} saved this draft meanwhile: look at it again`)
    }
    if (draft.base !== current.version) {
      const error = 'Other rules came into force since this draft was made: bring it up to date first'
      return problemOfKind(409, 'base moved', error, { base: draft.base, inForce: current.version })
    }
    const than = deps.pageRules.inForce()
    const worked = await deps.pageRules.ask({ chosen, than, ask: { kind: 'publish', than: than.key } }, signal)
    if (!('body' in worked)) return answerOfThread(worked)
    const { about } = parsedAnswer<{ about: About }>(worked)
    const version = String(about.version)
    if (version === current.version) return problemOfKind(409, 'no change', 'This draft changes nothing')
    const asked = { version, files: chosen.files, why: String(body.why), who: who.name, source: 'page' } as const
    const done = await publishRules({ ...asked, overwrite: textOr(body.overwrite) }, deps)
    if ('answer' in done && done.status === 200) await closePublished(draft, version, who.name, deps)
    return done
  })
}

/** What somebody saved while the files were written is not in them: the draft stays open with that. */
async function closePublished(published: RuleDraft, version: string, who: string, deps: PageDeps): Promise<void> {
  const at = new Date(deps.now()).toISOString()
  await (await deps.pageRules.drafts()).change<null>(published.id, draft => {
    if (draft === undefined || draft.end !== undefined) return { no: null }
    if (draft.revision === published.revision) return { kind: 'published', at, who, version }
    const later = [...draft.changes].filter(([, { revision }]) => revision > published.revision)
    const files = Object.fromEntries(later.map(([file, { text: content }]) => [file, content]))
    return { kind: 'based', at, who, base: version, files }
  })
}

async function historyAnswer(_: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const { lines, foreign } = await readHistory((await deps.state.open()).dir)
  const versions = [...lines].reverse().slice(0, mostVersions)
  return fine({ versions, foreign, goBackTo: versionsBehind(lines).at(-2) ?? null })
}

const mostVersions = 200

async function goBack({ body, who, signal }: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const version = String(body.version)
  const { lines } = await readHistory((await deps.state.open()).dir)
  const files = lines.some(line => line.version === version) ? await deps.pageRules.filesOf(version) : undefined
  if (files === undefined) return { status: 404, problem: 'This version is not kept' }
  const chosen = { key: `version ${version}`, files, like: 'in force', draft: null }
  const worked = await deps.pageRules.ask(
    { chosen, ask: { kind: 'changes', than: deps.pageRules.inForce().key } },
    signal,
  )
  if (!('body' in worked)) return answerOfThread(worked)
  const asked = { version, files, why: String(body.why), who: who.name, source: 'rollback' } as const
  return publishRules({ ...asked, overwrite: textOr(body.overwrite) }, deps)
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
