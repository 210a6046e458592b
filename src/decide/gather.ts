import { mayBe } from '../compile/may-be.ts'
import { questionsOf } from '../compile/open-questions.ts'
import type { Answers, Question, Round } from '../compile/question.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import { isInForce } from './judge.ts'

/**
 * Gets the answers to some questions, all at once and in time. Questions that it leaves out are unsure.
 */
export type Gather = (questions: readonly Question[]) => Promise<Answers>

/** A `Gather` that answers nothing. */
export const nobody: Gather = async () => new Map()

const rounds: readonly Round[] = ['look-up', 'count']

/**
 * The view with every answer needed to decide whether these rules fire: at most a round of lookups, then one of counts.
 *
 * Only asks for a rule if everything else in it is definitely true, so almost no call asks for anything.
 */
export async function settled(rules: readonly CompiledRule[], view: View, gather: Gather): Promise<View> {
  if (!rules.some(({ asks }) => asks)) return view
  let known = view
  for (const round of rounds) {
    const questions = plan(rules, known, round)
    if (questions.length > 0) known = known.answered(await answersTo(questions, gather))
  }
  return known
}

/** The questions to ask in a round, each once. */
export function plan(rules: readonly CompiledRule[], view: View, round: Round): readonly Question[] {
  const planned = new Map<string, Question>()
  for (const rule of rules) {
    const { when, unless, asks } = rule
    if (!asks || !isInForce(rule, view) || !mayBe(when, true, view) || unless?.judge(view) === true) continue
    const open = [...questionsOf(when, true, view), ...(unless ? questionsOf(unless, true, view) : [])]
    for (const question of open) if (question.round === round) planned.set(question.id, question)
  }
  return [...planned.values()]
}

async function answersTo(questions: readonly Question[], gather: Gather): Promise<Answers> {
  const answers = await gather(questions)
  return new Map(questions.map(({ id }) => [id, answers.get(id) ?? { kind: 'unsure' }]))
}
