import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ExecutionContext } from 'ava'
import { compile } from '../../src/compile/compile.ts'

/** A state folder that is removed after the test. */
export async function stateFolder(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  await writeFile(join(dir, 'format'), '{"format":1}\n')
  return dir
}

/** How a segment is stored. */
type Stored = { instance?: string; part?: number; as?: 'zipped' | 'open' | 'closed'; end?: string }

/** The paths and contents of lines in segments by hour. */
export async function writeSegments(
  dir: string,
  lines: readonly { at: number; [key: string]: unknown }[],
  { instance = 'one', part = 1, as = 'zipped', end = '' }: Stored = {},
  kind: 'envelope' | 'content' = 'envelope',
): Promise<void> {
  const hours = new Map<string, string>()
  for (const line of lines) {
    const hour = new Date(line.at).toISOString().slice(0, 13).replace('T', '/')
    hours.set(hour, `${hours.get(hour) ?? ''}${JSON.stringify(line)}\n`)
  }
  for (const [hour, text] of hours) {
    const folder = join(dir, 'record', hour)
    await mkdir(folder, { recursive: true })
    const path = join(folder, `${instance}-${part}.${kind}.jsonl`)
    if (as === 'zipped') await writeFile(`${path}.gz`, gzipSync(text + end))
    else await writeFile(as === 'open' ? `${path}.open` : path, text + end)
  }
}

/** Adds a line to an open segment. */
export async function appendLine(dir: string, hour: string, line: object, instance = 'one'): Promise<void> {
  await appendFile(join(dir, 'record', hour, `${instance}-1.envelope.jsonl.open`), `${JSON.stringify(line)}\n`)
}

let made = 0

/** The envelope of a decision that let a call through, with some of it replaced. */
export function envelope(at: number | string, others: Record<string, unknown> = {}) {
  made += 1
  const ms = typeof at === 'number' ? at : Date.parse(at)
  return {
    ...{ v: 1, id: `d${String(made).padStart(8, '0')}`, at: ms, instance: 'one', kind: 'decision', rules: 'aaaa' },
    ...{ app: '0.2.0', language: 2, callback: 'beforeSetGroupMemberInfo', operationID: '' },
    ...{ users: ['u-1'], groups: ['g-1'], decision: 'allow', changes: [], matches: [], us: 40 },
    ...others,
  }
}

/** The same of an event. */
export function event(at: number | string, name: string, others: Record<string, unknown> = {}) {
  made += 1
  const ms = typeof at === 'number' ? at : Date.parse(at)
  return {
    v: 1,
    id: `e${String(made).padStart(8, '0')}`,
    at: ms,
    instance: 'one',
    kind: 'event',
    event: name,
    ...others,
  }
}

/** The envelope of a decision that a rule made. */
export function refusal(at: number | string, rule: string, others: Record<string, unknown> = {}) {
  const matches = [{ rule, stage: 'reject', mode: 'enforce', exempted: false }]
  return envelope(at, { decision: 'reject', code: 5001, rule, message: 'no', matches, ...others })
}

/** The content that belongs to an envelope. */
export function content({ id, at }: { id: string; at: number }, call: object, others: Record<string, unknown> = {}) {
  return { v: 1, id, at, call, changes: [], ...others }
}

/** Keeps a rule set as the service does, and returns its version. */
export async function keptRules(dir: string, files: readonly { file: string; content: string }[]): Promise<string> {
  const version = compile(files).ruleSet?.version ?? ''
  await mkdir(join(dir, 'rules'), { recursive: true })
  await writeFile(join(dir, 'rules', `${version}.json.gz`), gzipSync(JSON.stringify({ format: 1, version, files })))
  return version
}
