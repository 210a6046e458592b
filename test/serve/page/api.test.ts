import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import type {
  ChangesAnswer,
  DraftShown,
  FileAnswer,
  KeptTestAnswer,
  NewRuleAnswer,
  OffersAnswer,
  PageStatus,
  PublishedAnswer,
  RulesAnswer,
  SavedAnswer,
  TestsAnswer,
  TryAnswer,
} from '../../../src/serve/page/answers.ts'
import { makeRules, startService, writeRule } from '../../e2e/_service.ts'
import { apiOf, everyRoute } from './_api.ts'

const names = `# Nicknames
callback: beforeSetGroupMemberInfo
rules:
  - rule: no-admin # of ours
    why: People pretend to be staff
    when: { nickName: { is: admin } }
    reject: { code: 5001, message: "“{nickName}” is taken" }
    tests:
      - { given: { nickName: Admin }, expect: { reject: 5001 } }
`

const stricter = names.replace('is: admin', 'contains: admin')

test.serial('every route is in the OpenAPI document, and its answers fit', async t => {
  const dir = await makeRules(t, { 'names.yaml': names, 'lists/staff.txt': 'ann\nbob\n' })
  const { admin } = await startService(t, dir)
  const { ask, asked } = apiOf(t, admin)
  const { answer: status } = await ask<PageStatus>('GET', 'status')
  t.is(status.who.name, 'local')
  const { answer: rules } = await ask<RulesAnswer>('POST', 'rules', {})
  t.is(rules.about.version, status.inForce.version)
  t.like(rules.rules?.[0], { rule: 'no-admin', file: 'names.yaml', line: 4, tests: 1 })
  t.like((await ask('GET', 'callbacks')).answer, { callbacks: { length: 52 } })
  t.like((await ask('GET', 'file?file=names.yaml')).answer, { text: names, isThere: true })

  const { answer: made } = await ask<{ draft: DraftShown }>('POST', 'drafts', { name: 'stricter' })
  const { id } = made.draft
  const { answer: saved } = await ask<SavedAnswer>('PUT', `drafts/${id}/file`, {
    file: 'names.yaml',
    text: stricter,
    revision: 1,
  })
  t.is(saved.draft.revision, 2)
  t.like((await ask('GET', `files?draft=${id}`)).answer, { files: { 1: { file: 'names.yaml', change: 'changed' } } })
  const { answer: tests } = await ask<TestsAnswer>('POST', 'tests', { draft: id, file: 'names.yaml' })
  t.is(tests.tests?.[0]?.status, 'passed')
  const place = { draft: id, file: 'names.yaml', line: 6, column: 11 }
  t.like((await ask('POST', 'meaning', { ...place, column: 6 })).answer, {
    meaning: 'The condition; all lines of it must be true.',
  })
  t.true(((await ask<OffersAnswer>('POST', 'complete', { ...place, column: 13 })).answer.offers.length ?? 0) > 20)
  const call = { callback: 'beforeSetGroupMemberInfo', payload: { nickName: 'Admins' } }
  const { answer: tried } = await ask<TryAnswer>('POST', 'try', { ...call, draft: id })
  t.like(tried.report.decision, { kind: 'reject', code: 5001 })
  t.like(tried.about.draft, { id, revision: 2 })
  const { answer: kept } = await ask<KeptTestAnswer>('POST', `drafts/${id}/tests`, { ...call, rule: 'no-admin' })
  t.true(kept.isAdded)
  t.true(kept.content?.includes('nickName: Admins'))
  const again = await ask<KeptTestAnswer>('POST', `drafts/${id}/tests`, { ...call, rule: 'no-admin' })
  t.false(again.answer.isAdded)
  const rule = { rule: 'no-links', when: { 'nickName.links': 'present' }, reject: 5002 }
  const { answer: added } = await ask<NewRuleAnswer>('POST', `drafts/${id}/rules`, {
    callback: 'beforeSetGroupMemberInfo',
    rule,
  })
  t.like(added, { file: 'names.yaml' })
  t.regex(added.content.split('\n')[added.line - 1] ?? '', /rule: no-links/)
  const { answer: changes } = await ask<ChangesAnswer>('POST', 'changes', { draft: id })
  t.true(changes.stricter.flat().join('\n').includes('no-links'))
  t.like((await ask('GET', `drafts/${id}/saves`)).answer, { saves: { 0: { kind: 'saved', file: 'names.yaml' } } })
  t.like((await ask('GET', `drafts/${id}/saves/2`)).answer, { text: stricter })
  await ask('POST', `drafts/${id}/name`, { name: 'Stricter names' })
  await ask('POST', `drafts/${id}/discard`, {})
  const { answer: open } = await ask<{ draft: DraftShown }>('POST', `drafts/${id}/reopen`, {})
  const { revision } = open.draft
  const { answer: published } = await ask<PublishedAnswer>('POST', `drafts/${id}/publish`, { revision, why: 'spam' })
  t.true(published.inForce)
  t.is(await readFile(join(dir, 'names.yaml'), 'utf8'), added.content)
  await ask('POST', 'pause', { rule: 'no-admin', why: 'refuses honest names' })
  await ask('POST', 'resume', { rule: 'no-admin' })
  const before = String(status.inForce.version)
  t.like((await ask('POST', 'rollback', { version: before, why: 'too strict' })).answer, {
    version: before,
    inForce: true,
  })
  t.is(await readFile(join(dir, 'names.yaml'), 'utf8'), names)
  const history = await historyOnce(t, ask, 3)
  t.like(history.versions, {
    0: { source: 'rollback', who: 'local', why: 'too strict' },
    1: { source: 'page', who: 'local', why: 'spam' },
  })
  t.deepEqual([...asked].sort(), [...everyRoute].sort())
})

