import { readFile } from 'node:fs/promises'
import test from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { readRulesFolder } from '../../src/store/files.ts'
import { given } from '../_counting.ts'
import { type Received, received, recordedBy, sentBody } from '../impact/_recorded.ts'
import { folderOf, run } from './_run.ts'

const now = Date.parse('2026-03-04T12:00:00+08:00')
const minute = 60_000

const nice = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-staff, when: { nickName: { contains: staff } }, reject: 5001 }
`
const strict = `${nice}  - { rule: no-shouting, when: { nickName: { contains any: [ANN, BOB] } }, reject: { code: 5002, message: No } }
`

function names(...all: string[]): Received[] {
  return all.map((name, at) =>
    received(
      now - (all.length - at) * minute,
      given(`callback=beforeSetGroupMemberInfo userID=u-${at} groupID=g-1 nickName=${name}`),
    ),
  )
}

test('impact says first whom a draft would newly refuse', async t => {
  const state = await recordedBy(t, nice, names('Ann', 'staff', 'Bob', 'Eve'))
  const draft = await folderOf({ 'a.yaml': strict })
  const { code, out, err } = await run(['impact', draft, '--state', state, '--zone', 'UTC'])
  t.is(err, '')
  t.is(code, 1)
  t.regex(out, /^Would newly refuse 2 calls of 2 people, none of whom was refused in the 30 days before/)
  t.regex(out, /Exact: 4 calls/)
})

test('the record of all callbacks comes out as it is by the shipped rules', async t => {
  const sent: { callbackCommand: string }[] = JSON.parse(await readFile('test/callbacks/sent.json', 'utf8'))
  const files = await readRulesFolder('rules')
  const texts = files.map(({ file, content }) => ({ file, content: Buffer.from(content as Uint8Array).toString() }))
  const calls = [...sent, ...sent].map((body, at) => sentBody(now - (2 * sent.length - at) * 1000, body))
  t.is(new Set(calls.map(({ call }) => call.callback)).size, callbacks.length)
  const state = await recordedBy(t, texts, calls)
  for (const against of [[], ['--against', 'record']]) {
    const { code, out, err } = await run(['impact', 'rules', '--state', state, ...against, '--zone', 'UTC'])
    t.is(err, '')
    t.is(code, 0)
    t.regex(out, new RegExp(`^Changes nothing: all ${calls.length} calls`))
    t.regex(out, new RegExp(`Exact: ${calls.length} calls`))
  }
})
