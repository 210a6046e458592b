import test from 'ava'
import { pino } from 'pino'
import { check } from '../../src/lint/check.ts'
import type { ReloadRecord, RulesToCompare } from '../../src/serve/observer.ts'
import { reloadLog } from '../../src/serve/reload-log.ts'
import type { Show } from '../../src/serve/reload-status.ts'
import type { Loaded } from '../../src/store/store.ts'
import type { Diagnostic } from '../../src/yaml/diagnostic.ts'
import { collect } from './_http.ts'

const counts = { total: 1, enforce: 1, shadow: 0, disabled: 0 }

const ruleSet: RulesToCompare = { version: 'v1', counts, compiled: new Map(), counters: new Map() }

const misspelt: Diagnostic = {
  severity: 'error',
  code: 'unknown-key',
  message: 'There is no key "wehn"',
  span: { file: 'a.yaml', start: 0, end: 4 },
}

const show: Show = diagnostics =>
  diagnostics.map(({ span, severity, code, message }) => ({
    file: span.file,
    line: 3,
    column: 5,
    severity,
    code,
    message,
  }))

async function lineOf(loaded: Partial<Loaded<RulesToCompare>>, before: ReloadRecord['before'] = null) {
  const lines: Record<string, unknown>[] = []
  const whole = { at: '', files: [], diagnostics: [], ...loaded } as unknown as Loaded<RulesToCompare>
  await reloadLog(pino({ base: null }, collect(lines)), show).reloaded({ loaded: whole, before })
  const [{ time, ...line } = { time: 0 }] = lines
  return line
}

test('rules that loaded are logged with version and counts', async t => {
  t.deepEqual(await lineOf({ ok: true, ruleSet, isNew: true }), {
    level: 30,
    ok: true,
    version: 'v1',
    rules: counts,
    msg: 'rules loaded',
  })
  t.like(await lineOf({ ok: true, ruleSet, isNew: false }), { level: 30, msg: 'rules unchanged' })
})

test('rules that did not load are logged with the places', async t => {
  t.deepEqual(await lineOf({ ok: false, diagnostics: [misspelt] }), {
    level: 50,
    ok: false,
    diagnostics: ['a.yaml:3:5 error unknown-key There is no key "wehn"'],
    msg: 'rules not loaded; the previous rules stay in force',
  })
})

test('a folder that could not be read is logged with the reason', async t => {
  t.like(await lineOf({ ok: false, error: new Error('Cannot read rules: permission denied') }), {
    error: 'Cannot read rules: permission denied',
  })
})

test('of very many diagnostics the first are logged, and how many more', async t => {
  const { diagnostics } = (await lineOf({ ok: false, diagnostics: Array.from({ length: 25 }, () => misspelt) })) as {
    diagnostics: string[]
  }
  t.is(diagnostics.length, 21)
  t.is(diagnostics.at(-1), 'and 5 more')
})

const [links, staff] = ['no-links', 'no-staff'].map(
  rule =>
    `callback: beforeSetGroupMemberInfo\nrules:\n  - rule: ${rule}\n    when: { nickName: ${rule} }\n    reject: 5001\n`,
)

/** Files as they are read, and the rules they make. */
function made(texts: Record<string, string | undefined>) {
  const files = Object.entries(texts).map(([file, text = '']) => ({ file, content: new TextEncoder().encode(text) }))
  const { ruleSet: rules } = check(files)
  if (rules === null) throw new Error('these are no rules')
  return { files, ruleSet: rules }
}

test('a reload is logged with the files and the rules that it changed', async t => {
  const before = made({ 'links.yaml': links, 'names.yaml': 'rules: []' })
  const after = made({ 'links.yaml': links?.replace('5001', '5002'), 'staff.yaml': staff })
  t.like(await lineOf({ ok: true, isNew: true, ...after }, before), {
    files: { added: ['staff.yaml'], removed: ['names.yaml'], changed: ['links.yaml'] },
    changes: { added: ['no-staff'], changed: ['no-links'] },
    msg: 'rules loaded',
  })
})

test('a reload is logged with the counts that start over', async t => {
  const named = (when: string, limit: number) => `callback: beforeSendGroupMsg
counters: { sent: { callback: beforeSendGroupMsg, when: { ${when} }, same: sendID } }
rules:
  - { rule: flood, when: { ${when}, how often: { same: sendID, in: 1 day, more than: ${limit} } }, reject: 5001 }
  - { rule: again, when: { how often: { of: sent, same: sendID, in: 1 day, more than: ${limit} } }, reject: 5002 }
`
  const before = made({ 'a.yaml': named('msgFrom: user', 3) })
  const same = made({ 'a.yaml': named('msgFrom: user', 4) })
  t.is((await lineOf({ ok: true, isNew: true, ...same }, before)).countsStartedOver, undefined)
  const other = made({ 'a.yaml': named('msgFrom: user, groupID: g', 3) })
  t.like(await lineOf({ ok: true, isNew: true, ...other }, before), { countsStartedOver: ['flood', 'sent'] })
})

test('a reload that fails is logged with the files that are not those in force', async t => {
  const before = made({ 'links.yaml': links })
  const { files } = made({ 'links.yaml': links, 'staff.yaml': staff })
  t.like(await lineOf({ ok: false, files, diagnostics: [misspelt] }, before), {
    files: { added: ['staff.yaml'] },
    changes: undefined,
  })
})

const flood = `callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
rules:
  - { rule: flood, when: { msgFrom: user, how often: { same: sendID, in: 1 minute, more than: 5, then for: 1 hour } }, reject: 5001 }
  - { rule: often, when: { how often: { of: sent, same: sendID, in: 1 minute, more than: 5 } }, reject: 5002 }
`

/** The counters that start over when a text of the rules is replaced. */
const startsOver = test.macro({
  title: (_, from: string, to: string, over: readonly string[]) =>
    `${from} → ${to} starts the counts of ${over.join(' and ') || 'nothing'} over`,
  async exec(t, from: string, to: string, over: readonly string[]) {
    t.true(flood.includes(from))
    const [before, after] = [flood, flood.replace(from, to)].map(text => made({ 'a.yaml': text }))
    const { countsStartedOver = [] } = await lineOf({ ok: true, isNew: true, ...after }, before)
    t.deepEqual(countsStartedOver, over)
  },
})
test(startsOver, 'msgFrom: user', 'msgFrom: system', ['flood'])
test(startsOver, 'same: sendID, in', 'same: groupID, in', ['flood'])
test(startsOver, 'in: 1 minute', 'in: 2 minutes', [])
test(startsOver, 'more than: 5', 'more than: 6', [])
test(startsOver, 'then for: 1 hour', 'then for: 2 hours', [])
test(startsOver, 'rule: flood', 'rule: fast', [])
test(startsOver, 'reject: 5001 }', 'reject: 5001, mode: shadow }', [])
test(startsOver, 'reject: 5001 }', 'reject: 5001, mode: disabled }', [])
test(startsOver, 'more than: 5, then', 'more than: 5, counting: all, then', ['flood'])
test(startsOver, 'beforeSendGroupMsg, same: sendID', 'beforeSendGroupMsg, same: sendID, counting: all', ['sent'])
test(startsOver, 'beforeSendGroupMsg, same: sendID', 'beforeSendGroupMsg, when: { msgFrom: user }, same: sendID', [
  'sent',
])
