import test from 'ava'
import { DraftQueue } from '../../src/serve/draft-queue.ts'

function queueOf(options: { mostCalls?: number; mostBytes?: number } = {}) {
  const sent: string[] = []
  const state = { hasThread: true, lost: 0 }
  const queue = new DraftQueue({
    send: lines => {
      if (state.hasThread) sent.push(Buffer.from(lines).toString())
      return state.hasThread
    },
    onLost: calls => {
      state.lost += calls
    },
    collectMs: 600_000,
    ...options,
  })
  return { queue, sent, state }
}

test('calls are handed over together, in order', t => {
  const { queue, sent } = queueOf()
  queue.add('a', '1')
  queue.add('b', 'é')
  t.is(queue.waiting, 2)
  queue.flush()
  t.deepEqual(sent, ['a\n1\nb\né\n'])
  queue.reported(2)
  queue.done()
  t.is(queue.waiting, 0)
  t.true(queue.isIdle)
})

test('a full queue takes nothing until half of it is done', t => {
  const { queue } = queueOf({ mostCalls: 4 })
  for (let at = 0; at < 4; at++) {
    t.true(queue.hasRoom)
    queue.add('a', '1')
    queue.flush()
  }
  t.false(queue.hasRoom)
  queue.reported(1)
  queue.done()
  t.false(queue.hasRoom)
  queue.reported(1)
  queue.done()
  t.true(queue.hasRoom)
})

test('long calls fill it, too', t => {
  const { queue } = queueOf({ mostBytes: 1000 })
  queue.add('a', 'x'.repeat(2000))
  t.false(queue.hasRoom)
  queue.flush()
  t.false(queue.hasRoom)
  queue.reported(1)
  queue.done()
  t.true(queue.hasRoom)
})

test('what a thread has not reported is lost with it, and what comes while there is none', t => {
  const { queue, state } = queueOf()
  for (let at = 0; at < 3; at++) queue.add('a', '1')
  queue.flush()
  queue.reported(1)
  queue.lose()
  t.is(state.lost, 2)
  state.hasThread = false
  queue.add('a', '1')
  queue.flush()
  t.is(state.lost, 3)
  t.is(queue.waiting, 0)
})
