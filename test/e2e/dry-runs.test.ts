import { existsSync, readFileSync } from 'node:fs'
import test from 'ava'
import { command, plainAllow, post, sample } from '../serve/_http.ts'
import { makeRules, startService } from './_service.ts'

const oneRule = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: 5001 }
`

/** Three thousand rules with a pattern each: compiling them takes seconds. */
const patterns = [
  'callback: beforeSetGroupMemberInfo',
  'rules:',
  ...Array.from(
    { length: 3000 },
    (_, at) =>
      `  - rule: p-${at}\n    when: { nickName: { matches: '(?i)fr[e3]+ ?coins? ${at}[a-z]{1,8}$' } }\n    reject: { code: 5001, message: no }`,
  ),
].join('\n')

/** Under tsx a thread has a second one for its loader, and Node starts some for files. */
const someThreads = 10

/** How many threads a process has; Linux only. */
function threadsOf(pid: number | undefined): number {
  const status = existsSync('/proc/self/status') ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0)
}

test('fifty dry runs at once share a thread, and every call is answered', async t => {
  const dir = await makeRules(t, { 'a.yaml': oneRule })
  // The IM server waits for so long.
  const { webhooks, admin, child } = await startService(t, dir, '--deadline-ms', '5000')
  const threads = threadsOf(child.pid)
  const files = { 'p.yaml': patterns }
  const asked = Array.from({ length: 50 }, async () => {
    const response = await post(`${admin}/dry-run/${command}`, { payload: sample, files })
    return { status: response.status, ...((await response.json()) as { error?: string }) }
  })
  let isOver = false
  const answered = Promise.all(asked).finally(() => {
    isOver = true
  })
  while (!isOver) {
    t.is(await (await post(`${webhooks}/${command}`, sample)).text(), plainAllow)
    t.true(threadsOf(child.pid) < threads + someThreads)
  }
  const answers = await answered
  t.deepEqual(
    answers.filter(({ status, error }) => ![200, 429, 503].includes(status) || (status !== 200 && error === undefined)),
    [],
  )
  t.true(answers.some(({ status }) => status === 429))
})

test('a stop during dry runs answers all of them and ends well', async t => {
  const { admin, child, exited } = await startService(t, await makeRules(t, { 'a.yaml': oneRule }))
  const dryRun = () => post(`${admin}/dry-run/${command}`, { payload: sample, files: { 'p.yaml': patterns } })
  const asked = Array.from({ length: 6 }, dryRun)
  // One is sent away as soon as the others have their places.
  t.is((await Promise.race(asked)).status, 429)
  child.kill('SIGTERM')
  const answers = await Promise.all(asked)
  t.deepEqual(answers.map(({ status }) => status).sort(), [429, 503, 503, 503, 503, 503])
  t.is(await exited, 0)
})
