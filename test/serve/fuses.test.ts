import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { withPaused } from '../../src/compile/paused.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import type { DecisionRecord } from '../../src/decide/decision.ts'
import { PeopleSet, personNumber } from '../../src/record/people-set.ts'
import { ServedFuses } from '../../src/serve/fuses.ts'
import type { FuseRecord } from '../../src/serve/observer.ts'
import type { PeopleAsked } from '../../src/state/known-people.ts'
import type { RulePause } from '../../src/state/pauses.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { callOf, noon, rules } from '../_rules.ts'
import { stateFolder } from '../record/_state.ts'

const minuteMs = 60_000
const of = (more = '', word = 'hell') =>
  `lists: { bad: { words: [${word}] } }\nrules:\n  - { rule: r, when: { nickName: { has word in: bad } }, reject: 5001${more} }\n`

/** How many people are on record: u-0 and those after it. */
const onRecord = 10_000

/** A service without HTTP and disk but for what fuses keep: its clock stands until it is moved. */
async function serving(t: ExecutionContext, text = of(), { dir = '', isRecorded = true, recent = 0 } = {}) {
  const state = dir === '' ? await stateFolder(t) : dir
  const world = { now: noon, current: rules(text), paused: new Set<string>(), asked: [] as PeopleAsked[] }
  const pauses: RulePause[] = []
  const blown: FuseRecord[] = []
  let onRead = () => {}
  const isRead = new Promise<void>(resolve => {
    onRead = resolve
  })
  const fuses = new ServedFuses({
    isRecorded,
    state: { open: async () => ({ dir: state, secret: '', release: async () => undefined }) as never },
    rules: () => ({ current: world.current }),
    pauses: () => ({
      pause: async pause => {
        pauses.push(pause)
        await settle(pause.rule, true)
        return undefined
      },
    }),
    masks: () => undefined,
    log: pino({ level: 'silent' }),
    observer: () => ({ fuseBlew: record => void blown.push(record) }),
    now: () => world.now,
    read: async asked => {
      world.asked.push(asked)
      await isRead
      const set = (count: number) => {
        const people = new PeopleSet(1_000_000)
        for (let at = 0; at < count; at += 1) people.add(personNumber(`u-${at}`, asked.seed))
        return people.moved
      }
      return { people: set(onRecord), seen: set(recent), refused: [['r', set(recent)]], from: asked.since - 1 }
    },
  })
  const settle = async (rule: string, isPaused: boolean) => {
    if (isPaused) world.paused.add(rule)
    else world.paused.delete(rule)
    world.current = atOnce(withPaused(world.current, world.paused))
    fuses.observer.paused?.({ kind: 'resumed', at: '', rule, because: 'asked' })
    await fuses.follow()
  }
  return {
    ...{ world, pauses, blown, fuses, dir: state },
    /** Comes into force, perhaps later, and is watched. */
    reload: async (next: string, laterMs = 0) => {
      world.now += laterMs
      world.current = atOnce(withPaused(rules(next), world.paused))
      await fuses.follow()
      await turns()
    },
    read: async () => {
      onRead()
      await turns()
    },
    pause: (rule: string) => settle(rule, true),
    resume: async (rule: string) => {
      await settle(rule, false)
      await turns()
    },
    /** People from one to another are seen, and refused or let through. */
    calls: (from: number, to: number, refusedBy?: string) => {
      for (let at = from; at < to; at += 1) fuses.observer.decided?.(decided(`u-${at}`, world.now, refusedBy))
    },
  }
}

/** What follows reading has been done. */
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
}

function decided(userID: string, at: number, rule?: string): DecisionRecord {
  const verdict =
    rule === undefined
      ? { kind: 'allow' as const, rewrites: new Map() }
      : { kind: 'reject' as const, code: 5001, rule, message: '', detail: '' }
  const decision = { ...verdict, matches: [], changes: [] }
  const call = callOf({ userID })
  return {
    requestId: '',
    operationId: '',
    call,
    received: { text: '', body: {} },
    decision,
    version: '',
    at,
    tookMs: 1,
  }
}

const started = async (t: ExecutionContext, text = of()) => {
  const service = await serving(t, text)
  await service.fuses.follow()
  await service.read()
  return service
}