type Ask = ReturnType<typeof apiOf>['ask']

/** The history is kept while the answer to publishing is on its way. */
async function historyOnce(_: unknown, ask: Ask, length: number) {
  for (;;) {
    const { answer } = await ask<{ versions: readonly object[] }>('GET', 'history')
    if (answer.versions.length >= length) return answer
  }
}

/** A service with a draft of one save. */
async function withDraft(t: Parameters<typeof makeRules>[0], text = stricter) {
  const dir = await makeRules(t, { 'names.yaml': names })
  const service = await startService(t, dir)
  const { ask } = apiOf(t, service.admin)
  const { answer } = await ask<{ draft: DraftShown }>('POST', 'drafts', { name: 'mine' })
  const { id } = answer.draft
  await ask('PUT', `drafts/${id}/file`, { file: 'names.yaml', text, revision: 1 })
  return { dir, ...service, ask, id, draft: `drafts/${id}` }
}

test.serial('a save on a stale revision returns both, and another file is merged', async t => {
  const { ask, draft } = await withDraft(t)
  const theirs = await ask('PUT', `${draft}/file`, { file: 'names.yaml', text: `${names}# mine\n`, revision: 1 })
  t.is(theirs.status, 409)
  t.like(theirs.answer, { kind: 'saved meanwhile', theirs: { text: stricter, who: 'local', revision: 2 } })
  const other = await ask<SavedAnswer>('PUT', `${draft}/file`, { file: 'lists/new.txt', text: 'a\n', revision: 1 })
  t.is(other.status, 200)
  t.deepEqual(
    other.answer.others.map(({ file }) => file),
    ['names.yaml'],
  )
})

test.serial('what is refused by check stays a draft', async t => {
  const { ask, dir, draft } = await withDraft(t, names.replace('is: admin', 'iss: admin'))
  const { status, answer } = await ask('POST', `${draft}/publish`, { revision: 2, why: 'x' })
  t.is(status, 422)
  t.like(answer, { kind: 'errors', diagnostics: { 0: { code: 'unknown-word', line: 6 } } })
  t.is(await readFile(join(dir, 'names.yaml'), 'utf8'), names)
  t.like((await ask('GET', 'status')).answer, { drafts: { 0: { revision: 2 } } })
})

test.serial('publishing what moved on since, or was saved by somebody else meanwhile, is refused', async t => {
  const { ask, dir, draft, log } = await withDraft(t)
  t.like((await ask('POST', `${draft}/publish`, { revision: 1, why: 'x' })).answer, { kind: 'saved meanwhile' })
  await writeRule(dir, 'more.yaml', 'callback: beforeAddFriend\nrules: []\n')
  await log.until('rules loaded')
  t.like((await ask('POST', `${draft}/publish`, { revision: 2, why: 'x' })).answer, { kind: 'base moved' })
})

test.serial('files that were changed on disk and are not in force are not overwritten unasked', async t => {
  const { ask, dir, draft, log } = await withDraft(t)
  await writeRule(dir, 'names.yaml', 'oops: [\n')
  await log.until('rules not loaded; the previous rules stay in force')
  const { answer } = await ask<{ state: string }>('POST', `${draft}/publish`, { revision: 2, why: 'mend' })
  t.like(answer, { kind: 'changed on disk', files: ['names.yaml'] })
  const done = await ask('POST', `${draft}/publish`, { revision: 2, why: 'mend', overwrite: answer.state })
  t.like(done.answer, { inForce: true })
  t.is(await readFile(join(dir, 'names.yaml'), 'utf8'), stricter)
})

