import { addedTest } from '../../../cases/added-test.ts'
import type { RuleSet } from '../../../compile/ruleset.ts'
import { countsAfter, type Earlier, earlierCalls } from '../../../count/earlier.ts'
import type { Call } from '../../../decide/call.ts'
import { readInstant } from '../../../language/clock.ts'
import type { GivenValue } from '../../../language/condition.ts'
import { readEarlierFile } from '../../../language/read/earlier-file.ts'
import type { EarlierCall } from '../../../language/rule.ts'
import { askedFor } from '../../../protocol/command.ts'
import { readPayload } from '../../../protocol/payload.ts'
import { report } from '../../../protocol/report.ts'
import type { UnknownKey } from '../../../protocol/unknown-keys.ts'
import { decode } from '../../../yaml/decode.ts'
import { hasErrors } from '../../../yaml/diagnostic.ts'
import { addCase } from '../../../yaml/format.ts'
import type { SourceFile } from '../../../yaml/source.ts'
import type { TriedRequest, Worked } from '../asks.ts'
import type { Between } from '../rule-sets.ts'

/** A call that can be judged. */
type ReadTry = {
  call: Call
  unknownKeys: readonly UnknownKey[]
  at: number
  after: readonly EarlierCall[]
  earlier: readonly Earlier[]
}

/** Judge a call as the service would, and explain the decision: what `hookwarden try --json` prints. */
export async function tryCall(
  ruleSet: RuleSet,
  wanted: TriedRequest,
  { maxTextBytes, between }: { maxTextBytes: number; between: Between },
): Promise<Worked> {
  const read = readTry(wanted, maxTextBytes)
  if ('problem' in read) return read
  const { call, at, earlier, unknownKeys } = read
  const counts = await countsAfter(ruleSet, earlier, { call, at })
  const pause = () => {
    between()
    return undefined
  }
  const made = await report(ruleSet, call, at, { pause, unknownKeys, counts })
  return { body: { at, callback: call.callback.name, report: made } }
}

/** Turn a call into a test of a rule: the new text of the file that has the rule. */
export async function keepAsTest(
  ruleSet: RuleSet,
  files: readonly SourceFile[],
  { rule, wanted, maxTextBytes }: { rule: string; wanted: TriedRequest; maxTextBytes: number },
): Promise<Worked> {
  const read = readTry(wanted, maxTextBytes)
  if ('problem' in read) return read
  const { call, at, after } = read
  const added = await addedTest({ ruleSet, call, at, after, ruleId: rule })
  if (added.kind === 'no') return { status: 400, problem: added.problem }
  const place = { file: added.kind === 'new' ? added.file : '', isAdded: added.kind === 'new' }
  if (added.kind === 'known') return { body: { ...place, text: added.text, isRight: added.isRight, content: null } }
  const source = files.find(({ file }) => file === added.file)
  const text = source && addCase(decode(source).source.text, rule, added.written)
  if (text === undefined) return { status: 409, problem: `${added.file} has changed in the meantime: try again` }
  return { body: { ...place, text: `Added to the tests of ${rule} in ${added.file}`, isRight: true, content: text } }
}

function readTry(
  { callback, payload, at: moment, after: written }: TriedRequest,
  maxTextBytes: number,
): ReadTry | { status: number; problem: string } {
  const asked = askedFor(callback)
  if (asked.kind !== 'known') return { status: 404, problem: asked.problem }
  const read = readPayload(asked.callback, payload, { command: asked.callback.command, maxTextBytes })
  if (!read.ok) return { status: read.status, problem: read.problem }
  const at = moment === undefined ? Date.now() : readInstant(moment)
  if (at === undefined) return { status: 400, problem: '"at" must be a date and time with an offset' }
  const given = new Map([...read.call.values].filter(([, value]) => value !== null)) as ReadonlyMap<string, GivenValue>
  const told = { call: read.call, unknownKeys: read.unknownKeys, at }
  if (written === undefined) return { ...told, after: [], earlier: [] }
  const file = { file: 'after', content: JSON.stringify(written) }
  const { calls = [], diagnostics } = readEarlierFile(file, { callback: asked.callback, given })
  if (hasErrors(diagnostics)) {
    const [{ message = '', hint = '' } = {}] = diagnostics
    return { status: 400, problem: `In the calls before: ${message}. ${hint}` }
  }
  return { ...told, after: calls, earlier: earlierCalls(calls, at) }
}
