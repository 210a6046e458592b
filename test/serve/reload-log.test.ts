import test from 'ava'
import { pino } from 'pino'
import type { Diagnostic } from '../../src/language/diagnostic.ts'
import { logReload } from '../../src/serve/reload-log.ts'
import type { RulesInForce, Show } from '../../src/serve/status.ts'
import type { Loaded } from '../../src/store/store.ts'
import { collect } from './_http.ts'

const ruleSet: RulesInForce = { version: 'v1', counts: { total: 1, enforce: 1, shadow: 0, disabled: 0 } }

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

function lineOf(loaded: Partial<Loaded<RulesInForce>>) {
  const lines: Record<string, unknown>[] = []
  const whole = { at: '', files: [], diagnostics: [], ...loaded } as unknown as Loaded<RulesInForce>
  logReload(pino({ base: null }, collect(lines)), whole, show)
  const [{ time, ...line } = { time: 0 }] = lines
  return line
}

test('rules that loaded are logged with version and counts', t => {
  const rules = ruleSet.counts
  t.deepEqual(lineOf({ ok: true, ruleSet, isNew: true }), {
    level: 30,
    ok: true,
    version: 'v1',
    rules,
    msg: 'rules loaded',
  })
  t.like(lineOf({ ok: true, ruleSet, isNew: false }), { level: 30, msg: 'rules unchanged' })
})

test('rules that did not load are logged with the places', t => {
  t.deepEqual(lineOf({ ok: false, diagnostics: [misspelt] }), {
    level: 50,
    ok: false,
    diagnostics: ['a.yaml:3:5 error unknown-key There is no key "wehn"'],
    msg: 'rules not loaded, those in force stay',
  })
})

test('a folder that could not be read is logged with the reason', t => {
  t.like(lineOf({ ok: false, error: new Error('Cannot read rules: permission denied') }), {
    error: 'Cannot read rules: permission denied',
  })
})

test('of very many diagnostics the first are logged, and how many more', t => {
  const { diagnostics } = lineOf({ ok: false, diagnostics: Array.from({ length: 25 }, () => misspelt) }) as {
    diagnostics: string[]
  }
  t.is(diagnostics.length, 21)
  t.is(diagnostics.at(-1), 'and 5 more')
})
