import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExecutionContext } from 'ava'
import { SharedPauses } from '../../src/state/shared-pauses.ts'
import { freePort } from '../e2e/_service.ts'
import { execute, kill, makeDir, startServer, withServer } from './_redis.ts'
import { counterOf, done, judge, newCall, open, questionOf } from './_stores.ts'
import { until } from './_until.ts'

const counters = Array.from({ length: 30 }, (_, at) => counterOf(`c${at}`))
const paused = [{ rule: 'no-links', since: '2026-12-01T10:00:00.000Z', why: 'x', who: 'ann' }]
const questions = counters.map(counter => questionOf(counter, { id: counter.id }))

withServer('of 200 overlapping calls on two processes exactly three are let through', async t => {
  const { url } = await startServer(t)
  const processes = [startProcess(t, url), startProcess(t, url)]
  await Promise.all(processes.map(child => once(child, 'message')))
  const passed = processes.map(async child => {
    child.send(100)
    const [number] = await once(child, 'message')
    return Number(number)
  })
  t.is(
    (await Promise.all(passed)).reduce((sum, number) => sum + number, 0),
    3,
  )
})

withServer('a store with TLS and a password is trusted by its authority only', async t => {
  const dir = await makeDir(t)
  const ca = await makeCertificates(dir)
  const port = await freePort()
  const tls = [
    '--tls-port',
    port,
    '--tls-cert-file',
    join(dir, 'server.crt'),
    '--tls-key-file',
    join(dir, 'server.key'),
  ]
  const others = ['--tls-ca-cert-file', join(dir, 'ca.crt'), '--tls-auth-clients', 'no', '--requirepass', 's3cret']
  await startServer(t, undefined, ...tls, ...others)
  const url = `rediss://localhost:${port}`

  const right = open(t, url, { ca, password: 's3cret' })
  await right.isTogether()
  right.store.use([counterOf('c')], 0)
  t.like(await judge(right.store, questionOf(counterOf('c'))), { count: 1, isWhole: false })

  const wrong = [open(t, url, { password: 's3cret' }), open(t, url, { ca, password: 's3cret2' }), open(t, url, { ca })]
  await until(() => wrong.every(({ told }) => told.length > 0))
  const [untrusted, refused, unnamed] = wrong.map(({ told }) => told[0] ?? '')
  t.regex(untrusted ?? '', /^alone: .*certificate/)
  t.regex(refused ?? '', /^alone: WRONGPASS/)
  t.regex(unnamed ?? '', /^alone: NOAUTH/)
  t.notRegex(JSON.stringify(wrong.map(({ told }) => told)), /s3cret/)
})

