import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { run } from '../cli/_run.ts'
import { command, post, sample } from '../serve/_http.ts'
import { kill, startServer, withServer } from '../state/_redis.ts'
import { makeRules, startService, writeRule } from './_service.ts'

const noLinks = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: 5001, message: No links }
`
const noWords = `  - rule: no-words
    when: { nickName: bad }
    reject: { code: 5002, message: No }
`
const counting = `  - rule: three-names
    when: { nickName: present, how often: { same: [userID], in: 1 hour, more than: 3, counting: all } }
    reject: { code: 5003, message: Three names an hour }
`
const link = { ...sample, nickName: 'http://x' }
const why = ['--why', 'refuses honest names']

async function codeOf(url: string, payload: object = link): Promise<number> {
  const { errCode } = (await (await post(`${url}/${command}`, payload)).json()) as { errCode: number }
  return errCode
}

type Told = { pauses: { rule: string; from?: string }[]; pausesAloneSince: string | null }

/** An instance with a folder of its own. However busy the machine is, the store is not late. */
async function instance(t: ExecutionContext, name: string, url: string, rules = noLinks, dir?: string) {
  const root = dir ?? (await makeRules(t, { 'rules/names.yaml': rules }))
  const [own, state] = [join(root, 'rules'), join(root, 'state')]
  const args = ['--state', state, '--counts', url, '--counts-ms', '5000', '--instance', name]
  const service = await startService(t, own, ...args)
  const status = async () => (await (await fetch(`${service.admin}/status`)).json()) as Told
  const ask = (...all: string[]) => run([...all, '--state', state, ...(all[0] === 'forget' ? [] : ['--rules', own])])
  return { root, dir: own, state, status, ask, ...service }
}

withServer('a pause on one instance holds on all, also on one that starts later, until it is resumed', async t => {
  const { url } = await startServer(t)
  const [one, two] = [await instance(t, 'edge-1', url), await instance(t, 'edge-2', url)]
  t.is((await one.ask('pause', 'no-links', '--for', '2 hours', ...why)).code, 0)
  const line = await two.log.until('rule paused')
  t.like(line, { rule: 'no-links', from: 'edge-1', why: 'refuses honest names' })
  t.is(await codeOf(two.webhooks), 0)
  t.like((await two.status()).pauses, [{ rule: 'no-links', from: 'edge-1' }])
  t.is((await one.status()).pauses[0]?.from, undefined)
  t.regex((await two.ask('check')).out, /"no-links" is paused until \d{4}.* by .* on edge-1: refuses honest names/)

  const three = await instance(t, 'edge-3', url)
  t.is(await codeOf(three.webhooks), 0)
  t.is((await three.ask('resume', 'no-links')).code, 0)
  t.like(await one.log.until('rule resumed'), { rule: 'no-links', because: 'asked', from: 'edge-3' })
  t.is(await codeOf(one.webhooks), 5001)
  t.like(await two.log.until('rule resumed'), { from: 'edge-3' })
  t.is(await codeOf(two.webhooks), 5001)
  t.is(readFileSync(join(two.state, 'pauses.json'), 'utf8'), '[]\n')
})

withServer('what was paused and resumed while the store was away is merged, and the newer change wins', async t => {
  const server = await startServer(t)
  const rules = noLinks + noWords
  const [one, two] = [await instance(t, 'edge-1', server.url, rules), await instance(t, 'edge-2', server.url, rules)]
  await one.ask('pause', 'no-words', ...why)
  await two.log.until('rule paused')
  await kill(server.process)
  for (const { log } of [one, two]) await log.until('pauses are not shared')
  t.truthy((await two.status()).pausesAloneSince)
  const alone = await one.ask('pause', 'no-links', ...why)
  t.is(alone.code, 0)
  t.regex(alone.out, /Instances that share its store do not know it: the store cannot be asked \(.*; they learn of it/)
  t.is(await codeOf(one.webhooks), 0)
  t.is(await codeOf(two.webhooks), 5001)
  t.is((await two.ask('resume', 'no-words')).code, 0)
  // A crash and a start forget nothing of that.
  two.child.kill('SIGKILL')
  await two.exited
  const again = await instance(t, 'edge-2', server.url, rules, two.root)
  t.is(await codeOf(again.webhooks, { ...sample, nickName: 'bad' }), 5002)

  // An empty store: it has lost all it had.
  await startServer(t, server.port)
  t.like(await again.log.until('rule paused'), { rule: 'no-links', from: 'edge-1' })
  t.is(await codeOf(again.webhooks), 0)
  t.like(await one.log.until('rule resumed'), { rule: 'no-words', from: 'edge-2' })
  t.is(await codeOf(one.webhooks, { ...sample, nickName: 'bad' }), 5002)
  t.is((await again.status()).pausesAloneSince, null)
})

withServer('files that agree with a pause do not end it for instances that have other files', async t => {
  const { url } = await startServer(t)
  const rules = noLinks + noWords
  const [one, two] = [await instance(t, 'edge-1', url, rules), await instance(t, 'edge-2', url, rules)]
  await one.ask('pause', 'no-links', ...why)
  await two.log.until('rule paused')
  await writeRule(one.dir, 'names.yaml', `${rules.replace('reject:', 'mode: shadow\n    reject:')}`)
  t.like(await one.log.until('rule is still paused for instances that share the store'), { rule: 'no-links' })
  t.is((await one.status()).pauses.length, 1)
  t.is(await codeOf(two.webhooks), 0)
})

withServer('a person is forgotten in the shared store, and others are not', async t => {
  const server = await startServer(t)
  const one = await instance(t, 'edge-1', server.url, noLinks + counting)
  const name = (userID: string) => codeOf(one.webhooks, { ...sample, nickName: 'Ann', userID })
  for (const userID of ['u-1', 'u-2']) for (let at = 0; at < 3; at++) t.is(await name(userID), 0)
  const { out, code } = await one.ask('forget', 'userID=u-1')
  t.is(code, 0, out)
  t.regex(out, /1 count by the name alone, and 1 in the shared store/)
  t.is(await name('u-1'), 0)
  t.is(await name('u-2'), 5003)
  await kill(server.process)
  await one.log.until('counting alone')
  const lost = await one.ask('forget', 'userID=u-1')
  t.is(lost.code, 1)
  t.regex(lost.out, /Still there:\n {2}the counts in the shared store, which cannot be asked: .*Repeat this/)
})
