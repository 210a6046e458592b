import type { DraftShown, FileAnswer, SavedAnswer } from '../../serve/page/answers.ts'
import { ApiProblem, askApi, queryOf } from '../api.ts'
import { say, timeText } from '../language.ts'
import { go } from '../route.ts'
import { known, noteDraft } from '../status.ts'
import { createStore } from '../store.ts'
import { forgetUnsaved, keepUnsaved, unsavedFiles, unsavedIn } from './journal.ts'

/** A file as somebody else saved it meanwhile. */
export type Theirs = { text: string | null; who: string; revision: number }

/** A file that is open. `text` is what is on the page, with `\n` between lines; `revision` the one that it was read at. */
export type OpenFile = {
  file: string
  text: string
  saved: string
  eol: '\n' | '\r\n'
  revision: number
  state: 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict'
  /** The texts of tries to save it that were not answered: they may have arrived, and are not somebody else's. */
  sent?: readonly string[]
  problem?: ApiProblem
  theirs?: Theirs
}

/** What somebody works on: a draft, or nothing yet (then `draft` is null and the rules are those in force). */
export type Session = { draft: string | null; files: ReadonlyMap<string, OpenFile> }

export const session = createStore<Session>({ draft: null, files: new Map() })

/** How long after the last key a text is saved, and how soon a failed save is tried again. */
const saveMs = 500
const againMs = 2_000
const keepMs = 150

let timer: ReturnType<typeof setTimeout> | undefined
let keeping: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined

/** Work on a draft, or on the rules in force. What was typed before and is not saved is opened with it. */
export async function openSession(draft: string | null): Promise<void> {
  if (session.get().draft !== draft) {
    await saveNow()
    session.set({ draft, files: new Map() })
  }
  for (const file of unsavedFiles(draft)) await openFile(file)
}

/** Open a file, with what was typed and not saved. Throws ApiProblem. */
export async function openFile(file: string): Promise<void> {
  const { draft, files } = session.get()
  if (files.has(file)) return
  const answer = await askApi<FileAnswer>(`file${queryOf({ draft: draft ?? undefined, file })}`)
  if (session.get().draft !== draft || session.get().files.has(file)) return
  const eol = /^[^\n]*\r\n/.test(answer.text) ? '\r\n' : '\n'
  const saved = answer.text.replaceAll('\r\n', '\n')
  const unsaved = unsavedIn(draft, file)
  const isNew = unsaved !== undefined && unsaved.text !== saved
  if (unsaved !== undefined && !isNew) forgetUnsaved(draft, file)
  put({
    ...{ file, eol, saved, text: isNew ? unsaved.text : saved },
    revision: isNew ? unsaved.revision : answer.revision,
    state: isNew ? 'unsaved' : 'saved',
    ...(unsaved?.sent !== undefined && { sent: unsaved.sent }),
  })
  if (isNew) saveSoon(0)
}

/** Type: the text is kept in this browser at once, and saved in the draft soon. */
export function typed(file: string, text: string): void {
  const open = session.get().files.get(file)
  if (open === undefined || open.text === text) return
  put({
    ...open,
    text,
    state: open.state === 'conflict' ? 'conflict' : text === open.saved && open.state === 'saved' ? 'saved' : 'unsaved',
  })
  clearTimeout(keeping)
  keeping = setTimeout(keepAll, keepMs)
  saveSoon(saveMs)
}

/** Texts that are not saved, by file: for answers about what is on the page. */
export function editsIn({ files }: Session): Record<string, string> {
  const edited = [...files.values()].filter(({ text, saved }) => text !== saved)
  return Object.fromEntries(edited.map(({ file, text, eol }) => [file, withEol(text, eol)]))
}

