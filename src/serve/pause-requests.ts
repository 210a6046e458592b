import type Router from '@koa/router'
import type { RuleSet } from '../compile/ruleset.ts'
import { suggest } from '../language/advice/suggest.ts'
import { longestMs, shortestMs } from '../language/duration.ts'
import type { RulePause } from '../state/pauses.ts'
import { jsonBody } from './body.ts'
import type { Context, ExchangeState, Failure } from './exchange.ts'
import type { PauseProblems, ServedPauses } from './pauses.ts'

/** What requests to pause and resume need. `now` is in ms since 1970. */
export type PauseRequestDeps = {
  pauses: Pick<ServedPauses, 'all' | 'pause' | 'resume'>
  rules: { readonly current: RuleSet | null }
  now: () => number
}

/** The answer: `notKept` says why the change is lost with this process, `notShared` why others do not know it yet. */
export type PauseAnswer = { pause: RulePause | null } & PauseProblems

const mostBytes = 16_384

/** `POST /pause` with `rule`, `why`, `who` and perhaps `forMs`; `POST /resume` with `rule` and `who`. */
export function addPauses(router: Router<ExchangeState>, deps: PauseRequestDeps): void {
  router.post('/pause', ...jsonBody(mostBytes), context => answerOnce(context, body => pauseAsked(body, deps)))
  router.post('/resume', ...jsonBody(mostBytes), context => answerOnce(context, body => resumeAsked(body, deps)))
}

async function answerOnce(context: Context, work: (body: Body) => Promise<PauseAnswer | Failure>): Promise<void> {
  const { exchange } = context.state
  if (exchange.isAnswered) return
  const { body } = context.request as { body?: unknown }
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (!isObject) return exchange.fail({ status: 400, problem: 'The body must be a JSON object' })
  const answer = await work(body as Body)
  if ('problem' in answer) exchange.fail(answer)
  else exchange.answer(200, JSON.stringify(answer))
}

type Body = { readonly [key: string]: unknown }

/** Pauses the rule that a request names. */
export async function pauseAsked(body: Body, { pauses, rules, now }: PauseRequestDeps): Promise<PauseAnswer | Failure> {
  const [rule, why, who] = [textIn(body.rule), textIn(body.why), textIn(body.who)]
  if (rule === undefined || why === undefined || who === undefined) {
    return { status: 400, problem: '"rule", "why" and "who" must be texts of 1 to 500 characters' }
  }
  const { forMs } = body
  if (forMs !== undefined && !(typeof forMs === 'number' && forMs >= shortestMs && forMs <= longestMs)) {
    return { status: 400, problem: '"forMs" must be from one second to 30 days' }
  }
  const failure = whyNot(rule, rules.current)
  if (failure !== undefined) return failure
  const until = forMs === undefined ? {} : { until: isoTime(now() + forMs) }
  return answerOf(await pauses.pause({ rule, since: isoTime(now()), ...until, why, who }), rule, pauses)
}

/** Resumes the rule that a request names. */
export async function resumeAsked(body: Body, { pauses }: PauseRequestDeps): Promise<PauseAnswer | Failure> {
  const [rule, who] = [textIn(body.rule), textIn(body.who)]
  if (rule === undefined || who === undefined) {
    return { status: 400, problem: '"rule" and "who" must be texts of 1 to 500 characters' }
  }
  const paused = pauses.all.map(each => each.rule)
  if (!paused.includes(rule)) {
    return { status: 404, problem: `The rule "${rule}" is not paused. ${suggest(rule, paused, 'Paused')}` }
  }
  return answerOf(await pauses.resume(rule, who), rule, pauses)
}

function answerOf(problems: PauseProblems, rule: string, { all }: PauseRequestDeps['pauses']): PauseAnswer {
  return { pause: all.find(each => each.rule === rule) ?? null, ...problems }
}

/** Why a rule cannot be paused. */
function whyNot(id: string, ruleSet: RuleSet | null): Failure | undefined {
  const rules = [...(ruleSet?.compiled.values() ?? [])]
  const found = rules.find(rule => rule.id === id)
  if (found === undefined) {
    const ids = rules.map(rule => rule.id)
    return { status: 404, problem: `There is no rule "${id}". ${suggest(id, ids, 'Rules')}` }
  }
  if (found.mode === 'enforce') return undefined
  const mode = found.mode === 'shadow' ? 'in shadow' : 'disabled'
  return { status: 409, problem: `The rule "${id}" is already ${mode} in ${found.rule.span.file}` }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 500 ? value : undefined
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
