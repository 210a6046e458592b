import { readFile } from 'node:fs/promises'
import { createColors } from 'picocolors'
import { findCallback } from '../callbacks/catalogue.ts'
import type { Call } from '../decide/call.ts'
import { readInstant } from '../language/clock.ts'
import { visible } from '../language/display.ts'
import { suggestCallback } from '../language/suggest-callback.ts'
import { report } from '../protocol/report.ts'
import { readCall } from '../protocol/request.ts'
import { render } from './check.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { load } from './load.ts'
import { renderReport } from './render-report.ts'
import { saveTest } from './save-test.ts'

/**
 * What `hookwarden try` is asked: a payload's file (`-` is standard input), the rules, when the call comes, whether to
 * show what json-rules-engine itself says, and the rule whose tests the call shall be added to.
 */
export type TryOptions = {
  payload: string
  dir: string
  at?: string
  json: boolean
  engine?: boolean
  saveTest?: string
}

/** Decide one payload by a rules folder and say why. Throws FolderUnreadable and UsageError. */
export async function tryPayload(options: TryOptions, io: Io): Promise<ExitCode> {
  const { payload, dir, at, json, engine = false, saveTest: ruleId } = options
  const call = readPayload(payload, await readText(payload, io))
  const compiled = await load(dir)
  if (compiled.ruleSet === null) {
    if (json) io.out(render(compiled, dir, 'json', io))
    else print(render(compiled, dir, 'pretty', io), io)
    return 1
  }
  const { ruleSet } = compiled
  const atMs = readTime(at, io)
  const made = await report(ruleSet, call, atMs, { engine })
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  if (json) printJson(made, io)
  else print(renderReport(made, colors), io)
  if (ruleId !== undefined) {
    io.err(`Added to the tests of ${ruleId} in ${visible(await saveTest({ ruleSet, call, at: atMs, dir, ruleId }))}\n`)
  }
  return 0
}

async function readText(payload: string, io: Io): Promise<string> {
  if (payload === '-') return io.readStdin()
  try {
    return await readFile(payload, 'utf8')
  } catch (cause) {
    throw new UsageError(`Cannot read the payload ${payload}: ${(cause as Error).message}`, { cause })
  }
}

function readPayload(name: string, text: string): Call {
  const body = parse(name, text)
  const command =
    typeof body === 'object' && body !== null && 'callbackCommand' in body ? body.callbackCommand : undefined
  if (typeof command !== 'string') {
    throw new UsageError(
      `${name} has no "callbackCommand": put in what the IM server sends, as in "callbackBeforeSetGroupMemberInfoCommand"`,
    )
  }
  const callback = findCallback(command)
  if (callback === undefined) {
    throw new UsageError(`${name}: there is no callback ${JSON.stringify(command)}. ${suggestCallback(command)}`)
  }
  const read = readCall(callback, body)
  if (read.ok) return read.call
  throw new UsageError(`${name}: ${read.problem}`)
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${name} is not JSON: ${(cause as Error).message}`, { cause })
  }
}

function readTime(at: string | undefined, io: Io): number {
  if (at === undefined) return io.now().getTime()
  const instant = readInstant(at)
  if (instant !== undefined) return instant
  throw new UsageError(
    `--at must be a date and time with its offset, as in 2026-03-01T23:30:00+08:00, not ${JSON.stringify(at)}`,
  )
}
