import type { Covered } from '../state/covered.ts'
import type { LinesFoot, LinesHead, PlaceAnswers, PlaceQuestion, TailFoot } from '../state/questions.ts'
import type { Piece } from '../state/segment-lines.ts'
import { type PeerAnswer, PeerProblem } from './ask-peer.ts'
import { isAnswerTo, isLinesHead, isParsedObject } from './peer-checks.ts'

/** The answer to a question that has one. Throws PeerProblem, also for one that this program would not give. */
export async function answerIn<K extends keyof PlaceAnswers>(
  pieces: PeerAnswer,
  question: PlaceQuestion<K>,
): Promise<PlaceAnswers[K]> {
  const { line } = await firstLine(pieces)
  await pieces.return({ isCut: false })
  const { answer } = controlOf(line)
  if (isAnswerTo(question.ask, answer)) return answer as PlaceAnswers[K]
  throw new PeerProblem('Its answer is not what was asked for')
}

/** The head of an answer to `lines`, and what came with it. Throws PeerProblem. */
export async function headIn(pieces: PeerAnswer): Promise<{ head: LinesHead; rest: Piece }> {
  const { line, rest } = await firstLine(pieces)
  const { head } = controlOf(line)
  if (isLinesHead(head)) return { head, rest }
  await pieces.return({ isCut: false })
  throw new PeerProblem('Its answer is not what was asked for')
}

/** Lines of the record in pieces; afterwards the foot, if it is as it must be. */
export type LinesWithFoot<F> = AsyncGenerator<Piece, { foot: F } | { problem: string }>

/** The lines of an answer. What kept them from being whole is told at the end. */
export async function* linesWithFoot<F extends LinesFoot | TailFoot>(
  pieces: PeerAnswer,
  isFoot: (value: unknown) => value is F,
): LinesWithFoot<F> {
  try {
    for (;;) {
      const { value, done } = await pieces.next()
      if (done) return { problem: value.problem ?? 'Its answer ended early' }
      const { lines, control } = splitEnd(value)
      if (lines.length > 0) yield lines
      if (control === undefined) continue
      const { foot, problem } = parsedControl(control)
      if (isFoot(foot)) return { foot }
      return { problem: typeof problem === 'string' ? problem : 'Its answer is not what was asked for' }
    }
  } finally {
    await pieces.return({ isCut: false })
  }
}

/** Adds what a foot says to what is covered. */
export function addFoot(coverage: Covered, place: string, { foreign, newer, cut, unreadable }: LinesFoot): void {
  coverage.foreign += foreign
  coverage.newer += newer
  coverage.cut += cut
  for (const { path, reason } of unreadable) coverage.unreadable.push({ path: `${place}: ${path}`, reason })
}

/** The first line that says something: others are signs of life. Throws PeerProblem. */
async function firstLine(pieces: PeerAnswer): Promise<{ line: string; rest: Piece }> {
  for (;;) {
    const { value, done } = await pieces.next()
    if (done) throw new PeerProblem(value.problem ?? 'Its answer ended early')
    const start = value.findIndex(byte => byte !== lineBreak)
    if (start === -1) continue
    const end = value.indexOf(lineBreak, start)
    return { line: value.toString('utf8', start, end), rest: value.subarray(end + 1) }
  }
}

function controlOf(line: string): Parsed {
  const control = parsedControl(line)
  if (typeof control.problem === 'string') throw new PeerProblem(control.problem)
  return control
}

type Parsed = { readonly [key: string]: unknown }

function parsedControl(line: string): Parsed {
  try {
    const value: unknown = JSON.parse(line)
    return isParsedObject(value) ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** Lines of the record begin with their format; the last line of an answer does not. */
function splitEnd(piece: Piece): { lines: Piece; control?: string } {
  let end = piece.length - 1
  while (end > 0 && piece[end - 1] === lineBreak) end -= 1
  const start = end === 0 ? 0 : piece.lastIndexOf(lineBreak, end - 1) + 1
  const isControl = ['{"foot":', '{"problem":'].some(
    text => piece.toString('latin1', start, start + text.length) === text,
  )
  return isControl ? { lines: piece.subarray(0, start), control: piece.toString('utf8', start, end) } : { lines: piece }
}

const lineBreak = 10