test('a rule that refuses too many people is paused, once, and everything says why', async t => {
  const { calls, pauses, blown, fuses, world } = await started(t)
  calls(0, 1_000)
  world.now += 5 * minuteMs
  calls(0, 49, 'r')
  t.deepEqual(pauses, [])
  calls(49, 2_000, 'r')
  await turns()
  const at = new Date(world.now).toISOString()
  const why = 'fuse: refused 50 of 1000 people within 5 minutes, none of whom was new or refused for 30 days'
  t.deepEqual(pauses, [{ rule: 'r', since: at, why, who: 'hookwarden' }])
  t.deepEqual(blown, [{ at, rule: 'r', refused: 50, seen: 1_000, since: new Date(noon).toISOString() }])
  t.deepEqual(fuses.status, {
    isArmed: true,
    why: null,
    trials: [],
    blown: [{ rule: 'r', at, refused: 50, seen: 1_000 }],
  })
})

test('one in a hundred is not too many, nor are people who were not on record', async t => {
  const { calls, pauses, fuses } = await started(t)
  calls(0, 10_000)
  calls(0, 100, 'r')
  calls(20_000, 30_000, 'r')
  t.deepEqual(pauses, [])
  t.like(fuses.status.trials[0], {
    rules: ['r'],
    people: onRecord,
    seen: 10_000,
    most: { rule: 'r', refused: 100, seen: 10_000 },
  })
  calls(100, 101, 'r')
  t.is(pauses.length, 1)
})

test('what happens before it is known who is on record counts once it is', async t => {
  const { calls, pauses, fuses, read } = await serving(t)
  await fuses.follow()
  calls(0, 200, 'r')
  t.deepEqual(pauses, [])
  t.like(fuses.status.trials[0], { people: null, seen: 0, most: null })
  await read()
  t.is(pauses.length, 1)
})

test('after the first hour a rule may refuse whom it wants', async t => {
  const { calls, pauses, fuses, world } = await started(t)
  world.now += 60 * minuteMs
  t.deepEqual(fuses.status.trials, [])
  calls(0, 1_000, 'r')
  t.deepEqual(pauses, [])
})

test('without the record nothing is armed, and the status says so', async t => {
  const { calls, pauses, fuses } = await serving(t, of(), { isRecorded: false })
  await fuses.follow()
  calls(0, 1_000, 'r')
  t.deepEqual(pauses, [])
  t.deepEqual(fuses.status, {
    isArmed: false,
    why: 'decisions are not recorded: serve with --record',
    trials: [],
    blown: [],
  })
})

const unwatched = test.macro(async (t, text: string) => {
  const { calls, pauses, fuses, world } = await started(t, text)
  calls(0, 1_000, 'r')
  t.deepEqual(pauses, [])
  t.deepEqual(fuses.status.trials, [])
  t.deepEqual(world.asked, [])
})
test('a rule without a fuse is not watched', unwatched, of(', fuse: off'))
test('a rule in shadow is not watched', unwatched, of(', mode: shadow'))
test('a rule that rewrites is not watched', unwatched, of().replace('reject: 5001', 'rewrite: { nickName: trim }'))

test('of a changed rule the hour begins again, of one that only says something else it goes on', async t => {
  const { reload, fuses } = await started(t)
  const since = () => fuses.status.trials.map(trial => Date.parse(trial.since) - noon)
  await reload(of().replace('reject: 5001', 'reject: 5002, why: Clearer, order: 50'), 10 * minuteMs)
  t.deepEqual(since(), [0])
  await reload(of('', 'hello'), 10 * minuteMs)
  t.deepEqual(since(), [20 * minuteMs])
  await reload(of(), 50 * minuteMs)
  t.deepEqual(since(), [70 * minuteMs])
})

test('a rule that is taken out of shadow or for more people is watched again, for fewer it is not', async t => {
  const { reload, fuses } = await started(t, of(', mode: { enforce: 20 %, by: userID }'))
  const since = () => fuses.status.trials.map(trial => Date.parse(trial.since) - noon)
  await reload(of(', mode: { enforce: 10 %, by: userID }'), minuteMs)
  t.deepEqual(since(), [0])
  await reload(of(', mode: { enforce: 20 %, by: userID }'), minuteMs)
  t.deepEqual(since(), [2 * minuteMs])
  await reload(of(), minuteMs)
  t.deepEqual(since(), [3 * minuteMs])
  await reload(of(', mode: shadow'), minuteMs)
  t.deepEqual(since(), [])
  await reload(of(), minuteMs)
  t.deepEqual(since(), [5 * minuteMs])
})

