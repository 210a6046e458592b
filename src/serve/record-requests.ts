import type Router from '@koa/router'
import type { CountsForgotten } from '../state/forget-in.ts'
import { jsonBody } from './body.ts'
import type { Context, ExchangeState, Failure } from './exchange.ts'

/** What operators may ask of the record of the running service. */
export type RecordControl = {
  /** Closes the segment that is being written; resolves once it is whole on the disk. */
  rotate(): Promise<void>
  /** Notes that somebody was forgotten, or that a hold began or ended: nothing that names a person. */
  note(event: RecordNote, facts: { readonly [name: string]: string | number }): void
  /** Forgets what is counted by a value alone, and returns how much that was. */
  forgetCounts(value: string): Promise<CountsForgotten>
}

/** The events that operators cause. */
export const recordNotes = ['forgotten', 'hold', 'hold ended'] as const

export type RecordNote = (typeof recordNotes)[number]

const mostBytes = 16_384

/**
 * `POST /record/rotate`, `POST /record/note` with `event` and numbers or texts, `POST /counts/forget` with `value`.
 *
 * The bodies must be JSON by their Content-Type, which a web page cannot send to this address unasked.
 */
export function addRecordRequests(router: Router<ExchangeState>, control: RecordControl): void {
  router.post('/record/rotate', ...jsonBody(mostBytes), context =>
    answerOnce(context, async () => {
      await control.rotate()
      return {}
    }),
  )
  router.post('/record/note', ...jsonBody(mostBytes), context => answerOnce(context, body => note(body, control)))
  router.post('/counts/forget', ...jsonBody(mostBytes), context =>
    answerOnce(context, async ({ value }) =>
      typeof value === 'string' && value !== '' ? control.forgetCounts(value) : noValue,
    ),
  )
}

const noValue: Failure = { status: 400, problem: '"value" must be a text' }

type Body = { readonly [key: string]: unknown }

async function note({ event, ...facts }: Body, control: RecordControl): Promise<object | Failure> {
  const known = recordNotes.find(each => each === event)
  if (known === undefined) return { status: 400, problem: `"event" must be one of ${recordNotes.join(', ')}` }
  const entries = Object.entries(facts)
  const isShort = (value: unknown): value is string | number =>
    typeof value === 'number' || (typeof value === 'string' && value.length <= 500)
  if (entries.length > 10 || !entries.every(([key, value]) => /^[a-z]{1,20}$/.test(key) && isShort(value))) {
    return { status: 400, problem: 'The facts must be at most ten numbers or short texts' }
  }
  control.note(known, facts as { [name: string]: string | number })
  return {}
}

async function answerOnce(context: Context, work: (body: Body) => Promise<object | Failure>): Promise<void> {
  const { exchange } = context.state
  if (exchange.isAnswered) return
  const { body } = context.request as { body?: unknown }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return exchange.fail({ status: 400, problem: 'The body must be a JSON object' })
  }
  const answer = await work(body as Body)
  if ('problem' in answer) exchange.fail(answer)
  else exchange.answer(200, JSON.stringify(answer))
}
