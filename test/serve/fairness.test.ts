import { connect, type Socket } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { command, sample, startWebhooks, wire } from './_http.ts'

const body = JSON.stringify(sample)
const headers = { Connection: 'keep-alive', 'Content-Type': 'application/json', 'Content-Length': body.length }
const call = wire(`POST /${command} HTTP/1.1`, headers, body)

/** A connection that calls at once; resolves with its first answer. */
function firstAnswer(t: ExecutionContext, port: number, onAnswer: (socket: Socket) => void = () => {}) {
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.on('data', () => onAnswer(socket))
  socket.write(call)
  return new Promise(resolve => socket.once('data', resolve))
}

/** How many calls of busy connections are answered until the last of some new connections has its first answer. */
async function answeredBefore(t: ExecutionContext, port: number, { busy, fresh }: { busy: number; fresh: number }) {
  let answers = 0
  const again = (socket: Socket) => {
    answers += 1
    socket.write(call)
  }
  await Promise.all(Array.from({ length: busy }, () => firstAnswer(t, port, again)))
  const answersBefore = answers
  await Promise.all(Array.from({ length: fresh }, () => firstAnswer(t, port)))
  return answers - answersBefore
}

for (const { busy, fresh, most } of [
  { busy: 32, fresh: 100, most: 150 },
  { busy: 8, fresh: 300, most: 150 },
]) {
  test(`${fresh} new connections wait for few calls of ${busy} busy ones`, async t => {
    const { port } = await startWebhooks(t)
    const answers = await answeredBefore(t, port, { busy, fresh })
    t.log(`${answers} calls were answered before`)
    t.true(answers <= most, `${answers} calls were answered before`)
  })
}
