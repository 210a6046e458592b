/**
 * A client for benchmarks, run as a process of its own: keep-alive connections that each send, wait, and send again.
 *
 * Plain sockets with requests made before: a client that costs more than the server measures itself.
 *
 *   node --import tsx test/bench/_load.ts URL CONNECTIONS MILLISECONDS [PER-SECOND] < BODIES (a JSON list of texts)
 */
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { spawnJson } from './_process.ts'

/** What one round of load came to. Latencies in ms, of each request from its sending to the end of its answer. */
export type Load = { requests: number; perSecond: number; p50: number; p99: number; most: number }

/** Load an address for a while, from another process: as much as it takes, or with so many requests a second. */
export function load(
  url: string,
  bodies: readonly string[],
  forMs: number,
  { connections = 32, perSecond }: { connections?: number; perSecond?: number | undefined } = {},
): Promise<Load> {
  const self = fileURLToPath(import.meta.url)
  const rate = perSecond === undefined ? [] : [String(perSecond)]
  return spawnJson([self, url, String(connections), String(forMs), ...rate], JSON.stringify(bodies))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url = '', connections, forMs, perSecond] = process.argv.slice(2)
  const bodies: string[] = JSON.parse(await text(process.stdin))
  const everyMs = perSecond === undefined ? 0 : (1000 * Number(connections)) / Number(perSecond)
  const seen = await run(new URL(url), bodies, { connections: Number(connections), forMs: Number(forMs), everyMs })
  process.stdout.write(JSON.stringify(seen))
}

/** `everyMs`: how long each connection waits from one request to the next; 0 for as soon as it is answered. */
type How = { connections: number; forMs: number; everyMs: number }

async function run(url: URL, bodies: readonly string[], { connections, forMs, everyMs }: How): Promise<Load> {
  const requests = bodies.map(body => requestOf(url, body))
  const latencies: number[] = []
  const startMs = performance.now()
  const endMs = startMs + forMs
  const talk = (_: unknown, first: number) => converse(url, requests, { first, endMs, everyMs }, latencies)
  await Promise.all(Array.from({ length: connections }, talk))
  const tookMs = performance.now() - startMs
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const perSecond = (sorted.length * 1000) / tookMs
  return { requests: sorted.length, perSecond, p50: at(0.5), p99: at(0.99), most: at(1) }
}

/** What the IM server's client sends, header for header. */
function requestOf(url: URL, body: string): Buffer {
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    'User-Agent: Go-http-client/1.1',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/json; charset=utf-8',
    'Operationid: 1764115200000-client',
    'Accept-Encoding: gzip',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function converse(
  url: URL,
  requests: readonly Buffer[],
  { first, endMs, everyMs }: { first: number; endMs: number; everyMs: number },
  latencies: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname)
    let next = first
    let sentMs = 0
    // Not all at once.
    let dueMs = performance.now() + (everyMs * (first % 32)) / 32
    let answer = ''
    const send = () => {
      sentMs = performance.now()
      socket.write(requests[next++ % requests.length] as Buffer)
    }
    socket.setNoDelay(true).setEncoding('latin1')
    socket.once('connect', send).once('error', reject)
    socket.on('data', chunk => {
      answer += chunk
      if (!isWhole(answer)) return
      if (!answer.startsWith('HTTP/1.1 200 ')) reject(new Error(answer))
      answer = ''
      const nowMs = performance.now()
      latencies.push(nowMs - sentMs)
      dueMs += everyMs
      if (nowMs >= endMs) socket.end(resolve)
      else if (dueMs <= nowMs) send()
      else setTimeout(send, dueMs - nowMs)
    })
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  return length !== undefined && answer.length >= head + 4 + Number(length)
}
