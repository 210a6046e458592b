import test, { type ExecutionContext } from 'ava'
import type { AskAbout } from '../../../src/serve/page/asks.ts'
import { PageThread } from '../../../src/serve/page/page-thread.ts'
import { threadScript } from '../../../src/thread-script.ts'

const settings = { maxHeapMb: 384, maxTextBytes: 65_536, allowEmpty: false }

function threadFor(t: ExecutionContext, limits = { places: 32, stopMs: 60_000, idleMs: 60_000 }): PageThread {
  const thread = new PageThread({ script: threadScript('./serve/page/page-worker'), settings, limits })
  t.teardown(() => thread.close())
  return thread
}

const rule = (nth: number) => `  - { rule: r-${nth}, when: { nickName: { contains: "x${nth}" } }, reject: 5001 }\n`

function filesOf(rules: number) {
  const lines = Array.from({ length: rules }, (_, nth) => rule(nth))
  return [{ file: 'a.yaml', content: `callback: beforeSetGroupMemberInfo\nrules:\n${lines.join('')}` }]
}

const about = (edits: AskAbout['edits'] = {}): AskAbout => ({
  key: 'k',
  draft: null,
  edits,
  pauses: [],
  ask: { kind: 'rules' },
})

async function rulesIn(thread: PageThread, files: ReturnType<typeof filesOf>, edits = {}): Promise<number> {
  const worked = await thread.ask([{ key: 'k', files }], about(edits), new AbortController().signal)
  if (!('body' in worked)) throw new Error(worked.problem)
  return JSON.parse(new TextDecoder().decode(worked.body)).rules.length
}

test('a newer keystroke aborts the older request, and the thread keeps what it knows', async t => {
  const thread = threadFor(t)
  const files = filesOf(2_000)
  t.is(await rulesIn(thread, files), 2_000)
  const stop = new AbortController()
  const long = thread.ask(
    [{ key: 'k', files }],
    about({ 'b.yaml': `${filesOf(20_000)[0]?.content}`.replaceAll('r-', 's-') }),
    stop.signal,
  )
  // While it works: the one before it is done, and the thread has the message.
  setTimeout(() => stop.abort(new Error('typed on')), 100)
  await t.throwsAsync(long, { message: 'typed on' })
  const startedMs = performance.now()
  t.is(await rulesIn(thread, files), 2_000)
  t.log(`${Math.round(performance.now() - startedMs)} ms for the next answer`)
})

test('a question that waits is taken away when nobody waits for it', async t => {
  const thread = threadFor(t)
  const stop = new AbortController()
  const first = rulesIn(thread, filesOf(500))
  const second = thread.ask([{ key: 'k', files: filesOf(1) }], about(), stop.signal)
  stop.abort(new Error('gone'))
  await t.throwsAsync(second, { message: 'gone' })
  t.is(await first, 500)
})

test('work that does not stop ends with the thread, and the next question gets a new one', async t => {
  const thread = threadFor(t, { places: 32, stopMs: 0, idleMs: 60_000 })
  const files = filesOf(5_000)
  const stop = new AbortController()
  const asked = thread.ask([{ key: 'k', files }], about(), stop.signal)
  setTimeout(() => stop.abort(new Error('gone')), 50)
  await t.throwsAsync(asked, { message: 'gone' })
  t.is(await rulesIn(thread, filesOf(3)), 3)
})

test('too many questions are refused, not kept', async t => {
  const thread = threadFor(t, { places: 1, stopMs: 60_000, idleMs: 60_000 })
  const first = rulesIn(thread, filesOf(10))
  t.like(await thread.ask([{ key: 'k', files: filesOf(1) }], about(), new AbortController().signal), { status: 429 })
  t.is(await first, 10)
})

test('what changed is sent anew, what is gone is forgotten, and edits are laid over it', async t => {
  const thread = threadFor(t)
  const files = filesOf(2)
  t.is(await rulesIn(thread, files), 2)
  const more = [
    ...files,
    {
      file: 'b.yaml',
      content: 'callback: beforeAddFriend\nrules:\n  - { rule: b, when: { reqMsg: present }, reject: 5002 }\n',
    },
  ]
  t.is(await rulesIn(thread, more), 3)
  t.is(await rulesIn(thread, more, { 'b.yaml': null }), 2)
  t.is(await rulesIn(thread, files), 2)
})
