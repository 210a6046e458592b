import { createColors } from 'picocolors'
import { report } from '../protocol/report.ts'
import { readAsked, type WantedCall } from './asked-call.ts'
import { type AskedTime, readAskedTime } from './asked-time.ts'
import { render } from './check.ts'
import { type ExitCode, type Io, print, printJson } from './io.ts'
import { load } from './load.ts'
import { renderReport } from './render-report.ts'
import { saveTest } from './save-test.ts'

/**
 * Options of `hookwarden try`: the call, the rules folder, the time of the call, the output, whether to show what
 * json-rules-engine returns, and the rule to save the call to as a test.
 */
export type TryOptions = WantedCall & {
  dir: string
  at?: string
  json: boolean
  engine?: boolean
  saveTest?: string
}

/** Evaluate one payload and explain the decision. Throws FolderUnreadable, WrongFolder and UsageError. */
export async function tryPayload(options: TryOptions, io: Io): Promise<ExitCode> {
  const { dir, at, json, engine = false, saveTest: ruleId } = options
  const { call, unknownKeys } = await readAsked(options, io)
  const compiled = await load(dir)
  if (compiled.ruleSet === null) {
    if (json) io.out(render(compiled, dir, 'json', io))
    else print(render(compiled, dir, 'pretty', io), io)
    return 1
  }
  const { ruleSet } = compiled
  const time: AskedTime =
    at === undefined ? { at: io.now().getTime() } : readAskedTime(at, ruleSet, call.callback, io.now())
  const made = await report(ruleSet, call, time.at, { engine, unknownKeys })
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  if (json) printJson(made, io)
  else print(renderReport(made, colors, time.zone && time), io)
  if (ruleId === undefined) return 0
  const { text, isRight } = await saveTest({ ruleSet, call, at: time.at, dir, ruleId })
  io.err(`${text}\n`)
  return isRight ? 0 : 1
}
