import { randomBytes } from 'node:crypto'
import type { RuleDraft } from '../../../state/draft-lines.ts'
import type { NewDraftLine } from '../../../state/drafts.ts'
import { isRulePath } from '../../dry-run-request.ts'
import type { PageDeps } from '../page-deps.ts'
import { fine, type PageAnswered, type PageRequest, problemOfKind, type Route } from '../route.ts'
import { boundedText, fields, listOfShape, orNull } from '../shape.ts'
import { namedShape, parts } from '../shapes.ts'
import { shownDraft, shownFiles } from '../shown-draft.ts'

const { count, string } = parts
const draft = fields({ draft: namedShape('Draft') })

/** Room for a list of 100,000 long entries. */
const mostBytes = 8 * 1024 * 1024
const mostOpen = 200
const mostCharacters = 32 * 1024 * 1024

/** Drafts: made, saved, looked back at, given up. */
export const draftRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/drafts',
    needs: 'write',
    about: 'Makes a draft of changes to the rules in force',
    body: fields({ name: boundedText(100, 1) }),
    answers: { 200: draft, 409: namedShape('Problem') },
    work: makeDraft,
  },
  {
    method: 'GET',
    path: '/api/drafts/:draft/saves',
    needs: 'look',
    about: 'Every save of a draft that is kept, the newest one first',
    answers: {
      200: fields({
        saves: listOfShape(fields({ revision: count, at: string, who: string, kind: string, 'file?': string })),
      }),
    },
    work: savesOf,
  },
  {
    method: 'GET',
    path: '/api/drafts/:draft/saves/:revision',
    needs: 'look',
    about: 'The text of a file as it was saved; null if the save removed it',
    answers: { 200: fields({ revision: count, file: string, text: orNull(string), at: string, who: string }) },
    work: saveOf,
  },
  {
    method: 'PUT',
    path: '/api/drafts/:draft/file',
    needs: 'write',
    about: 'Saves the text of a file, or removes it; refused if somebody else saved that file since `revision`',
    body: fields({ file: boundedText(200, 1), text: { type: ['string', 'null'] }, revision: count }),
    mostBytes,
    answers: {
      200: fields({ draft: namedShape('Draft'), others: listOfShape(namedShape('DraftFile')) }),
      409: namedShape('Problem'),
    },
    work: saveFile,
  },
  {
    method: 'POST',
    path: '/api/drafts/:draft/name',
    needs: 'write',
    about: 'Gives a draft another name',
    body: fields({ name: boundedText(100, 1) }),
    answers: { 200: draft, 409: namedShape('Problem') },
    work: (request, deps) =>
      changeOpen(request, deps, ({ at, who }) => ({ kind: 'named', at, who, name: String(request.body.name) })),
  },
  {
    method: 'POST',
    path: '/api/drafts/:draft/discard',
    needs: 'write',
    about: 'Gives a draft up; it can be opened again',
    body: fields({}),
    answers: { 200: draft, 409: namedShape('Problem') },
    work: (request, deps) => changeOpen(request, deps, ({ at, who }) => ({ kind: 'discarded', at, who })),
  },
  {
    method: 'POST',
    path: '/api/drafts/:draft/reopen',
    needs: 'write',
    about: 'Opens a draft again that was given up',
    body: fields({}),
    answers: { 200: draft, 409: namedShape('Problem') },
    work: reopenDraft,
  },
]

/** When and by whom a draft is changed. */
type Change = { at: string; who: string }

function changeBy({ who }: PageRequest, { now }: PageDeps): Change {
  return { at: new Date(now()).toISOString(), who: who.name }
}

async function makeDraft(request: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const { current } = deps.rules
  if (current === null) return { status: 503, problem: 'No rules are in force' }
  const drafts = await deps.pageRules.drafts()
  const open = (await drafts.all()).filter(({ end }) => end === undefined)
  if (open.length >= mostOpen)
    return problemOfKind(409, 'too many drafts', `There are ${mostOpen} drafts: give some up first`)
  const id = `d-${randomBytes(6).toString('hex')}`
  // The base can be read back however often other rules come into force.
  await deps.pageRules.keepBase(current.version)
  const made = await drafts.make(id, {
    ...changeBy(request, deps),
    name: String(request.body.name),
    base: current.version,
  })
  return fine({ draft: shownDraft(made, current.version) })
}

