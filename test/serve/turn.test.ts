import test, { type ExecutionContext } from 'ava'
import { afterTurn, endOfTurn, noteArrival } from '../../src/serve/turn.ts'

test('callers that wait in one turn continue together, after everything due before', async t => {
  const order: string[] = []
  const wait = async (name: string) => {
    await endOfTurn()
    order.push(name)
  }
  const waiting = [wait('first'), wait('second')]
  setImmediate(() => order.push('due later'))
  process.nextTick(() => order.push('due before'))
  await Promise.all(waiting)
  t.deepEqual(order, ['due before', 'first', 'second'])
})

test('each turn has an end of its own', async t => {
  const first = endOfTurn()
  t.is(endOfTurn(), first)
  await first
  const second = endOfTurn()
  t.not(second, first)
  await second
})

/** The turns of the event loop that begin before a promise is settled; `everyTurn` is called in each. */
async function turnsUntil(t: ExecutionContext, settled: Promise<unknown>, everyTurn = () => {}): Promise<number> {
  let turns = 0
  let next = setImmediate(function turn() {
    turns += 1
    everyTurn()
    next = setImmediate(turn)
  })
  t.teardown(() => clearImmediate(next))
  await settled
  return turns
}

test.serial('a turn without a new connection ends at once', async t => {
  await endOfTurn()
  t.is(await turnsUntil(t, endOfTurn()), 0)
})

test.serial('a turn continues while connections arrive', async t => {
  let left = 9
  noteArrival()
  const turns = await turnsUntil(t, endOfTurn(), () => {
    if (left-- > 0) noteArrival()
  })
  t.is(turns, 10)
})

test.serial('connections that never end hold a turn up for 128 rounds', async t => {
  noteArrival()
  t.is(await turnsUntil(t, endOfTurn(), noteArrival), 128)
})

test.serial('connections delay nobody longer than the shortest patience', async t => {
  noteArrival()
  const patient = endOfTurn()
  const turns = turnsUntil(t, patient, noteArrival)
  await endOfTurn(0)
  t.is(await turns, 0)
})

test('work that is not urgent continues after callers that wait for the same turn', async t => {
  const order: string[] = []
  const call = async () => {
    await endOfTurn()
    for (let step = 0; step < 5; step++) await undefined
    order.push('call')
  }
  const work = afterTurn().then(() => order.push('work'))
  await Promise.all([work, call(), call()])
  t.deepEqual(order, ['call', 'call', 'work'])
})
