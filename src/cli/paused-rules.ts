import type { Compiled } from '../compile/compile.ts'
import { isOver, type RulePause, readPauses } from '../state/pauses.ts'
import { StateUnusable } from '../state/state-errors.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { Io } from './io.ts'
import { localTime, stateFolder } from './state-folder.ts'

/** The pauses in effect, by rule. If they cannot be read, standard error says so, and the rules are shown without them. */
export async function pausedRules(state: string | undefined, io: Io): Promise<ReadonlyMap<string, RulePause>> {
  try {
    const now = io.now().getTime()
    const pauses = (await readPauses(await stateFolder(state, io))).filter(pause => !isOver(pause, now))
    return new Map(pauses.map(pause => [pause.rule, pause]))
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error
    io.err(`${error.message}, so paused rules are not shown\n`)
    return new Map()
  }
}

/** A pause in words, after the name of the rule: `paused until … by … on INSTANCE: why`. */
export function pauseNote({ since, until, who, why, from }: RulePause): string {
  const when = until === undefined ? `since ${localTime(since)}` : `until ${localTime(until)}`
  return `paused ${when} by ${who}${from === undefined ? '' : ` on ${from}`}: ${why}`
}

/** Warnings about rules that their files enforce and an operator has paused. */
export function pauseWarnings({ ruleSet }: Compiled, pauses: ReadonlyMap<string, RulePause>): Diagnostic[] {
  return [...(ruleSet?.compiled.values() ?? [])].flatMap(({ id, mode, rule: { span } }) => {
    const pause = pauses.get(id)
    if (pause === undefined || mode !== 'enforce') return []
    const message = `The rule "${id}" is ${pauseNote(pause)}`
    const hint = `Write mode: shadow in the rule, or run hookwarden resume ${id}`
    return [{ severity: 'warning', code: 'paused', message, span, hint }]
  })
}
