import test from 'ava'
import { isExhaustive } from '../_runs.ts'
import { runOf } from './_run.ts'

test('of tests that pass only the number is printed', async t => {
  const { out, code } = await runOf(['passing'])
  t.is(code, 0)
  t.notRegex(out, /one that passes|what it has to say|in two lines/)
  t.true(out.endsWith('\n2 passed, 0 failed, 1 skipped\n'), out)
})

test('of a test that fails the title, the place and the difference are printed', async t => {
  const { out, code } = await runOf(['passing', 'failing'])
  t.is(code, 1)
  t.notRegex(out, /✔|one that passes$/m)
  t.regex(out, /one that fails\n\n {2}test\/run\/failing\.fixture\.mjs:4\n/)
  t.regex(out, /- {3}now: 1,\n {2}\+ {3}now: 2,\n/)
  t.true(out.endsWith('\n3 passed, 2 failed, 1 skipped\n'), out)
})

test('a file that does not load counts as a failure', async t => {
  const { out, code } = await runOf(['passing', 'broken'])
  t.is(code, 1)
  t.regex(out, /Error: a file that does not load/)
  t.true(out.endsWith('\n2 passed, 1 failed, 1 skipped\n'), out)
})

test('no test at all is a failure', async t => {
  const { out, code } = await runOf(['nothing'])
  t.is(code, 1)
  t.true(out.endsWith('\n0 passed, 1 failed\n'), out)
})

// It takes the time that a test may be idle.
if (isExhaustive) {
  test('a test that never ends counts as a failure', async t => {
    const { out, code } = await runOf(['stuck'], '--timeout', '15s')
    t.is(code, 1)
    t.regex(out, /◌ one that never ends/)
    t.true(out.endsWith('\n1 passed, 1 failed\n'), out)
  })
}
