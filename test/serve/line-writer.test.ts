import test from 'ava'
import { LineWriter } from '../../src/serve/line-writer.ts'

/**
 * A place to write to that does at each write what comes next in `script`: takes so many bytes, or fails with a code.
 * After the last, it takes all.
 */
function outputOf(script: (number | string)[]) {
  const output = { text: '', errors: [] as string[], mostAtOnce: 0 }
  let underWay = 0
  let tellLoss = () => {}
  const lossTold = new Promise<void>(resolve => {
    tellLoss = resolve
  })
  const writer = new LineWriter({
    write: (bytes, done) => {
      output.mostAtOnce = Math.max(output.mostAtOnce, ++underWay)
      const next = script.shift() ?? bytes.length
      setImmediate(() => {
        underWay--
        if (typeof next === 'string') return done(Object.assign(new Error(next), { code: next }), 0)
        const written = Math.min(next, bytes.length)
        output.text += bytes.toString('latin1', 0, written)
        done(null, written)
      })
    },
    onLost: lines => {
      writer.write(`${lines} lost\n`)
      tellLoss()
    },
    onError: error => output.errors.push(error.message),
  })
  return { output, writer, lossTold }
}

/** Far more time than is needed. */
const later = () => performance.now() + 60_000

test('lines are written in order, one write at a time', async t => {
  const { output, writer } = outputOf([3, 'EAGAIN', 4])
  const lines = Array.from({ length: 10_000 }, (_, at) => `line ${at}\n`)
  for (const line of lines) writer.write(line)
  t.deepEqual(await writer.end(later()), { lost: 0, begun: Buffer.alloc(0) })
  t.is(output.text, lines.join(''))
  t.is(output.mostAtOnce, 1)
})

test('after an error, the rest of a line is written before anything else', async t => {
  const { output, writer } = outputOf([2, 'ENOSPC'])
  writer.write('first\n')
  while (output.errors.length === 0) await new Promise(setImmediate)
  t.is(output.text, 'fi')
  writer.write('second\n')
  await writer.end(later())
  t.is(output.text, 'first\nsecond\n')
})

test('an error is reported once until writing works again', async t => {
  const { output, writer } = outputOf(['ENOSPC', 'ENOSPC', 5, 'EPIPE'])
  writer.write('line\n')
  while (output.text === '') await new Promise(resolve => setTimeout(resolve))
  writer.write('line\n')
  await writer.end(later())
  t.deepEqual(output.errors, ['ENOSPC', 'EPIPE'])
})

test('past the limit, whole lines are dropped, and their number is written in the gap', async t => {
  const line = `${'x'.repeat(1023)}\n`
  const { output, writer, lossTold } = outputOf([])
  for (let at = 0; at < 20_000; at++) writer.write(line)
  await lossTold
  writer.write('after\n')
  t.like(await writer.end(later()), { lost: 0 })
  const lines = output.text.split('\n')
  const whole = lines.filter(each => each === line.trimEnd()).length
  t.deepEqual(lines.slice(whole), [`${20_000 - whole} lost`, 'after', ''])
  t.is(whole, 16_777_216 / 1024)
})

test('ending waits for a stalled reader until its time is over, and counts', async t => {
  const { output, writer } = outputOf([8, ...Array.from({ length: 1000 }, () => 'EAGAIN')])
  writer.write('first\nsecond\nthird\n')
  const { lost, begun } = await writer.end(performance.now() + 50)
  t.is(lost, 2)
  t.is(begun.toString(), 'se')
  t.is(output.text, 'first\nse')
})

test('ending does not wait where writing fails', async t => {
  const { writer } = outputOf(Array.from({ length: 1000 }, () => 'EPIPE'))
  writer.write('first\nsecond\n')
  t.like(await writer.end(later()), { lost: 2 })
})

test('lost lines that were not reported yet are counted at the end', async t => {
  const { writer } = outputOf(Array.from({ length: 1000 }, () => 'EPIPE'))
  for (let at = 0; at < 20_000; at++) writer.write(`${'x'.repeat(1023)}\n`)
  t.like(await writer.end(later()), { lost: 20_000 })
})
