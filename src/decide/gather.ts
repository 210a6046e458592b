import type { Counted, CountPlace, CountQuestion } from '../compile/counter.ts'
import { mayBe } from '../compile/may-be.ts'
import { questionsOf } from '../compile/open-questions.ts'
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
export type Answering = { gather?: Gather | undefined; counts?: CountsOfCall | undefined }

/**
 * The view with every answer needed to decide whether these rules fire: at most a round of look-ups, then one of counts.
 *
 * Only asks for a rule if everything else in it is definitely true, so almost no call asks for anything.
 */
export async function settled(rules: readonly CompiledRule[], view: View, answering: Answering): Promise<View> {
  if (!rules.some(({ asks }) => asks)) return view
  const { gather, counts } = answering
  const lookUps = plan(rules, view, 'look-up') as readonly LookUp[]
  const known = lookUps.length === 0 ? view : view.answered(complete(lookUps, (await gather?.(lookUps)) ?? none))
  const questions = plan(rules, known, 'count') as readonly CountQuestion[]
  if (questions.length === 0) return known
  const found = await counts?.ask(questions)
  return known.answered(complete(questions, new Map(Array.from(found ?? [], ([id, value]) => [id, counted(value)]))))
}

const none: Answers = new Map()

function counted(value: readonly Counted[]): Answer {
  return { kind: 'counted', value }
}

/** The questions to ask in a round, each once. */
export function plan(rules: readonly CompiledRule[], view: View, round: Round): readonly Question[] {
  const planned = new Map<string, Question>()
  for (const rule of rules) {
    if (!rule.asks || !isInForce(rule, view)) continue
    for (const question of openIn(rule, view)) if (question.round === round) planned.set(question.id, question)
  }
  return [...planned.values()]
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
