import { mayBe } from '../compile/may-be.ts'
import { questionsOf } from '../compile/open-questions.ts'
import type { Answers, Question, Round } from '../compile/question.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import { isInForce } from './judge.ts'

/**
 * Gets the answers to some questions, all at once and in good time: the edge's business. What it leaves out is unsure.
 */
export type Gather = (questions: readonly Question[]) => Promise<Answers>

/** Where there is nobody to ask. */
export const nobody: Gather = async () => new Map()

const rounds: readonly Round[] = ['look-up', 'count']

/**
 * The view once all is known that decides whether these rules fire: at most a round of look-ups, then one of counts.
 *
 * A rule is asked for only when everything else in it is definitely true, and nearly no call asks for anything.
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

/** What must be asked for in a round, each question once. Pure. */
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
