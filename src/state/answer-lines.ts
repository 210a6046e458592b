import { type AnswerDeps, answerQuestion } from './answer-question.ts'
import type { AnyQuestion, LinesFoot, LinesHead, LinesQuestion, TailFoot, TailQuestion } from './questions.ts'
import { emptyCoverage, folderSources, mergeSources } from './read-records.ts'
import { allKnown, readAdded } from './record-tail.ts'

/** Takes a part of an answer: whole lines. What it returns must be waited for before more is sent. */
export type SendLines = (lines: Uint8Array<ArrayBuffer>) => Promise<void>

/**
 * Answer any question about a state folder as lines of text: `{"answer":…}`, or lines of the record between
 * `{"head":…}` and `{"foot":…}`. Throws StateUnusable and StateRefused.
 */
export async function answerInLines(
  dir: string,
  question: AnyQuestion,
  deps: AnswerDeps & { send: SendLines },
): Promise<void> {
  const { send } = deps
  if (question.ask === 'lines') return answerLines(dir, question, send)
  if (question.ask === 'tail') return answerTail(dir, question, { send, now: deps.now() })
  await send(controlLine({ answer: await answerQuestion(dir, question, deps) }))
}

/** So many bytes are sent together. */
const partBytes = 262_144

async function answerLines(dir: string, question: LinesQuestion, send: SendLines): Promise<void> {
  const sources = await folderSources(dir, question)
  const coverage = emptyCoverage(sources, question)
  const head: LinesHead = { instances: coverage.instances.map(({ instance, hours }) => ({ instance, hours })) }
  await send(controlLine({ head }))
  let [part, size] = [[] as Buffer[], 0]
  const sendPart = () => {
    const lines = joined(part, size)
    part = []
    size = 0
    return send(lines)
  }
  await mergeSources(
    sources,
    { options: question, coverage },
    ({ bytes }) => {
      part.push(bytes, lineBreak)
      size += bytes.length + 1
    },
    () => (size < partBytes ? undefined : sendPart()),
  )
  if (size > 0) await sendPart()
  const { foreign, newer, cut, unreadable } = coverage
  const foot: LinesFoot = { foreign, newer, cut, unreadable }
  await send(controlLine({ foot }))
}

async function answerTail(
  dir: string,
  { known }: TailQuestion,
  { send, now }: { send: SendLines; now: number },
): Promise<void> {
  const onPiece = (piece: Buffer) => send(joined([piece], piece.length))
  const next = known === undefined ? await allKnown(dir, now) : await readAdded(dir, new Map(known), { now, onPiece })
  const foot: TailFoot = { known: [...next] }
  await send(controlLine({ foot }))
}

const lineBreak = Buffer.from('\n')

/** In memory of its own, which can be handed to another thread. */
function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** A line that is none of the record. */
export function controlLine(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`)
}
