import type { ExecutionContext } from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { compile } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import type { Call } from '../../src/decide/call.ts'
import { decide } from '../../src/decide/decide.ts'
import { readCall } from '../../src/protocol/request.ts'
import { decisionLines, type Recorder } from '../../src/record/record-decision.ts'
import { keptRules, stateFolder, writeSegments } from '../record/_state.ts'

/** A call as it was received, with the instant. */
export type Received = { at: number; call: Call; body: { [key: string]: unknown } }

/** A call of a callback by its fields. */
export function received(at: number, call: Call): Received {
  const body = { callbackCommand: call.callback.command, ...Object.fromEntries(call.values) }
  for (const { name, origin } of call.callback.fields) if (origin !== undefined) delete body[name as never]
  return { at, call, body }
}

let made = 0

/** The lines that a service with these rules leaves of calls, one after another. */
export async function linesBy(
  ruleSet: RuleSet,
  calls: readonly Received[],
  recorder: Partial<Recorder> = {},
): Promise<{ envelope: string; content: string }[]> {
  const lines: { envelope: string; content: string }[] = []
  const store = new MemoryCounts({ secret: 'of the service' })
  store.use([...ruleSet.counters.values()], calls[0]?.at ?? 0)
  for (const { at, call, body } of calls) {
    const counts =
      ruleSet.counters.size === 0 ? undefined : new CallCounts(store, ruleSet.counters, countedCall(call, at))
    const decision = await decide(ruleSet, call, at, { counts })
    const isRefused = decision.kind === 'reject' && call.callback.phase === 'before'
    counts?.settle(isRefused ? 'refused' : 'let through', decision.effects)
    made += 1
    const record = {
      requestId: `r${String(made).padStart(9, '0')}`,
      operationId: '',
      ...{ call, received: { text: JSON.stringify(body), body }, decision, version: ruleSet.version, at, tookMs: 0.1 },
      ...(counts?.told && { told: counts.told }),
    }
    lines.push(decisionLines(record, { instance: 'one', app: '0.2.0', masks: undefined, ...recorder }))
  }
  return lines
}

/** A state folder with what a service with these rules recorded. */
export async function recordedBy(
  t: ExecutionContext,
  rules: string | readonly { file: string; content: string }[],
  calls: readonly Received[],
  recorder: Partial<Recorder> = {},
): Promise<string> {
  const dir = await stateFolder(t)
  const files = typeof rules === 'string' ? [{ file: 'rules.yaml', content: rules }] : rules
  await keptRules(dir, files)
  const lines = await linesBy(compile(files).ruleSet as RuleSet, calls, recorder)
  await writeSegments(
    dir,
    lines.map(({ envelope }) => JSON.parse(envelope)),
  )
  await writeSegments(
    dir,
    lines.map(({ content }) => JSON.parse(content)),
    {},
    'content',
  )
  return dir
}

/** A request as an IM server sends it. */
export function sentBody(at: number, body: { [key: string]: unknown; callbackCommand: string }): Received {
  const read = readCall(findCallback(body.callbackCommand) as Callback, body, { maxTextBytes: Number.MAX_SAFE_INTEGER })
  if (!read.ok) throw new Error(read.problem)
  return { at, call: read.call, body }
}
