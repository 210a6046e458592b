import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { alarmOf } from '../../src/store/alarm.ts'
import { hintsOf } from '../../src/store/hints.ts'
import { tempFolder, write } from './_folder.ts'

test('a folder hints again after it is followed anew', async t => {
  const dir = join(tempFolder(t), 'rules')
  mkdirSync(dir)
  let hint = () => {}
  const hints = hintsOf(() => hint())
  t.teardown(hints.close)
  const hinted = (edit: () => void) =>
    new Promise<void>(resolve => {
      hint = resolve
      hints.follow([dir])
      edit()
    })
  await hinted(() => write(dir, { 'a.yaml': '1' }))
  await hinted(() => write(dir, { 'a.yaml': '2' }))
  await hinted(() => rmSync(dir, { recursive: true }))
  mkdirSync(dir)
  // Whatever else the system had to say of the old folder has been said then.
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
  await hinted(() => write(dir, { 'a.yaml': '3' }))
  t.pass()
})

test('a folder that cannot be watched gives no hint, and no trouble', t => {
  const hints = hintsOf(() => t.fail())
  hints.follow([join(tempFolder(t), 'gone')])
  hints.close()
  t.pass()
})

const forever = 1_000_000

test('a sleep ends when the alarm rings', async t => {
  const { ring, sleep } = alarmOf()
  const slept = sleep(0, forever)
  setImmediate(ring)
  await slept
  t.pass()
})

test('an alarm that rang before the sleep ends it, and only that one', async t => {
  const { ring, sleep } = alarmOf()
  ring()
  await sleep(0, forever)
  const before = performance.now()
  await sleep(0, 30)
  t.true(performance.now() - before > 25)
})
