import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { readLine } from '../../src/record/record-line.ts'
import type { FuseStatus } from '../../src/serve/fuse-status.ts'
import { run } from '../cli/_run.ts'
import { envelope, refusal, writeSegments } from '../record/_state.ts'
import { command, post, sample } from '../serve/_http.ts'
import { linesOnRecord } from '../state/_recorder.ts'
import { until } from '../state/_until.ts'
import { makeRules, startService, writeRule } from './_service.ts'

const calm =
  'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: 5001 }\n'
/** Refuses everybody: somebody meant `equals`. */
const bad = `${calm}  - { rule: no-a, when: { nickName: { contains: n } }, reject: 5002 }\n`

const dayMs = 24 * 3_600_000

/** A state folder with a record of earlier days: of u-0 to u-199, of whom the last hundred were refused lately. */
async function withRecord(t: ExecutionContext, files: Record<string, string>) {
  const dir = await makeRules(t, files)
  const state = join(dir, '.hookwarden')
  const then = Date.now() - 2 * dayMs
  const all = Array.from({ length: 200 }, (_, at) => ({ users: [`u-${at}`] }))
  await writeSegments(
    state,
    all.map((users, at) => (at < 100 ? envelope(then + at, users) : refusal(then + at, 'old', users))),
    { instance: 'before' },
  )
  return { dir, state }
}

async function codeOf(url: string, userID: string): Promise<number> {
  const answer = await post(`${url}/${command}`, { ...sample, userID, nickName: 'Ann' })
  return ((await answer.json()) as { errCode: number }).errCode
}

/** Everybody of a range calls, again and again, until it is over. */
function callingOn(url: string, from: number, to: number) {
  let isOver = false
  const codes: number[] = []
  const one = async (client: number) => {
    for (let at = client; !isOver; at += 4) codes.push(await codeOf(url, `u-${from + (at % (to - from))}`))
  }
  const clients = Promise.all([0, 1, 2, 3].map(one))
  return {
    codes,
    end: async () => {
      isOver = true
      await clients
    },
  }
}

type Status = { fuses: FuseStatus; pauses: { rule: string; why: string }[] }

const statusOf = async (admin: string) => (await (await fetch(`${admin}/status`)).json()) as Status

test('a bad rule that is reloaded under load goes into shadow by itself, and everything says so', async t => {
  const { dir, state } = await withRecord(t, { 'names.yaml': calm })
  const service = await startService(t, dir, '--record', '--state', state)
  const calls = callingOn(service.webhooks, 0, 100)
  await writeRule(dir, 'names.yaml', bad)
  t.like(await service.log.until('fuse blown'), { rule: 'no-a', level: 50 })
  const paused = await service.log.until('rule paused')
  t.regex(String(paused.why), /^fuse: refused \d+ of \d+ people within a minute, none of whom was new/)
  await calls.end()
  t.true(calls.codes.includes(5002))
  t.is(await codeOf(service.webhooks, 'u-1'), 0)
  const { fuses, pauses } = await statusOf(service.admin)
  t.like(fuses, { isArmed: true, blown: [{ rule: 'no-a' }] })
  t.like(pauses, [{ rule: 'no-a' }])
  const checked = await run(['check', dir, '--state', state], '', { now: () => new Date() })
  t.regex(checked.out, /The rule "no-a" is paused since .* by hookwarden: fuse: refused/)
  const events = async () =>
    (await linesOnRecord(state)).map(line => readLine(line)).filter(line => line?.kind === 'event')
  await until(async () => (await events()).some(each => each?.kind === 'event' && each.event === 'fuse blown'))
  const names = (await events()).map(each => (each?.kind === 'event' ? each.event : ''))
  t.is(names.filter(name => name === 'fuse blown').length, 1)
  t.true(names.includes('paused'))
  // A resumed rule stays in force.
  await run(['resume', 'no-a', '--state', state])
  const again = callingOn(service.webhooks, 0, 100)
  await until(async () => again.codes.length > 300)
  await again.end()
  t.deepEqual(new Set(again.codes), new Set([5002]))
  t.deepEqual((await statusOf(service.admin)).pauses, [])
})

test('people who are new, or were refused lately, blow no fuse', async t => {
  const { dir, state } = await withRecord(t, { 'names.yaml': calm })
  const service = await startService(t, dir, '--record', '--state', state)
  await writeRule(dir, 'names.yaml', bad)
  await service.log.until('rules loaded')
  const trial = async () => (await statusOf(service.admin)).fuses.trials.find(({ rules }) => rules.includes('no-a'))
  await until(async () => (await trial())?.people === 100)
  const calls = callingOn(service.webhooks, 100, 400)
  await until(async () => calls.codes.length > 600)
  await calls.end()
  t.like(await trial(), { people: 100, seen: 0, most: null })
  t.deepEqual((await statusOf(service.admin)).pauses, [])
})

test('a restart in the first hour goes on counting', async t => {
  const { dir, state } = await withRecord(t, { 'names.yaml': calm })
  const first = await startService(t, dir, '--record', '--state', state)
  await writeRule(dir, 'names.yaml', bad)
  await first.log.until('rules loaded')
  for (let at = 0; at < 30; at += 1) t.is(await codeOf(first.webhooks, `u-${at}`), 5002)
  await until(async () => (await statusOf(first.admin)).fuses.trials.length > 0)
  first.child.kill('SIGTERM')
  await first.exited
  const next = await startService(t, dir, '--record', '--state', state)
  const trial = async () => (await statusOf(next.admin)).fuses.trials.find(({ rules }) => rules.includes('no-a'))
  await until(async () => ((await trial())?.people ?? 0) > 0)
  t.like(await trial(), { people: 100, seen: 30, most: { rule: 'no-a', refused: 30, seen: 30 } })
  for (let at = 30; at < 50; at += 1) await codeOf(next.webhooks, `u-${at}`)
  t.like(await next.log.until('fuse blown'), { rule: 'no-a', refused: 50, seen: 50 })
})

test('without a record the status says that no fuse is armed', async t => {
  const dir = await makeRules(t, { 'names.yaml': calm })
  const { admin } = await startService(t, dir)
  t.deepEqual((await statusOf(admin)).fuses, {
    isArmed: false,
    why: 'decisions are not recorded: serve with --record',
    trials: [],
    blown: [],
  })
})