/** Save all that is typed. Resolves when it is saved, or could not be. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer)
  keepAll()
  while (running !== undefined) await running
  running = saveAll().finally(() => {
    running = undefined
  })
  await running
}

/** Decide a conflict: save this text in place of theirs, or take theirs. */
export function decideConflict(file: string, text: string): void {
  const open = session.get().files.get(file)
  if (open?.theirs === undefined) return
  const { theirs, problem, ...rest } = open
  const saved = (theirs.text ?? '').replaceAll('\r\n', '\n')
  const isTheirs = text === saved
  putFromOutside({ ...rest, text, saved, revision: theirs.revision, state: isTheirs ? 'saved' : 'unsaved' })
  if (isTheirs) forgetUnsaved(session.get().draft, file)
  else saveSoon(0)
}

/** Go on in a new draft, with what is typed: the one before was published or given up. */
export function continueInNew(): void {
  const { draft, files } = session.get()
  const edited = [...files.values()].filter(({ text, saved }) => text !== saved)
  for (const { file } of edited) forgetUnsaved(draft, file)
  const anew = edited.map(({ problem, theirs, ...open }): OpenFile => ({ ...open, revision: 0, state: 'unsaved' }))
  session.set({ draft: null, files: new Map(anew.map(open => [open.file, open])) })
  go({ values: { draft: undefined }, replace: true })
  void saveNow()
}

/** Files that somebody else saved are read again, unless they are being changed here: that becomes a conflict on saving. */
export async function takeOver(draft: DraftShown): Promise<void> {
  const { draft: own, files } = session.get()
  if (own !== draft.id || running !== undefined) return
  for (const { file, revision } of draft.files) {
    const open = files.get(file)
    if (open?.theirs !== undefined && open.theirs.revision < revision) await refreshTheirs(own, open, draft)
    if (open === undefined || open.state !== 'saved' || open.revision >= revision) continue
    const answer = await askApi<FileAnswer>(`file${queryOf({ draft: own, file })}`)
    const now = session.get().files.get(file)
    if (session.get().draft !== own || now?.state !== 'saved') continue
    const saved = answer.text.replaceAll('\r\n', '\n')
    putFromOutside({ ...now, text: saved, saved, revision: answer.revision })
  }
}

/** They went on saving while the conflict was not decided. */
async function refreshTheirs(own: string, { file }: OpenFile, draft: DraftShown): Promise<void> {
  const { text, isThere, revision } = await askApi<FileAnswer>(`file${queryOf({ draft: own, file })}`)
  const now = session.get().files.get(file)
  if (session.get().draft !== own || now?.theirs === undefined) return
  const who = draft.files.find(each => each.file === file)?.who ?? now.theirs.who
  put({ ...now, theirs: { text: isThere ? text : null, who, revision } })
}

/** A file was saved here in another way than by typing: by keeping a test, or a new rule. */
export function noteSaved(draft: DraftShown, file: string, content: string): void {
  const text = content.replaceAll('\r\n', '\n')
  const open = session.get().files.get(file)
  if (open !== undefined) putFromOutside({ ...open, text, saved: text, revision: draft.revision, state: 'saved' })
  noteDraft(draft)
}

/** The draft to work in; one is made if there is none. Throws ApiProblem. */
export async function ownDraft(): Promise<string> {
  const { draft } = session.get()
  if (draft !== null) return draft
  const name = say('draft.name', { at: timeText(Date.now()) })
  const made = await askApi<{ draft: DraftShown }>('drafts', { body: { name } })
  const { id } = made.draft
  noteDraft(made.draft)
  session.change(({ files }) => ({ draft: id, files }))
  for (const file of unsavedFiles(null)) {
    const unsaved = unsavedIn(null, file)
    if (unsaved !== undefined) keepUnsaved(id, file, unsaved)
    forgetUnsaved(null, file)
  }
  go({ values: { draft: id }, replace: true })
  return id
}

function put(open: OpenFile): void {
  session.change(now => ({ ...now, files: new Map(now.files).set(open.file, open) }))
}

const watchers = new Set<(open: OpenFile) => void>()

