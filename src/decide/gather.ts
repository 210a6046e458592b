import type { Counted, CountPlace, CountQuestion } from '../compile/counter.ts'
import { mayBe } from '../compile/may-be.ts'
import { questionsOf } from '../compile/open-questions.ts'
import { noPause, type Pause } from '../compile/pause.ts'
import type { Answer, Answers, LookUp, Question, Round } from '../compile/question.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import { takesPlace } from '../compile/takes-place.ts'
import type { View } from '../compile/view.ts'
import { isInForce } from './judge.ts'

/**
 * Gets the answers to some questions, all at once and in time. Questions that it leaves out are unsure.
 */
export type Gather = (questions: readonly LookUp[]) => Promise<Answers>

/** Where one call counts. What is asked and taken is settled by the caller, once the call is answered. */
export type CountsOfCall = {
  /** Takes places without a question. */
  take(places: readonly CountPlace[]): void
  /** Takes the places of the questions that take, and answers. Questions that it leaves out are unsure. */
  ask(questions: readonly CountQuestion[]): Promise<ReadonlyMap<string, readonly Counted[]>>
}

/** Who answers what a call does not carry; without either, its questions are unsure. */
export type Answering = { gather?: Gather | undefined; counts?: CountsOfCall | undefined; pause?: Pause | undefined }

/**
 * The view with every answer needed to decide whether these rules fire: at most a round of look-ups, then one of counts.
 *
 * Only asks for a rule if everything else in it is definitely true, so almost no call asks for anything.
 */
export async function settled(rules: readonly CompiledRule[], view: View, answering: Answering): Promise<View> {
  if (!rules.some(({ asks }) => asks)) return view
  const { gather, counts, pause = noPause } = answering
  const open = openFor(rules, view)
  const lookUps = ofRound(open, 'look-up') as readonly LookUp[]
  const known = lookUps.length === 0 ? view : view.answered(complete(lookUps, (await gather?.(lookUps)) ?? none))
  // Without an answer the same questions are open as before.
  const questions = ofRound(known === view ? open : openFor(rules, known), 'count') as readonly CountQuestion[]
  if (questions.length === 0) return known
  const found = counts && (await (isLong(questions) ? askInPieces(questions, counts, pause) : counts.ask(questions)))
  return known.counted(complete(questions, new Map(Array.from(found ?? [], ([id, value]) => [id, counted(value)]))))
}

/** How many keys are asked for at once: a call may have a list of ten thousand users, each with a count. */
const keysAtOnce = 500

function isLong(questions: readonly CountQuestion[]): boolean {
  return questions.some(({ keys }) => keys.length > keysAtOnce)
}

/** Asks for some of the keys at a time, so that other calls are answered in between. */
async function askInPieces(
  questions: readonly CountQuestion[],
  counts: CountsOfCall,
  pause: Pause,
): Promise<ReadonlyMap<string, readonly Counted[]>> {
  const found = new Map<string, Counted[]>()
  for (const question of questions) {
    const all: Counted[] = []
    for (let from = 0; from < question.keys.length; from += keysAtOnce) {
      const some = { ...question, keys: question.keys.slice(from, from + keysAtOnce) }
      const answers = (await counts.ask([some])).get(question.id)
      // What is known of a part tells nothing of the whole.
      if (answers === undefined) break
      all.push(...answers)
      await pause()
    }
    if (all.length === question.keys.length) found.set(question.id, all)
  }
  return found
}

const none: Answers = new Map()

function counted(value: readonly Counted[]): Answer {
  return { kind: 'counted', value }
}

/** The questions that decide whether these rules fire, each once. */
function openFor(rules: readonly CompiledRule[], view: View): readonly Question[] {
  const open = new Map<string, Question>()
  for (const rule of rules) {
    if (!rule.asks || !isInForce(rule, view)) continue
    for (const question of openIn(rule, view)) open.set(question.id, question)
  }
  return [...open.values()]
}

function ofRound(questions: readonly Question[], round: Round): readonly Question[] {
  return questions.every(question => question.round === round)
    ? questions
    : questions.filter(question => question.round === round)
}

/** What decides whether a rule fires, or only counts the call when it is known that it does not. */
function openIn(rule: CompiledRule, view: View): readonly Question[] {
  const { when, unless, count } = rule
  if (mayBe(when, true, view) && unless?.judge(view) !== true) {
    return [...questionsOf(when, true, view), ...(unless ? questionsOf(unless, true, view) : [])]
  }
  const own = count && takesPlace(rule, view) ? view.openQuestion(count.slot) : undefined
  return own === undefined ? [] : [own]
}

function complete(questions: readonly Question[], answers: Answers): Answers {
  return new Map(questions.map(({ id }) => [id, answers.get(id) ?? { kind: 'unsure' }]))
}