/** Change a draft unless it is closed. `line` may refuse, with an answer. */
async function changeOpen(
  request: PageRequest,
  deps: PageDeps,
  line: (change: Change, draft: RuleDraft) => NewDraftLine | { no: PageAnswered },
  answer: (draft: RuleDraft) => object = () => ({}),
): Promise<PageAnswered> {
  const drafts = await deps.pageRules.drafts()
  const changed = await drafts.change<PageAnswered>(String(request.params.draft), found => {
    if (found === undefined) return { no: noDraft }
    return found.end === undefined ? line(changeBy(request, deps), found) : { no: closedDraft(found) }
  })
  if ('no' in changed) return changed.no
  return fine({ draft: shownDraft(changed, deps.rules.current?.version ?? null), ...answer(changed) })
}

const noDraft: PageAnswered = { status: 404, problem: 'There is no such draft' }

function closedDraft({ end }: RuleDraft): PageAnswered {
  const what = end?.kind === 'published' ? 'published' : 'given up'
  return problemOfKind(409, 'closed', `This draft was ${what}: what is typed now needs a new one`, { end })
}

/** Saves a file into a draft, unless somebody else did since the revision of the request. */
export async function saveFile(request: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const { file, text: content, revision } = request.body as { file: string; text: string | null; revision: number }
  if (!isRulePath(file)) {
    return { status: 400, problem: 'The name of a file must end in .yaml, or be lists/….txt' }
  }
  const save = ({ at, who }: Change, found: RuleDraft): NewDraftLine | { no: PageAnswered } => {
    const theirs = found.changes.get(file)
    if (theirs !== undefined && theirs.revision > revision && theirs.text !== content) {
      const both = { theirs, revision: found.revision, draft: shownDraft(found, deps.rules.current?.version ?? null) }
      return { no: problemOfKind(409, 'saved meanwhile', `${theirs.who} saved ${file} meanwhile`, both) }
    }
    if (sizeWith(found, file, content) > mostCharacters) {
      return { no: { status: 413, problem: 'A draft must not be longer than 32 million characters' } }
    }
    return { kind: 'saved', at, who, file, text: content }
  }
  return changeOpen(request, deps, save, changed => ({
    others: shownFiles(changed, revision).filter(each => each.file !== file),
  }))
}

function sizeWith({ changes }: RuleDraft, file: string, content: string | null): number {
  const others = [...changes].filter(([name]) => name !== file).map(([, { text: each }]) => each?.length ?? 0)
  return others.reduce((sum, length) => sum + length, content?.length ?? 0)
}

async function reopenDraft(request: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const drafts = await deps.pageRules.drafts()
  const changed = await drafts.change<PageAnswered>(String(request.params.draft), found => {
    if (found === undefined) return { no: noDraft }
    if (found.end?.kind === 'published') return { no: closedDraft(found) }
    return { kind: 'reopened', ...changeBy(request, deps) }
  })
  return 'no' in changed ? changed.no : fine({ draft: shownDraft(changed, deps.rules.current?.version ?? null) })
}

async function savesOf({ params }: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const drafts = await deps.pageRules.drafts()
  if ((await drafts.find(String(params.draft))) === undefined) return noDraft
  const lines = await drafts.lines(String(params.draft))
  const saves = lines.map(line => {
    const { revision, at, who, kind } = line
    return { revision, at, who, kind, ...(line.kind === 'saved' && { file: line.file }) }
  })
  return fine({ saves: saves.reverse().slice(0, mostSaves) })
}

const mostSaves = 1_000

async function saveOf({ params }: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const drafts = await deps.pageRules.drafts()
  if ((await drafts.find(String(params.draft))) === undefined) return noDraft
  const lines = await drafts.lines(String(params.draft))
  const line = lines.find(each => each.revision === Number(params.revision))
  if (line?.kind !== 'saved') return { status: 404, problem: 'This save is not kept' }
  const { revision, file, text: content, at, who } = line
  return fine({ revision, file, text: content, at, who })
}
