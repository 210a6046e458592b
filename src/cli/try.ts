import { createColors } from 'picocolors'
import { countsAfter, earlierCalls } from '../count/earlier.ts'
import type { Call } from '../decide/call.ts'
import type { GivenValue } from '../language/condition.ts'
import { readEarlierFile } from '../language/read/earlier-file.ts'
import type { EarlierCall } from '../language/rule.ts'
import { renderPretty } from '../language/show/render.ts'
import { report } from '../protocol/report.ts'
import { hasErrors } from '../yaml/diagnostic.ts'
import { readAsked, readNamedFile, type WantedCall } from './asked-call.ts'
import { type AskedTime, readAskedTime } from './asked-time.ts'
import { render } from './check.ts'
import { EarlierOutcomes } from './earlier-outcomes.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
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
  /** A file with earlier calls. */
  after?: string
}

/** Evaluate one payload and explain the decision. Throws FolderUnreadable, WrongFolder and UsageError. */
export async function tryPayload(options: TryOptions, io: Io): Promise<ExitCode> {
  const { dir, at, json, engine = false, saveTest: ruleId, after: file } = options
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
  const after = file === undefined ? [] : await readAfter(file, call, io)
  const earlier = earlierCalls(after, time.at)
  const outcomes = new EarlierOutcomes()
  const counts = await countsAfter(ruleSet, earlier, { call, at: time.at }, (...each) => outcomes.add(...each))
  const made = await report(ruleSet, call, time.at, { engine, unknownKeys, counts })
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  if (json) printJson(made, io)
  else {
    if (earlier.length > 0) print(`${outcomes.text(earlier.length)}\n\n`, io)
    print(renderReport(made, colors, time.zone && time), io)
  }
  if (!json && file === undefined && counts !== undefined) io.err(`${nothingBefore}\n`)
  if (ruleId === undefined) return 0
  const { text, isRight } = await saveTest({ ruleSet, call, at: time.at, after, dir, ruleId })
  io.err(`${text}\n`)
  return isRight ? 0 : 1
}

const nothingBefore =
  'Counts start at zero. To try it after earlier calls, use --after FILE with [{ times: 5, ago: 9 seconds }]'

/** The calls that come before the one that is tried. Throws UsageError that shows the mistakes. */
async function readAfter(path: string, { callback, values }: Call, io: Io): Promise<readonly EarlierCall[]> {
  const content = await readNamedFile(path, 'earlier calls')
  const given = new Map([...values].filter(([, value]) => value !== null)) as ReadonlyMap<string, GivenValue>
  const { calls, diagnostics, text } = readEarlierFile({ file: path, content }, { callback, given })
  if (calls !== undefined && !hasErrors(diagnostics)) return calls
  const options = { colors: createColors(false), columns: io.size?.()?.columns }
  throw new UsageError(`Cannot use ${path}\n${renderPretty(diagnostics, new Map([[path, text]]), options)}`)
}
