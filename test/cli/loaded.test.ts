import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { commandOf, makeRules } from '../e2e/_service.ts'

test('without phone words, check does not load the numbering plans', async t => {
  const libraries = await loadedBy(t, '{ contains any: [admin], has email: true }')
  t.true(libraries.has('yaml'))
  t.false(libraries.has('libphonenumber-js'))
})

test('with phone words, check loads the numbering plans before any call', async t => {
  t.true((await loadedBy(t, '{ has phone number: true }')).has('libphonenumber-js'))
  t.true((await loadedBy(t, 'present', 'rewrite: { nickName: mask phone numbers }')).has('libphonenumber-js'))
})

test('check loads the engine only to run tests', async t => {
  const outcome = 'reject: 5001, tests: [{ given: { nickName: Ann }, expect: allow }]'
  t.false((await loadedBy(t, '{ contains: admin }', outcome)).has('json-rules-engine'))
  t.true((await loadedBy(t, '{ contains: admin }')).has('json-rules-engine'))
})

/** The packages of which check of a rule runs any code, however it was loaded: coverage lists all that ran. */
async function loadedBy(t: ExecutionContext, nickName: string, outcome = 'reject: 5001'): Promise<ReadonlySet<string>> {
  const rule = `{ rule: r, when: { nickName: ${nickName} }, ${outcome} }`
  const dir = await makeRules(t, { 'names.yaml': `callback: beforeSetGroupMemberInfo\nrules: [${rule}]\n` })
  const coverage = await makeRules(t, {})
  const [node, ...args] = commandOf(['check', dir])
  const child = spawn(node, args, { env: { ...process.env, NODE_V8_COVERAGE: coverage }, stdio: 'ignore' })
  t.deepEqual(await once(child, 'close'), [0, null])
  const reports = await Promise.all((await readdir(coverage)).map(name => readFile(join(coverage, name), 'utf8')))
  return new Set(
    reports.flatMap(report => [...report.matchAll(/\/node_modules\/([^/"]+)\//g)].map(([, name = '']) => name)),
  )
}
