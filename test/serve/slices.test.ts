import test from 'ava'
import { inSlices, noteArrival } from '../../src/serve/turn.ts'

test.serial('other work runs between slices, and the result comes at the end', async t => {
  let isRunning = true
  let turns = 0
  const turn = () => {
    turns++
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  t.is(await inSlices(busy(20)), 'done')
  isRunning = false
  t.true(turns >= 10, `others ran ${turns} times`)
})

test.serial('connections that arrive in every turn delay each slice once', async t => {
  let isRunning = true
  let turns = 0
  const turn = () => {
    turns++
    noteArrival()
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  await inSlices(busy(5))
  isRunning = false
  t.true(turns < 5 * 200, `others had ${turns} turns`)
})

test('an error of a step is thrown', async t => {
  await t.throwsAsync(
    inSlices(
      (function* () {
        yield
        throw new TypeError('broken')
      })(),
    ),
    { instanceOf: TypeError },
  )
})

/** Steps of three milliseconds of work each. */
function* busy(steps: number): Generator<undefined, string> {
  for (let step = 0; step < steps; step++) {
    const until = performance.now() + 3
    while (performance.now() < until);
    yield
  }
  return 'done'
}
