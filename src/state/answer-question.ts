import { addHold, endHolds } from './change-holds.ts'
import { type FolderHolder, forgetIn } from './forget-in.ts'
import { hasFormat } from './format.ts'
import { readHistory } from './history.ts'
import { readHolds } from './holds.ts'
import { readRules, versionsKept } from './kept-rules.ts'
import type { PlaceAnswers, PlaceQuestion } from './questions.ts'
import { isVersion } from './read-question.ts'
import { namesOnRecord } from './secrets.ts'
import { mustBeThere, segmentsWithin } from './segments.ts'
import { whoCommitted } from './who-committed.ts'

/** What answering needs. `holder` is whoever has locked the folder. */
export type AnswerDeps = {
  now: () => number
  secretFile?: string | undefined
  /** The rules folder, whose commits say who changed the rules. */
  rules: () => Promise<string>
  holder: () => Promise<FolderHolder & { release?(): Promise<void> }>
  /** Notes an event if somebody records. */
  note: FolderHolder['note']
}

/** Answer a question about a state folder. Throws StateUnusable and StateRefused. */
export async function answerQuestion<K extends keyof PlaceAnswers>(
  dir: string,
  question: PlaceQuestion<K>,
  deps: AnswerDeps,
): Promise<PlaceAnswers[K]> {
  // Without a folder no rules have come into force yet.
  if (['history', 'versions', 'rules'].includes(question.ask)) await hasFormat(dir)
  else await mustBeThere(dir)
  return (await answerTo(dir, question as PlaceQuestion, deps)) as PlaceAnswers[K]
}

async function answerTo(
  dir: string,
  question: PlaceQuestion,
  deps: AnswerDeps,
): Promise<PlaceAnswers[keyof PlaceAnswers]> {
  switch (question.ask) {
    case 'names':
      return namesOf(dir, question.names, deps.secretFile)
    case 'first':
      return (await segmentsWithin(dir, { since: 0, until: question.until }, 'envelope'))[0]?.hour ?? null
    case 'history':
      return historyOf(dir, deps)
    case 'versions':
      return versionsKept(dir)
    case 'rules':
      return rulesOf(dir, question.version)
    case 'holds':
      return readHolds(dir)
    case 'hold': {
      await addHold(dir, question.hold)
      await deps.note('hold', { case: String(question.hold.case) })
      return null
    }
    case 'end hold': {
      const ended = await endHolds(dir, question, deps.now())
      for (const each of ended) await deps.note('hold ended', { case: String(each.case) })
      return ended
    }
    case 'forget':
      return forgetWith(dir, question, deps)
  }
}

async function historyOf(dir: string, { rules }: AnswerDeps): Promise<PlaceAnswers['history']> {
  const { lines, foreign } = await readHistory(dir)
  return { lines: await whoCommitted(lines, { dir, rules: await rules() }), foreign }
}

async function namesOf(dir: string, names: readonly string[], secretFile?: string): Promise<readonly string[]> {
  return [...new Set((await Promise.all(names.map(name => namesOnRecord(dir, name, secretFile)))).flat())]
}

/** A version may come from a line that somebody else wrote. */
async function rulesOf(dir: string, version: string): Promise<PlaceAnswers['rules']> {
  const kept = isVersion(version) ? await readRules(dir, version) : undefined
  if (kept === undefined) return null
  return kept.files.map(({ file, content }) => ({ file, content: Buffer.from(content).toString('base64') }))
}

async function forgetWith(
  dir: string,
  question: PlaceQuestion<'forget'>,
  { holder, now, secretFile }: AnswerDeps,
): Promise<PlaceAnswers['forget']> {
  const held = await holder()
  try {
    return await forgetIn(dir, question, { holder: held, now: now(), secretFile })
  } finally {
    await held.release?.()
  }
}
