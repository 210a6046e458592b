import { callbacks } from '../../../callbacks/catalogue.ts'
import { toldWhole } from '../../../protocol/told-callback.ts'
import type { CallbackShown, KeptTestAnswer } from '../answers.ts'
import type { TriedRequest } from '../asks.ts'
import type { PageDeps } from '../page-deps.ts'
import { fine, type PageAnswered, type PageRequest, type Route } from '../route.ts'
import type { Edits } from '../rule-sets.ts'
import { fields, listOfShape, orNull, type Shape } from '../shape.ts'
import { chosenShape, filePath, namedShape, parts } from '../shapes.ts'
import { shownDraft } from '../shown-draft.ts'
import { answerOfThread, parsedAnswer } from '../thread-answer.ts'
import { saveFile } from './drafts.ts'
import { withChosen } from './rules.ts'

const { count, flag, object, string } = parts

/** A call, as dry runs take it. */
const tried: Record<string, Shape> = {
  callback: { type: 'string', maxLength: 100 },
  payload: object,
  'at?': { type: 'string', maxLength: 40 },
  'after?': listOfShape(object, 100),
}

const mostBytes = 8 * 1024 * 1024

/** Trying calls, and keeping them as tests. */
export const tryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/callbacks',
    needs: 'look',
    about:
      'What the IM server asks about: each callback with its fields, a sample, and how many rules in force decide it',
    answers: { 200: fields({ callbacks: listOfShape(object) }) },
    work: async (_, deps) => fine({ callbacks: callbacksShown(deps) }),
  },
  {
    method: 'POST',
    path: '/api/try',
    needs: 'look',
    about: 'What the service would answer to a call by chosen rules, and why: the report of hookwarden try --json',
    body: fields({ ...chosenShape, ...tried }),
    mostBytes,
    answers: {
      200: fields({ about: namedShape('About'), at: count, callback: string, report: object }),
      422: namedShape('Problem'),
    },
    work: ({ body, signal }, deps) =>
      withChosen(body.draft, deps, async chosen => {
        const { edits = {} } = body as { edits?: Edits }
        return answerOfThread(
          await deps.pageRules.ask({ chosen, edits, ask: { kind: 'try', wanted: wantedIn(body) } }, signal),
        )
      }),
  },
  {
    method: 'POST',
    path: '/api/drafts/:draft/tests',
    needs: 'write',
    about: 'Adds a call to the tests of a rule, with the fields that mattered, and saves that',
    body: fields({ ...tried, rule: filePath }),
    mostBytes,
    answers: {
      200: fields({
        ...{ draft: namedShape('Draft'), file: string, text: string, isAdded: flag, isRight: flag },
        content: orNull(string),
      }),
      409: namedShape('Problem'),
      422: namedShape('Problem'),
    },
    work: keepTest,
  },
  {
    method: 'POST',
    path: '/api/drafts/:draft/rules',
    needs: 'write',
    about: 'Writes a new rule, given by its keys, into the file for its callback, and saves that',
    body: fields({ callback: { type: 'string', maxLength: 100 }, rule: object }),
    answers: {
      200: fields({ draft: namedShape('Draft'), file: string, line: count, content: string }),
      409: namedShape('Problem'),
    },
    work: newRule,
  },
]

function wantedIn({ callback, payload, at, after }: PageRequest['body']): TriedRequest {
  return {
    callback: String(callback),
    payload,
    ...(typeof at === 'string' && { at }),
    ...(after !== undefined && { after }),
  }
}

async function keepTest(request: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const { body, params, signal } = request
  return withChosen(params.draft, deps, async chosen => {
    const ask = { kind: 'keep test', rule: String(body.rule), wanted: wantedIn(body) } as const
    const worked = await deps.pageRules.ask({ chosen, ask }, signal)
    if (!('body' in worked)) return answerOfThread(worked)
    const { content, ...told } = parsedAnswer<KeptTestAnswer & { content: string | null }>(worked)
    if (content === null) return fine({ ...told, content, draft: await draftShown(request, deps) })
    // The text was made from the draft as it is now, which may not be the one that the page knows.
    const revision = chosen.draft?.revision ?? 0
    const saved = await saveFile({ ...request, body: { file: told.file, text: content, revision } }, deps)
    if (!('answer' in saved) || saved.status !== 200) return saved
    const { draft } = saved.answer as Pick<KeptTestAnswer, 'draft'>
    return fine({ ...told, content, draft })
  })
}

async function newRule(request: PageRequest, deps: PageDeps): Promise<PageAnswered> {
  const { body, params, signal } = request
  return withChosen(params.draft, deps, async chosen => {
    const ask = {
      kind: 'new rule',
      callback: String(body.callback),
      written: body.rule as Record<string, unknown>,
    } as const
    const worked = await deps.pageRules.ask({ chosen, ask }, signal)
    if (!('body' in worked)) return answerOfThread(worked)
    const made = parsedAnswer<{ file: string; line: number; content: string }>(worked)
    const revision = chosen.draft?.revision ?? 0
    const saved = await saveFile({ ...request, body: { file: made.file, text: made.content, revision } }, deps)
    if (!('answer' in saved) || saved.status !== 200) return saved
    const { draft } = saved.answer as Pick<KeptTestAnswer, 'draft'>
    return fine({ ...made, draft })
  })
}

async function draftShown({ params }: PageRequest, deps: PageDeps): Promise<KeptTestAnswer['draft'] | null> {
  const draft = await (await deps.pageRules.drafts()).find(String(params.draft))
  return draft === undefined ? null : shownDraft(draft, deps.rules.current?.version ?? null)
}

function callbacksShown({ rules }: PageDeps): readonly CallbackShown[] {
  const compiled = [...(rules.current?.compiled.values() ?? [])].filter(({ mode }) => mode !== 'disabled')
  return callbacks.map(callback => {
    const { neutral, formerly, setting, source, ...told } = toldWhole(callback)
    const deciding = compiled.filter(({ rule }) => rule.callbacks.includes(callback))
    return { ...told, rules: deciding.length } as CallbackShown
  })
}
