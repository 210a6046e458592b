// The thread's script as it stands in src: a thread of its own does not know how to read TypeScript.
// A request with this word in it is never answered, and keeps the thread busy until that is ended.
import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

const on = parentPort.on.bind(parentPort)
parentPort.on = (event, listener) =>
  on(event, message => {
    while (message.body !== undefined && Buffer.from(message.body).includes('loop-for-ever'));
    return listener(message)
  })
register()
await import('../../src/serve/dry-run-worker.ts')
