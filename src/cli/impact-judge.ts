import { createColors } from 'picocolors'
import type { RuleSet } from '../compile/ruleset.ts'
import {
  type CallToJudge,
  callsToJudge,
  type Judgements,
  judgementsOf,
  mostJudged,
  type SaidOfCall,
} from '../impact/judgements.ts'
import type { ImpactReport } from '../impact/report.ts'
import { findDecision } from './find-decision.ts'
import { type Io, UsageError } from './io.ts'
import { judgeCard } from './judge-card.ts'
import { type Keys, keysIn } from './keys.ts'
import type { RecordsAsked } from './records-asked.ts'
import { saveExample } from './save-example.ts'

/** How many calls somebody wants to judge, and where their keys will come from. */
export type Judging = { most: number; keys(): Keys }

/** Read `--judge`. Throws UsageError that says what is wrong with the number, or that nobody is there to answer. */
export async function readJudging(written: string, io: Io): Promise<Judging> {
  const most = Number(written)
  if (!Number.isInteger(most) || most < 1 || most > mostJudged) {
    throw new UsageError(`--judge takes a number from 1 to ${mostJudged}, such as 20; this is ${written}`)
  }
  if (io.keys !== undefined) return { most, keys: io.keys }
  const typed = await io.readStdin()
  if (typed.trim() !== '') return { most, keys: () => keysIn(typed) }
  throw new UsageError(
    '--judge asks for a key each: run it in a terminal, or give it the keys, as in printf rrws | hookwarden impact …',
  )
}

/** What is judged: the draft and its folder, if they are known here, and where the calls are on record. */
export type JudgedDraft = { draft: { ruleSet: RuleSet; dir: string } | undefined; asked: RecordsAsked }

/** Show newly refused calls, chosen by chance, and ask of each whether it is right to refuse it. */
export async function judgeCalls(
  report: ImpactReport,
  of: JudgedDraft,
  judging: Judging,
  io: Io,
): Promise<Judgements | undefined> {
  const calls = callsToJudge(report, judging.most)
  if (calls.length === 0) {
    io.err('Nothing to judge: no call is newly refused\n')
    return undefined
  }
  const keys = judging.keys()
  try {
    return judgementsOf(await answersTo(calls, of, keys, io), report)
  } finally {
    keys.close()
  }
}

const help = 'r right to refuse it, w wrong, s skip, q stop; R and W also keep it as a test'

async function answersTo(calls: readonly CallToJudge[], of: JudgedDraft, keys: Keys, io: Io) {
  const colors = createColors(io.isTerminal && io.keys !== undefined && io.env.NO_COLOR === undefined)
  const answers: Judgements['answers'][number][] = []
  const { draft, asked } = of
  for (const [at, each] of calls.entries()) {
    const judged = await whole(each, asked)
    const card = { judged, draft: draft?.ruleSet, zone: asked.zone, number: at + 1, of: calls.length }
    io.err(`\n${await judgeCard(card, colors)}\n${colors.dim(help)}\n`)
    const pressed = await answerOf(keys, io)
    if (pressed === undefined) break
    answers.push({ id: each.example.id, rule: each.rule, answer: pressed.answer })
    io.err(`${pressed.answer}\n`)
    if (pressed.isKept) io.err(`${await kept(each, pressed.answer, of)}\n`)
  }
  return answers
}

/** With all of what was written, if it is still on record here; a report keeps only the start of long texts. */
async function whole(judged: CallToJudge, asked: RecordsAsked): Promise<CallToJudge> {
  const { found } = await findDecision(judged.example.id, asked)
  const call = found?.content?.call
  return call === undefined ? judged : { ...judged, example: { ...judged.example, call } }
}

type Pressed = { answer: SaidOfCall; isKept: boolean }

const meanings: ReadonlyMap<string, Pressed> = new Map([
  ['r', { answer: 'right', isKept: false }],
  ['w', { answer: 'wrong', isKept: false }],
  ['s', { answer: 'skipped', isKept: false }],
  ['S', { answer: 'skipped', isKept: false }],
  ['R', { answer: 'right', isKept: true }],
  ['W', { answer: 'wrong', isKept: true }],
])

/** Undefined when there are no more answers. */
async function answerOf(keys: Keys, io: Io): Promise<Pressed | undefined> {
  for (let key = await keys.next(); key !== undefined; key = await keys.next()) {
    if (key.toLowerCase() === 'q') return undefined
    const meant = meanings.get(key)
    if (meant !== undefined) return meant
    io.err(`This key says nothing: ${help}\n`)
  }
  return undefined
}

/** A call that cannot be a test is no reason to stop. */
async function kept(
  { example: { id } }: CallToJudge,
  answer: SaidOfCall,
  { draft, asked }: JudgedDraft,
): Promise<string> {
  if (draft === undefined) return 'Not kept as a test: which draft it belongs to is not known here'
  const says = answer === 'wrong' ? 'wrong' : 'right'
  try {
    return (await saveExample({ id, says, dir: draft.dir, asked })).text
  } catch (error) {
    if (error instanceof UsageError) return `Not kept as a test: ${error.message}`
    throw error
  }
}
