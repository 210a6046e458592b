import test from 'ava'
import { Turns } from '../../src/serve/turns.ts'
import { deferred } from './_http.ts'

const never = new AbortController().signal

test('turns are taken one after another, in order', async t => {
  const turns = new Turns(3)
  const first = deferred<void>()
  const done: string[] = []
  const work = (name: string, until?: Promise<void>) =>
    turns.take(async () => {
      done.push(`${name} starts`)
      await until
      done.push(`${name} ends`)
    }, never)
  const all = [work('a', first.promise), work('b'), work('c')]
  t.deepEqual(done, [])
  first.resolve()
  await Promise.all(all)
  t.deepEqual(done, ['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
})

test('a turn that fails makes way for the next', async t => {
  const turns = new Turns(2)
  const failed = turns.take(() => Promise.reject(new Error('no')), never)
  const next = turns.take(async () => 'yes', never)
  await t.throwsAsync(failed, { message: 'no' })
  t.is(await next, 'yes')
})

test('a task that is aborted while waiting gives up its turn', async t => {
  const turns = new Turns(3)
  const first = deferred<void>()
  const gone = new AbortController()
  const running = turns.take(() => first.promise, never)
  const waiting = turns.take(async () => t.fail(), gone.signal)
  const last = turns.take(async () => 'last', never)
  gone.abort(new Error('gone'))
  await t.throwsAsync(waiting, { message: 'gone' })
  await t.throwsAsync(
    turns.take(async () => t.fail(), gone.signal),
    { message: 'gone' },
  )
  first.resolve()
  await running
  t.is(await last, 'last')
})

test('room is limited, and leaving makes room, once', t => {
  const turns = new Turns(2)
  const [a, b] = [turns.enter(), turns.enter()]
  t.not(b, undefined)
  t.is(turns.enter(), undefined)
  a?.()
  a?.()
  t.not(turns.enter(), undefined)
  t.is(turns.enter(), undefined)
})
