import test from 'ava'
import { Busyness } from '../../src/serve/busyness.ts'

const isBusyAfter = test.macro((t, calls: number, share: number, expected: boolean) => {
  const busyness = new Busyness(() => share)
  for (let call = 0; call < calls; call++) busyness.count()
  t.false(busyness.isBusy, 'not before the first look')
  busyness.look()
  t.is(busyness.isBusy, expected)
  busyness.look()
  t.false(busyness.isBusy, 'no call came since')
})

test('a thread that works nearly all the time on calls is busy', isBusyAfter, 100, 0.9, true)
test('a thread with time left is not', isBusyAfter, 10_000, 0.7, false)
test('a thread that works on something else is not', isBusyAfter, 99, 1, false)

test('by default the share is that of the event loop', t => {
  const busyness = new Busyness()
  for (let call = 0; call < 100; call++) busyness.count()
  busyness.look()
  const endMs = performance.now() + 20
  while (performance.now() < endMs);
  for (let call = 0; call < 100; call++) busyness.count()
  busyness.look()
  t.true(busyness.isBusy)
})
