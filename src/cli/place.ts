import { addressIn } from '../state/admin-address.ts'
import { answerQuestion } from '../state/answer-question.ts'
import type { Covered } from '../state/covered.ts'
import { forgetKeptCounts } from '../state/forget-counts.ts'
import type { FolderHolder } from '../state/forget-in.ts'
import type { LinesQuestion, PlaceAnswers, PlaceQuestion } from '../state/questions.ts'
import { folderSources, type LineSource, type ReadOptions } from '../state/read-records.ts'
import { allKnown, type KnownBytes, readAdded } from '../state/record-tail.ts'
import type { Piece } from '../state/segment-lines.ts'
import { openState } from '../state/state.ts'
import { StateInUse } from '../state/state-errors.ts'
import { askPeer, type PeerAnswer, PeerProblem } from './ask-peer.ts'
import { askForRecord } from './ask-record.ts'
import { askService } from './ask-service.ts'
import { defaultFolder, type Io } from './io.ts'
import { addFoot, answerIn, headIn, linesWithFoot } from './peer-answer.ts'
import { isLinesFoot, isTailFoot } from './peer-checks.ts'

/** Where a record is: a state folder here, or the one of a service that is asked. Peers throw PeerProblem. */
export type RecordPlace = {
  /** The folder, or the address. */
  name: string
  isPeer: boolean
  ask<K extends keyof PlaceAnswers>(question: PlaceQuestion<K>, signal: AbortSignal): Promise<PlaceAnswers[K]>
  sources(options: ReadOptions, signal: AbortSignal): Promise<readonly LineSource[]>
  /** What is added from the first call on: each calls with the lines that are new. */
  tail(): (onLine: (text: string) => void, signal: AbortSignal) => Promise<void>
}

/** Where the secret of the masks is, and the rules, if the flags say so. */
export type FolderFlags = { secretFile?: string; rules?: string }

/** A state folder of this machine. The rules are by default those of its service, or else the usual ones. */
export function folderPlace(dir: string, io: Io, { secretFile, rules }: FolderFlags = {}): RecordPlace {
  const now = () => io.now().getTime()
  const rulesFolder = async () => rules ?? (await addressIn(dir))?.rules ?? io.env.HOOKWARDEN_RULES ?? defaultFolder
  const deps = { now, secretFile, rules: rulesFolder, holder: () => holderOf(dir, now), note: noteIn(dir) }
  return {
    name: dir,
    isPeer: false,
    ask: question => answerQuestion(dir, question, deps),
    sources: options => folderSources(dir, options),
    tail: () => {
      let known: KnownBytes | undefined
      return async onLine => {
        const onPiece = async (piece: Piece) => eachLine(piece, onLine)
        known = known === undefined ? await allKnown(dir, now()) : await readAdded(dir, known, { now: now(), onPiece })
      }
    },
  }
}

/** The state folder of a service, by the address of its admin port. */
export function peerPlace(url: string, io: Io): RecordPlace {
  return {
    name: url,
    isPeer: true,
    ask: async (question, signal) => answerIn(await askPeer(url, question as PlaceQuestion, { io, signal }), question),
    sources: async ({ since, until, kind = 'envelope', bytes = [] }, signal) => {
      const question: LinesQuestion = { ask: 'lines', since, until, kind, bytes }
      const answer = await askPeer(url, question, { io, signal })
      const { head, rest } = await headIn(answer)
      const instances = head.instances.map(({ instance, hours }) => ({ dir: url, instance, hours: [...hours] }))
      const all = after(rest, answer)
      return [{ place: url, instances, pieces: coverage => piecesOfPeer(all, url, coverage) }]
    },
    tail: () => {
      let known: readonly (readonly [string, number])[] | undefined
      return async (onLine, signal) => {
        const answer = await askPeer(url, { ask: 'tail', ...(known && { known }) }, { io, signal })
        const lines = linesWithFoot(answer, isTailFoot)
        for (;;) {
          const { value, done } = await lines.next()
          if (!done) eachLine(value, onLine)
          else if ('problem' in value) throw new PeerProblem(value.problem)
          else {
            known = value.foot.known
            return
          }
        }
      }
    },
  }
}

async function* piecesOfPeer(answer: PeerAnswer, url: string, coverage: Covered): AsyncGenerator<Piece> {
  const lines = linesWithFoot(answer, isLinesFoot)
  try {
    for (;;) {
      const { value, done } = await lines.next()
      if (!done) yield value
      else {
        if ('problem' in value) coverage.unreadable.push({ path: url, reason: value.problem })
        else addFoot(coverage, url, value.foot)
        return
      }
    }
  } finally {
    await lines.return({ problem: '' })
  }
}

/** A piece that was read already, and those behind it. */
async function* after(first: Piece, rest: PeerAnswer): PeerAnswer {
  try {
    if (first.length > 0) yield first
    return yield* rest
  } finally {
    await rest.return({ isCut: false })
  }
}

function eachLine(piece: Piece, onLine: (text: string) => void): void {
  for (const line of piece.toString('utf8').split('\n')) if (line !== '') onLine(line)
}

/** Puts it on record if a service runs, without the name: whoever is held may have to be forgotten later. */
function noteIn(dir: string): FolderHolder['note'] {
  return async (event, facts) => void (await askService(dir, '/record/note', { event, ...facts }))
}

/** This process as the only user of the folder, or else the service that uses it. */
async function holderOf(dir: string, now: () => number): Promise<FolderHolder & { release?(): Promise<void> }> {
  const state = await openState(dir).catch((error: unknown) => {
    if (error instanceof StateInUse) return undefined
    throw error
  })
  if (state === undefined) return servingHolder(dir)
  return {
    isServing: false,
    rotate: async () => {},
    forgetCounts: async value => ({ keys: await forgetKeptCounts(state, value, now()) }),
    note: async () => {},
    release: () => state.release(),
  }
}

function servingHolder(dir: string): FolderHolder {
  return {
    isServing: true,
    rotate: async () => void (await askForRecord(dir, '/record/rotate', {})),
    forgetCounts: async value => {
      const { keys, shared, notShared } = await askForRecord(dir, '/counts/forget', { value })
      if (typeof keys !== 'number') return null
      return {
        keys,
        ...(typeof shared === 'number' && { shared }),
        ...(typeof notShared === 'string' && { notShared }),
      }
    },
    note: async (event, facts) => void (await askForRecord(dir, '/record/note', { event, ...facts })),
  }
}