withServer('a user needs no more rights than documented', async t => {
  const { url, admin } = await startServer(t)
  const [, rights = ''] = /and the commands `([^`]+)`/.exec(await readFile('src/serve/README.md', 'utf8')) ?? []
  await admin.acl('SETUSER', 'u', 'on', '>s3cret', '~hw:*', '~{hw:*', '-@all', ...rights.split(' '))
  const { store, link, told, isTogether } = open(t, url.replace('//', '//u:s3cret@'))
  store.use(counters, 0)
  await isTogether()
  const holds = [{ counter: 'c1', key: 'k', forMs: 1000 }]
  store.settle(newCall(), { kept: [{ counter: 'c0', key: 'k' }], holds })
  for (const question of questions) {
    const hold = { counter: question.counter, forMs: 1000 }
    t.false('isPartial' in (await judge(store, { ...question, kind: 'since', hold, tellsOthers: true })))
  }
  await t.notThrowsAsync(store.forget('u-1'))
  const pauses = new SharedPauses({ link, instance: 'one', now: Date.now, known: new Map() })
  pauses.note(paused, { at: Date.now(), who: 'ann' })
  await t.notThrowsAsync(pauses.exchange(paused))
  t.deepEqual(told, ['together'])
})

withServer('the counters of a cluster are on all its nodes', async t => {
  const nodes = await Promise.all([1, 2, 3].map(() => startNode(t)))
  const places = nodes.map(({ port }) => `127.0.0.1:${port}`)
  await execute('redis-cli', '--cluster', 'create', ...places, '--cluster-yes')
  const isUp = async ({ admin }: (typeof nodes)[0]) => (await admin.cluster('INFO')).startsWith('cluster_state:ok')
  await until(async () => (await Promise.all(nodes.map(isUp))).every(Boolean))
  const { store, link, told, isTogether } = open(t, `redis://${places.join(',')}`)
  await isTogether()
  store.use(counters, 0)
  await done(store)
  const one = open(t, `redis://${places[0]}?cluster=true`)
  await one.isTogether()
  one.store.use(counters, 0)
  const all = await Promise.all(
    [store, one.store].flatMap(each =>
      Array.from({ length: 10 }, () => Promise.all(questions.map(q => judge(each, q)))),
    ),
  )
  for (const at of counters.keys()) t.is(all.filter(answers => answers[at]?.passes).length, 3)
  const sizes = await Promise.all(nodes.map(({ admin }) => admin.dbsize()))
  t.true(
    sizes.every(size => size > 0),
    String(sizes),
  )
  t.deepEqual(told, ['together'])

  const ofPerson = counters.map(counter => questionOf(counter, { keys: [{ key: '"u-1"', isOwn: true }] }))
  for (const question of ofPerson) await judge(store, question)
  await done(store)
  t.is(await one.store.forget('u-1'), counters.length)
  for (const question of ofPerson) t.is((await judge(one.store, question)).count, 1)

  const pauses = [link, one.link].map(
    (each, at) => new SharedPauses({ link: each, instance: `i-${at}`, now: Date.now, known: new Map() }),
  )
  pauses[0]?.note(paused, { at: Date.now(), who: 'ann' })
  await pauses[0]?.exchange(paused)
  t.like((await pauses[1]?.exchange([]))?.pauses, [{ rule: 'no-links', from: 'i-0' }])

  const [lost] = nodes
  if (lost === undefined) return
  await kill(lost.process)
  const answers = await Promise.all(questions.map(question => judge(store, question)))
  t.true(answers.some(({ isPartial }) => isPartial))
  await startNode(t, lost)
  await until(async () => (await Promise.all(nodes.slice(1).map(isUp))).every(Boolean))
  t.true((await until(() => store.aloneSince === null)) < 5000)
  t.true((await Promise.all(questions.map(question => judge(store, question)))).every(({ isPartial }) => !isPartial))
})

function startProcess(t: ExecutionContext, url: string) {
  const script = fileURLToPath(new URL('_counting-process.ts', import.meta.url))
  const child = fork(script, [url], { execArgv: ['--import', import.meta.resolve('tsx')] })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

/** A node of a cluster, or one that was there before with what it knows of the others. */
async function startNode(t: ExecutionContext, before?: { port: number; bus: string; dir: string }) {
  const { port, bus, dir } = before ?? { port: Number(await freePort()), bus: await freePort(), dir: await makeDir(t) }
  const args = ['--cluster-enabled', 'yes', '--cluster-port', bus, '--cluster-node-timeout', '1000', '--dir', dir]
  return { ...(await startServer(t, port, ...args)), bus, dir }
}

/** An authority and a certificate for localhost; returns that of the authority. */
async function makeCertificates(dir: string): Promise<string> {
  const at = (name: string) => join(dir, name)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await execute('openssl', 'req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.crt'), '-subj', '/CN=ca')
  await execute(
    'openssl',
    'req',
    ...key,
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
    '-subj',
    '/CN=localhost',
  )
  await writeFile(at('names'), 'subjectAltName=DNS:localhost')
  const signed = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')]
  await execute('openssl', 'x509', '-req', '-in', at('server.csr'), '-out', at('server.crt'), ...signed)
  return execute('cat', at('ca.crt'))
}