test.serial('a folder that cannot be written gives the change as files and as a patch', async t => {
  const { ask, dir, draft } = await withDraft(t)
  // Nothing can be written where this folder is, not even by root.
  await mkdir(join(dir, '.hookwarden-0.new'))
  const { status, answer } = await ask('POST', `${draft}/publish`, { revision: 2, why: 'x' })
  t.is(status, 409)
  t.like(answer, { kind: 'not writable', files: { 0: { file: 'names.yaml', text: stricter } } })
  const patched = await makeRules(t, { 'names.yaml': names, patch: String(answer.patch) })
  await promisify(execFile)('git', ['apply', 'patch'], { cwd: patched })
  t.is(await readFile(join(patched, 'names.yaml'), 'utf8'), stricter)
})

test.serial('drafts outlast the service, with all that was saved', async t => {
  const { ask, dir, id, child, exited } = await withDraft(t)
  await ask('PUT', `drafts/${id}/file`, { file: 'names.yaml', text: `${stricter}# more\n`, revision: 2 })
  child.kill('SIGKILL')
  await exited
  const { admin } = await startService(t, dir)
  const { answer } = await apiOf(t, admin).ask<FileAnswer>('GET', `file?draft=${id}&file=names.yaml`)
  t.like(answer, { text: `${stricter}# more\n`, revision: 3 })
})

test.serial('a request that changes something is refused if it comes from another page', async t => {
  const { admin } = await startService(t, await makeRules(t, { 'names.yaml': names }))
  const { port } = new URL(admin)
  const post = (path: string, headers: Record<string, string>) =>
    fetch(new URL(path, admin), {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...headers },
    })
  for (const path of ['/api/drafts', '/api/rules', '/pause', '/record/rotate', '/dry-run/beforeAddFriend']) {
    for (const origin of ['http://evil.test', 'null', 'http://127.0.0.1:1', `http://localhost:${port}`]) {
      t.is((await post(path, { origin })).status, 403, `${path} from ${origin}`)
    }
    t.is((await post(path, { 'sec-fetch-site': 'cross-site' })).status, 403, path)
  }
  t.is((await post('/api/rules', { origin: `http://127.0.0.1:${port}` })).status, 200)
})

test.serial('the page may run its own script, and nothing else', async t => {
  const { admin } = await startService(t, await makeRules(t, { 'names.yaml': names }))
  const response = await fetch(new URL('/', admin))
  const policy = response.headers.get('content-security-policy') ?? ''
  const [, nonce] = /script-src 'nonce-([^']+)'/.exec(policy) ?? []
  const html = await response.text()
  t.true(html.includes(`<script type="module" src="/page/page.js" nonce="${nonce}">`))
  t.is(html.match(/<script/g)?.length, 1)
  t.regex(policy, /default-src 'none'/)
  t.regex(policy, /frame-ancestors 'none'/)
  t.is(response.headers.get('x-content-type-options'), 'nosniff')
  t.is(response.headers.get('cache-control'), 'no-store')
  t.not(
    nonce,
    /nonce-([^']+)/.exec((await fetch(new URL('/', admin))).headers.get('content-security-policy') ?? '')?.[1],
  )
  const script = await fetch(new URL('/page/page.js', admin))
  t.is(script.headers.get('content-type'), 'text/javascript; charset=utf-8')
  t.is((await fetch(new URL('/page/..%2Fpage-files.ts', admin))).status, 404)
})

test.serial('bodies that do not fit are refused with what is wrong', async t => {
  const { ask, draft } = await withDraft(t)
  const refused = async (path: string, body: object, error: RegExp, method = 'POST') => {
    const answer = await ask(method, path, body)
    t.is(answer.status, 400)
    t.regex(String(answer.answer.error), error)
  }
  await refused('drafts', {}, /"name" is missing/)
  await refused('drafts', { name: 'x', __proto: 1 }, /must not have a key/)
  await refused('rules', { draft: '../../etc' }, /"draft" has a wrong form/)
  await refused(`${draft}/file`, { file: '../x.yaml', text: '', revision: 1 }, /name of a file/, 'PUT')
  await refused(`${draft}/file`, { file: 'x.sh', text: '', revision: 1 }, /name of a file/, 'PUT')
  await refused(`${draft}/publish`, { revision: 2, why: ' ' }, /"why" must not be empty/)
})
