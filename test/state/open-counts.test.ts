import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { type CountsSettings, openSharedCounts } from '../../src/state/open-counts.ts'
import { PlainCounts } from './_plain-counts.ts'
import { makeDir, startServer, withServer } from './_redis.ts'
import { counterOf, judge, questionOf } from './_stores.ts'
import { until } from './_until.ts'

const settings: CountsSettings = {
  counts: 'redis://u:s3cret@127.0.0.1:1',
  countsMs: 50,
  countsPasswordFile: '',
  countsCaFile: '',
}
const deps = { local: new PlainCounts(), voice: { alone() {}, together() {} } }

test('without the package, it is named', async t => {
  const load = () => import('ioredis-that-nobody-has' as string)
  await t.throwsAsync(openSharedCounts(settings, { ...deps, load }), {
    name: 'CountsUnusable',
    message: '--counts needs the package ioredis. Install it beside hookwarden: npm install ioredis@6',
  })
})

test('files that cannot be read are named by their flags', async t => {
  const none = join(await makeDir(t), 'none')
  await t.throwsAsync(openSharedCounts({ ...settings, countsPasswordFile: none }, deps), {
    name: 'CountsUnusable',
    message: `Cannot read the file of --counts-password-file: ENOENT: no such file or directory, open '${none}'`,
  })
  await t.throwsAsync(openSharedCounts({ ...settings, countsCaFile: none }, deps), { message: /of --counts-ca-file/ })
})

withServer('the password of the file is used, without the end of its line', async t => {
  const file = join(await makeDir(t), 'password')
  await writeFile(file, 's3cret\n')
  const { port } = await startServer(t, undefined, '--requirepass', 's3cret')
  const from = { ...settings, counts: `redis://127.0.0.1:${port}`, countsMs: 5000, countsPasswordFile: file }
  const store = await openSharedCounts(from, deps)
  t.teardown(() => store.close())
  await until(() => store.aloneSince === null)
  store.use([counterOf('c')], 0)
  t.like(await judge(store, questionOf(counterOf('c'))), { count: 1 })
})

withServer('a file wins over a password in the URL', async t => {
  const file = join(await makeDir(t), 'password')
  await writeFile(file, 's3cret')
  const { port } = await startServer(t, undefined, '--requirepass', 's3cret')
  const store = await openSharedCounts(
    { ...settings, counts: `redis://:old@127.0.0.1:${port}`, countsMs: 5000, countsPasswordFile: file },
    deps,
  )
  t.teardown(() => store.close())
  await store.whenKnown
  t.is(store.aloneSince, null)
})
