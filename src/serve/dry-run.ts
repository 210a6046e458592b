import type Router from '@koa/router'
import type { Pause } from '../compile/pause.ts'
import type { Call } from '../decide/call.ts'
import { readInstant } from '../language/clock.ts'
import { type Diagnostic, hasErrors } from '../language/diagnostic.ts'
import type { SourceFile } from '../language/source.ts'
import { lookUp } from '../protocol/command.ts'
import { quoteForeign } from '../protocol/foreign.ts'
import { readPayload } from '../protocol/payload.ts'
import type { UnknownKey } from '../protocol/unknown-keys.ts'
import { jsonBody } from './body.ts'
import type { Context, State } from './exchange.ts'
import type { Show } from './status.ts'

/** What a dry run needs of the rest. */
export type DryRunDeps<R> = {
  /** The rules in force; null when there are none. */
  current(): R | null
  compile(files: readonly SourceFile[]): Compiled<R> | Promise<Compiled<R>>
  /**
   * What the rules say of a call and why, as it would have been at an instant (ms since 1970); with `engine`, also
   * what json-rules-engine itself says. `unknownKeys` are those of the payload that no rule can see.
   */
  report(
    ruleSet: R,
    call: Call,
    at: number,
    options: { engine: boolean; pause: Pause; unknownKeys: readonly UnknownKey[] },
  ): Promise<unknown>
  show: Show
}

type Compiled<R> = { ruleSet: R | null; diagnostics: readonly Diagnostic[] }

/** `POST /dry-run/:command`: what would be decided and why, by the rules in force or by rules in the body. */
export function addDryRun<R>(router: Router<State>, deps: DryRunDeps<R>): void {
  router.post('/dry-run/:command', ...jsonBody(limits.bodyBytes), context => answerDryRun(context, deps))
}

/** Rules in a body are compiled where webhooks are answered: their size is for how long these may have to wait. */
const limits = { bodyBytes: 8 * 1024 * 1024, files: 1000, yamlCharacters: 512 * 1024 }

async function answerDryRun<R>(context: Context, deps: DryRunDeps<R>): Promise<void> {
  const { exchange } = context.state
  if (exchange.isAnswered) return
  const asked = lookUp(String(context.params.command))
  if (asked.kind !== 'known') return exchange.fail({ status: 404, problem: asked.problem })
  const wanted = readDryRun(context.request.body)
  if (!wanted.ok) return exchange.fail({ status: 400, problem: wanted.problem })
  const read = readPayload(asked.callback, wanted.payload)
  if (!read.ok) return exchange.fail({ status: 400, problem: `In "payload": ${read.problem}` })
  const { files, at = Date.now(), engine } = wanted
  const { ruleSet, diagnostics } = files === undefined ? inForce(deps) : await deps.compile(files)
  const pause = () => exchange.pause()
  if (files !== undefined && (ruleSet === null || hasErrors(diagnostics))) {
    exchange.answer(422, JSON.stringify({ diagnostics: deps.show(diagnostics, files) }))
  } else if (ruleSet === null) {
    exchange.fail({ status: 503, problem: 'No rules are in force' })
  } else {
    const { call, unknownKeys } = read
    exchange.answer(200, JSON.stringify(await deps.report(ruleSet, call, at, { engine, pause, unknownKeys })))
  }
}

function inForce<R>(deps: DryRunDeps<R>): Compiled<R> {
  return { ruleSet: deps.current(), diagnostics: [] }
}

/** What a body asks to be tried; without files, the rules in force, and without an instant, now. */
type Wanted = { ok: true; payload: unknown; at?: number; engine: boolean; files?: readonly SourceFile[] }

type Refused = { ok: false; problem: string }

function readDryRun(body: unknown): Wanted | Refused {
  if (!isObject(body)) return refused('The body must be a JSON object with "payload"')
  const { payload, at, files, engine = false, ...others } = body
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    return refused(`There is no key ${quoteForeign(unknown)}; there are payload, at, files and engine`)
  if (payload === undefined) return refused('"payload" is missing: the request as the IM server would send it')
  const instant = typeof at === 'string' ? readInstant(at) : undefined
  if (at !== undefined && instant === undefined) {
    return refused('"at" must be a date and time with an offset, like "2026-03-01T22:30:00Z"')
  }
  if (typeof engine !== 'boolean') return refused('"engine" must be true or false')
  const sources = files === undefined ? { ok: true as const } : readFiles(files)
  if (!sources.ok) return sources
  return { ...sources, payload, engine, ...(instant !== undefined && { at: instant }) }
}

function readFiles(files: unknown): { ok: true; files: readonly SourceFile[] } | Refused {
  if (!isObject(files)) return refused('"files" must be an object of texts by path')
  const entries = Object.entries(files)
  if (entries.length > limits.files) return refused(`"files" must not hold more than ${limits.files} files`)
  let yamlCharacters = 0
  const sources: SourceFile[] = []
  for (const [file, content] of entries) {
    if (!isRulePath(file)) return refused(`"files" must hold ….yaml, ….yml or lists/….txt, not ${quoteForeign(file)}`)
    if (typeof content !== 'string') return refused(`${quoteForeign(file)} in "files" must be text`)
    if (!file.endsWith('.txt')) yamlCharacters += content.length
    sources.push({ file, content })
  }
  if (yamlCharacters > limits.yamlCharacters)
    return refused(`"files" is too long: ${limits.yamlCharacters} characters of YAML at most`)
  return { ok: true, files: sources.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

/** A path as the rules folder would have it: relative, no way out, nothing hidden. */
function isRulePath(file: string): boolean {
  const segments = file.split('/')
  if (segments.some(segment => segment === '' || segment.startsWith('.')) || /[\\\p{Cc}]/u.test(file)) return false
  return /\.ya?ml$/.test(file) || (segments.length === 2 && segments[0] === 'lists' && file.endsWith('.txt'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refused(problem: string): Refused {
  return { ok: false, problem }
}