/** Watch a file for texts that were not typed here: of somebody else, of a fix, of a test that was kept. */
export function watchOutside(file: string, show: (text: string) => void): () => void {
  const watcher = (open: OpenFile) => {
    if (open.file === file) show(open.text)
  }
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function putFromOutside(open: OpenFile): void {
  put(open)
  for (const watcher of watchers) watcher(open)
}

/** Change a text by a button: it is saved like one that was typed. */
export function editText(file: string, change: (text: string) => string): void {
  const open = session.get().files.get(file)
  if (open === undefined) return
  typed(file, change(open.text))
  const now = session.get().files.get(file)
  if (now !== undefined) for (const watcher of watchers) watcher(now)
}

function keepAll(): void {
  const { draft, files } = session.get()
  for (const { file, text, saved, revision, sent } of files.values()) {
    if (text !== saved) keepUnsaved(draft, file, { text, revision, ...(sent !== undefined && { sent }) })
  }
}

addEventListener('pagehide', keepAll)

function saveSoon(afterMs: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void saveNow(), afterMs)
}

/** Each file until it is saved; one that cannot be saved does not keep others from it. */
async function saveAll(): Promise<void> {
  for (const { file } of session.get().files.values()) {
    for (let isTried = false; ; isTried = true) {
      const open = session.get().files.get(file)
      const isDue = open?.state === 'unsaved' || (open?.state === 'failed' && !isTried)
      if (open === undefined || !isDue || !(await saveOne(open))) break
    }
  }
}

/** True if it was saved. */
async function saveOne(open: OpenFile): Promise<boolean> {
  const { file, text, eol, revision } = open
  try {
    put({ ...open, state: 'saving' })
    const draft = await ownDraft()
    const body = { file, text: withEol(text, eol), revision }
    noteSent(file, body.text)
    const answer = await askApi<SavedAnswer>(`drafts/${draft}/file`, { method: 'PUT', body })
    noteDraft(answer.draft)
    const now = session.get().files.get(file)
    if (now === undefined) return true
    const isSaved = now.text === text
    const { problem, theirs, sent, ...rest } = now
    put({ ...rest, saved: text, revision: answer.draft.revision, state: isSaved ? 'saved' : 'unsaved' })
    if (isSaved) forgetUnsaved(draft, file)
    return true
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    failed(file, error)
    return false
  }
}

/** How many tries are remembered. */
const mostSent = 3

/** Kept before it is sent, so that it is also known after the page was loaded again. */
function noteSent(file: string, text: string): void {
  const open = session.get().files.get(file)
  if (open === undefined) return
  put({ ...open, sent: [...(open.sent ?? []), text].slice(-mostSent) })
  keepAll()
}

function failed(file: string, problem: ApiProblem): void {
  const now = session.get().files.get(file)
  if (now === undefined) return
  const theirs = problem.answer.kind === 'saved meanwhile' ? (problem.answer.theirs as Theirs) : undefined
  if (theirs !== undefined && now.sent?.includes(theirs.text ?? '')) {
    // Ours: it arrived, and its answer did not.
    put({ ...now, revision: theirs.revision, state: 'unsaved' })
    saveSoon(0)
    return
  }
  if (theirs !== undefined) {
    put({ ...now, state: 'conflict', problem, theirs })
    return
  }
  put({ ...now, state: 'failed', problem })
  // What is refused for good waits for its author.
  if (problem.status === 0 || problem.status >= 500) saveSoon(againMs)
}

function withEol(text: string, eol: OpenFile['eol']): string {
  return eol === '\n' ? text : text.replaceAll('\n', eol)
}

/** True while something on the page is not saved in the draft. */
export function hasUnsaved({ files }: Session): boolean {
  return [...files.values()].some(({ state }) => state !== 'saved')
}

// Whatever this browser had no room to keep.
addEventListener('beforeunload', event => {
  const { draft, files } = session.get()
  const isLost = [...files.values()].some(
    ({ file, text, saved }) => text !== saved && unsavedIn(draft, file)?.text !== text,
  )
  if (isLost) event.preventDefault()
})

/** Whether a draft is the one that is worked on and may be changed. */
export function isOpenDraft(id: string | null): boolean {
  const draft = known.get().status?.drafts.find(each => each.id === id)
  return draft !== undefined && draft.end === undefined
}
