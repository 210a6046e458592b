import test from 'ava'
import { afterTurn, endOfTurn } from '../../src/serve/turn.ts'

test('who waits in one turn goes on together, after all that was due before', async t => {
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

test('work in no hurry goes on after those who wait for the same turn, whoever came first', async t => {
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