test('a resumed rule is not paused again, until it changes', async t => {
  const { calls, pauses, resume, reload, fuses } = await started(t)
  calls(0, 100, 'r')
  await turns()
  t.is(pauses.length, 1)
  await resume('r')
  calls(0, 1_000, 'r')
  t.is(pauses.length, 1)
  t.like(fuses.status, { trials: [], blown: [{ rule: 'r' }] })
  await reload(of('', 'hello'), minuteMs)
  t.deepEqual(fuses.status.blown, [])
  calls(0, 100, 'r')
  t.is(pauses.length, 2)
})

test('a rule that an operator pauses and resumes within the hour is watched on', async t => {
  const { calls, pauses, pause, resume, fuses, world } = await started(t)
  await pause('r')
  t.deepEqual(fuses.status.trials, [])
  world.now += 30 * minuteMs
  await resume('r')
  t.is(Date.parse(fuses.status.trials[0]?.since ?? ''), noon)
  calls(0, 100, 'r')
  t.is(pauses.length, 1)
})

test('a restart in the first hour goes on with it, and with what the record has of it', async t => {
  const first = await started(t)
  first.calls(0, 30, 'r')
  await first.fuses.end()
  const next = await serving(t, of(), { dir: first.dir, recent: 30 })
  next.world.now = noon + 20 * minuteMs
  await next.fuses.follow()
  await next.read()
  t.like(next.world.asked[0], { since: noon, until: noon + 20 * minuteMs, rules: ['r'] })
  next.calls(0, 30, 'r')
  t.is(next.pauses.length, 0)
  next.calls(30, 50, 'r')
  t.is(next.pauses.length, 1)
  await turns()
  await next.fuses.end()
  const last = await serving(t, of(), { dir: first.dir })
  await last.fuses.follow()
  t.like(last.fuses.status, { trials: [], blown: [{ rule: 'r', refused: 50 }] })
})

test('rules from before fuses were kept count from when their version came into force', async t => {
  const dir = await stateFolder(t)
  const { version } = rules(of()) as RuleSet
  const line = { v: 1, at: new Date(noon - 50 * minuteMs).toISOString(), version, before: null, sentences: [] }
  await writeFile(join(dir, 'history.jsonl'), `${JSON.stringify({ ...line, who: null, why: null, source: 'file' })}\n`)
  const { fuses } = await serving(t, of(), { dir })
  await fuses.follow()
  t.is(Date.parse(fuses.status.trials[0]?.since ?? ''), noon - 50 * minuteMs)
  t.regex(await readFile(join(dir, 'fuses.json'), 'utf8'), /"rule":"r","print":"[0-9a-f]{16}","percent":100,"by":null/)
})

test('rules with a date come into force then', async t => {
  const { fuses, calls, pauses, world } = await started(t, of(', from: 2026-03-05'))
  const from = Date.parse('2026-03-05T00:00:00+08:00')
  t.is(Date.parse(fuses.status.trials[0]?.since ?? ''), from)
  calls(0, 100, 'r')
  t.is(pauses.length, 0)
  world.now = from + minuteMs
  calls(0, 100, 'r')
  t.is(pauses.length, 1)
})

test('of very many reloads the latest are watched', async t => {
  const { fuses, reload } = await started(t)
  for (let at = 0; at < 6; at += 1) {
    const more = Array.from(
      { length: at + 1 },
      (_, n) => `  - { rule: s${n}, when: { nickName: x${n} }, reject: 5001 }\n`,
    )
    await reload(`${of()}${more.join('')}`, minuteMs)
  }
  t.deepEqual(
    fuses.status.trials.map(trial => trial.rules),
    [['s2'], ['s3'], ['s4'], ['s5']],
  )
})

test('a record that cannot be read is told, and stops nothing', async t => {
  const dir = await stateFolder(t)
  const fuses = new ServedFuses({
    isRecorded: true,
    state: { open: async () => ({ dir }) as never },
    rules: () => ({ current: rules(of()) }),
    pauses: () => ({ pause: async () => undefined }),
    masks: () => undefined,
    log: pino({ level: 'silent' }),
    observer: () => ({ fuseBlew: () => t.fail() }),
    now: () => noon,
    read: async () => {
      throw new Error('the disk is gone')
    },
  })
  await fuses.follow()
  await turns()
  fuses.observer.decided?.(decided('u-1', noon, 'r'))
  t.is(fuses.status.trials[0]?.problem, 'the disk is gone')
})
