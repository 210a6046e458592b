import { type Earlier, earlierCalls } from '../count/earlier.ts'
import type { Call } from '../decide/call.ts'
import type { GivenValue } from '../language/condition.ts'
import { readEarlierFile } from '../language/read/earlier-file.ts'
import { askedFor } from '../protocol/command.ts'
import { readPayload } from '../protocol/payload.ts'
import type { UnknownKey } from '../protocol/unknown-keys.ts'
import { type Diagnostic, hasErrors } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { Wanted } from './dry-run-request.ts'
import { jsonWithin } from './json-within.ts'
import type { Show, ShownDiagnostic } from './reload-status.ts'

/** The result of a dry run: JSON text in UTF-8, or a problem to show to its sender. */
export type DryRunAnswer =
  | { status: 200 | 422; body: Uint8Array<ArrayBuffer> }
  | { status: 400 | 404 | 413 | 422 | 503; problem: string }

/** What a dry run needs from the rest of the service. */
export type DryRunDeps<R> = {
  /** The rules in force; null if there are none. */
  current(): R | null
  compile(files: readonly SourceFile[]): Compiled<R>
  /**
   * The report on a call at an instant (ms since 1970); with `engine`, also what json-rules-engine returns.
   * `unknownKeys` are the payload keys that no rule can see.
   */
  report(
    ruleSet: R,
    call: Call,
    at: number,
    options: { engine: boolean; unknownKeys: readonly UnknownKey[]; counted: CountedBefore },
  ): Promise<unknown>
  show: Show
  /** The longest single text in the payload, in bytes. */
  maxTextBytes: number
}

/** What came before a dry run: calls, the first one first; or whatever the service has counted. */
export type CountedBefore = readonly Earlier[] | 'live'

type Compiled<R> = { ruleSet: R | null; diagnostics: readonly Diagnostic[] }

/** The longest report: room for ten thousand rules that each quote a text of a thousand characters. */
const maxReportBytes = 16 * 1024 * 1024

/** Room for a few hundred diagnostics. */
const maxDiagnosticsBytes = 128 * 1024

/**
 * Evaluate a call by the rules in force, or by those in the request.
 *
 * `command` names the callback as a path does. Throws what `compile` and `report` throw.
 */
export async function answerDryRun<R>(
  command: string,
  { payload, files, engine, at = Date.now(), after, isLive }: Extract<Wanted, { ok: true }>,
  deps: DryRunDeps<R>,
): Promise<DryRunAnswer> {
  const asked = askedFor(command)
  if (asked.kind !== 'known') return { status: 404, problem: asked.problem }
  const read = readPayload(asked.callback, payload, { command, maxTextBytes: deps.maxTextBytes })
  if (!read.ok) return { status: read.status, problem: `In "payload": ${read.problem}` }
  const before = isLive ? ('live' as const) : earlierIn(after, read.call, at)
  if (typeof before === 'object' && 'problem' in before) return { status: 400, ...before }
  const { ruleSet, diagnostics } = files === undefined ? inForce(deps) : deps.compile(files)
  if (files !== undefined && (ruleSet === null || hasErrors(diagnostics))) {
    return { status: 422, body: diagnosticsWithin(deps.show(diagnostics, files), maxDiagnosticsBytes) }
  }
  if (ruleSet === null) return { status: 503, problem: 'No rules are in force' }
  const body = jsonWithin(
    await deps.report(ruleSet, read.call, at, { engine, unknownKeys: read.unknownKeys, counted: before }),
    maxReportBytes,
  )
  return body === null ? { status: 422, problem: reportTooLong } : { status: 200, body }
}

function earlierIn(
  after: string | undefined,
  { callback, values }: Call,
  at: number,
): readonly Earlier[] | { problem: string } {
  if (after === undefined) return []
  const given = new Map([...values].filter(([, value]) => value !== null)) as ReadonlyMap<string, GivenValue>
  const { calls, diagnostics } = readEarlierFile({ file: 'after', content: after }, { callback, given })
  if (calls !== undefined) return earlierCalls(calls, at)
  const [{ message = '', hint = '' } = {}] = diagnostics
  return { problem: `In "after": ${message}. ${hint}` }
}

const reportTooLong = `The report is longer than ${maxReportBytes} bytes, since every rule quotes the values that it tests: shorten the payload or remove rules`

function inForce<R>(deps: DryRunDeps<R>): Compiled<R> {
  return { ruleSet: deps.current(), diagnostics: [] }
}

/** All diagnostics; or as many as fit, errors first, and the number of `others`. */
function diagnosticsWithin(all: readonly ShownDiagnostic[], maxBytes: number): Uint8Array<ArrayBuffer> {
  const whole = jsonWithin({ diagnostics: all }, maxBytes)
  if (whole !== null) return whole
  const byWeight = [...all].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  let left = maxBytes
  const shown = byWeight.filter(each => {
    const length = 1 + (jsonWithin(each, left)?.length ?? left)
    if (length > left) return false
    left -= length
    return true
  })
  return new TextEncoder().encode(JSON.stringify({ diagnostics: shown, others: all.length - shown.length }))
}
