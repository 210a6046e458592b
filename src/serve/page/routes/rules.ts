import { decode } from '../../../yaml/decode.ts'
import type { Failure } from '../../exchange.ts'
import type { About, FileAnswer, FilesAnswer } from '../answers.ts'
import type { Ask } from '../asks.ts'
import { textOfFile } from '../draft-files.ts'
import type { PageDeps } from '../page-deps.ts'
import type { ChosenRules } from '../page-rules.ts'
import { fine, type PageAnswered, type PageRequest, type Route } from '../route.ts'
import type { Edits } from '../rule-sets.ts'
import { fields, listOfShape, orNull } from '../shape.ts'
import { chosenShape, draftId, filePath, namedShape, parts } from '../shapes.ts'
import { answerOfThread } from '../thread-answer.ts'

const { place, count, flag, string, strings } = parts
const about = namedShape('About')
const diagnostics = { diagnostics: listOfShape(namedShape('Diagnostic')), leftOut: count }

/** Unsaved texts are as long as files. */
const mostBytes = 8 * 1024 * 1024

const placed = { file: filePath, line: place, column: place }

/** What rules say and mean: of a draft, of a draft with unsaved texts, or of those in force. */
export const rulesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/files',
    needs: 'look',
    about: 'The files of a draft, or without one of the rules in force',
    query: { draft: draftId },
    answers: {
      200: fields({
        about,
        files: listOfShape(fields({ file: string, bytes: count, change: orNull(string), revision: count })),
      }),
    },
    work: (request, deps) =>
      withChosen(request.query.draft, deps, async chosen => fine(await filesAnswer(chosen, deps))),
  },
  {
    method: 'GET',
    path: '/api/file',
    needs: 'look',
    about: 'The text of a file',
    query: { draft: draftId, file: filePath },
    answers: { 200: fields({ about, file: string, text: string, revision: count, isThere: flag }) },
    work: ({ query }, deps) =>
      withChosen(query.draft, deps, async chosen => fine(fileAnswer(chosen, query.file ?? '', deps))),
  },
  asking('rules', 'The rules as sentences, in the order in which they decide, and what is wrong with them', {
    answer: fields({ about, rules: orNull(listOfShape(namedShape('Rule'))), ...diagnostics }),
    ask: () => ({ kind: 'rules' }),
  }),
  asking('tests', 'Runs the tests of a rule, of a file, or all of them', {
    more: { 'file?': filePath, 'rule?': filePath },
    answer: fields({ about, tests: listOfShape(namedShape('Test')) }),
    ask: ({ file, rule }) => ({
      kind: 'tests',
      ...(typeof file === 'string' && { file }),
      ...(typeof rule === 'string' && { rule }),
    }),
  }),
  asking('complete', 'What could be written at a place in a file', {
    more: placed,
    answer: fields({
      ...{ about, from: place, to: place },
      offers: listOfShape(fields({ label: string, text: string, about: string, kind: string })),
    }),
    ask: body => ({ kind: 'complete', ...placeIn(body) }),
  }),
  asking('meaning', 'What the word at a place in a file means', {
    more: placed,
    answer: fields({ about, from: place, to: place, meaning: orNull(string), example: orNull(string) }),
    ask: body => ({ kind: 'meaning', ...placeIn(body) }),
  }),
  {
    method: 'POST',
    path: '/api/changes',
    needs: 'look',
    about: 'What a draft changes against its base, in sentences: what becomes stricter first',
    body: fields({ draft: draftId }),
    answers: {
      200: fields({ about, stricter: listOfShape(strings), others: listOfShape(strings), ...diagnostics }),
    },
    work: changesAnswer,
  },
]

type Asking = {
  more?: Parameters<typeof fields>[0]
  answer: Route['answers'][number]
  ask(body: PageRequest['body']): Ask
}

function asking(name: string, aboutIt: string, { more = {}, answer, ask }: Asking): Route {
  return {
    method: 'POST',
    path: `/api/${name}`,
    needs: 'look',
    about: aboutIt,
    body: fields({ ...chosenShape, ...more }),
    mostBytes,
    answers: { 200: answer },
    work: ({ body, signal }, deps) =>
      withChosen(body.draft, deps, async chosen => {
        const { edits = {} } = body as { edits?: Edits }
        return answerOfThread(await deps.pageRules.ask({ chosen, edits, ask: ask(body) }, signal))
      }),
  }
}

/** Do something with the rules of a draft, or with those in force. */
export async function withChosen(
  draft: unknown,
  { pageRules }: PageDeps,
  work: (chosen: ChosenRules) => Promise<PageAnswered>,
): Promise<PageAnswered> {
  const chosen: ChosenRules | Failure = await pageRules.choose(typeof draft === 'string' ? draft : undefined)
  return 'problem' in chosen ? chosen : work(chosen)
}

/** Which rules an answer is about that does not judge them. */
export function aboutChosen({ draft }: ChosenRules, { rules }: PageDeps): About {
  if (draft === null) return { version: rules.current?.version ?? null, draft: null, edited: [] }
  const { id, name, revision, base } = draft
  return { version: null, draft: { id, name, revision, base }, edited: [] }
}

function placeIn({ file, line, column }: PageRequest['body']): { file: string; line: number; column: number } {
  return { file: String(file), line: Number(line), column: Number(column) }
}

async function filesAnswer(chosen: ChosenRules, deps: PageDeps): Promise<FilesAnswer> {
  const { draft, files } = chosen
  const base = new Set(((draft && (await deps.pageRules.filesOf(draft.base))) ?? files).map(({ file }) => file))
  const changes = draft?.changes ?? new Map()
  const removed = [...changes].filter(([, { text }]) => text === null)
  const shown = files.map(source => ({
    file: source.file,
    bytes: Buffer.byteLength(source.content as Uint8Array),
    change: changes.has(source.file) ? (base.has(source.file) ? ('changed' as const) : ('added' as const)) : null,
    revision: changes.get(source.file)?.revision ?? 0,
  }))
  const gone = removed.map(([file, { revision }]) => ({ file, bytes: 0, change: 'removed' as const, revision }))
  return { about: aboutChosen(chosen, deps), files: [...shown, ...gone].sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

function fileAnswer(chosen: ChosenRules, file: string, deps: PageDeps): FileAnswer {
  const source = chosen.files.find(each => each.file === file)
  return {
    about: aboutChosen(chosen, deps),
    file,
    text: source === undefined ? '' : decode(source).source.text,
    revision: chosen.draft?.revision ?? 0,
    isThere: textOfFile(chosen.files, file) !== undefined,
  }
}

async function changesAnswer({ body, signal }: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  return withChosen(body.draft, deps, async chosen => {
    const { draft } = chosen
    if (draft === null) return { status: 400, problem: 'Name a draft' }
    const base = await deps.pageRules.baseOf(draft)
    if ('problem' in base) return base
    return answerOfThread(
      await deps.pageRules.ask({ chosen, than: base, ask: { kind: 'changes', than: base.key } }, signal),
    )
  })
}
