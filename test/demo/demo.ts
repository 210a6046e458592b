/** Serves a copy of `rules/` with traffic on record, to look at the page: `npm run demo`. Ends with Ctrl-C. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type SentCall, traffic } from './traffic.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const calls = Number(process.env.DEMO_CALLS ?? 600)

const dir = await mkdtemp(join(tmpdir(), 'hookwarden-demo-'))
await cp(join(root, 'rules'), join(dir, 'rules'), { recursive: true })
const settings = [
  '--rules',
  join(dir, 'rules'),
  '--state',
  join(dir, 'state'),
  '--record',
  '--port',
  '0',
  '--admin-port',
]
const port = process.env.DEMO_PORT ?? '0'
const service = spawn(
  process.execPath,
  ['--import', import.meta.resolve('tsx'), join(root, 'src/cli.ts'), 'serve', ...settings, port],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const ended = once(service, 'exit')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => service.kill(signal))
const log = await open(join(dir, 'log'), 'a')
const { webhooks, page } = await listening()
let failed = 0
for (const call of traffic(1, calls)) await send(call)
console.log(`The page: ${page}`)
console.log(
  `Rules, drafts and the record are in ${dir}; ${calls} calls are on record${failed > 0 ? `, ${failed} failed` : ''}.`,
)
console.log('More come in all the time. Ctrl-C ends it.')
void trickle()
const [code] = await ended
process.exit(code ?? 0)

/** The addresses of the service, once it listens. Its log goes on into a file. */
async function listening(): Promise<{ webhooks: string; page: string }> {
  const lines = createInterface({ input: service.stdout })
  const found = new Promise<{ webhooks: string; page: string }>((resolve, reject) => {
    lines.on('line', line => {
      void log.appendFile(`${line}\n`)
      const read = JSON.parse(line)
      if (read.msg === 'listening') resolve(read)
    })
    void ended.then(() => reject(new Error('The service did not start')))
  })
  return found
}

async function send({ command, body }: SentCall): Promise<void> {
  const response = await fetch(`${webhooks}/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', operationid: 'demo' },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  await response?.arrayBuffer()
  if (response?.ok !== true) failed += 1
}

/** A call now and then, so that the page has something new to show. */
async function trickle(): Promise<void> {
  for (const call of traffic(2, 1_000_000)) {
    await delay(1_000)
    await send(call)
  }
}
