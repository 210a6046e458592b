import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { envelope, event, keptRules, refusal, stateFolder, writeSegments } from '../record/_state.ts'
import { run } from './_run.ts'

const now = () => new Date('2026-12-02T12:00:00Z')
const ask = (args: readonly string[]) => run(['stats', '--zone', 'UTC', ...args], '', { now })

const rule = (name: string, more = '') => `  - { rule: ${name}, when: { nickName: ${name} }, reject: 5001${more} }\n`
const rulesOf = (...names: string[]) => [
  { file: 'a.yaml', content: `callback: beforeSetGroupMemberInfo\nrules:\n${names.map(name => rule(name)).join('')}` },
]
const match = (name: string, others = {}) => ({
  rule: name,
  stage: 'reject',
  mode: 'enforce',
  exempted: false,
  ...others,
})
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))
const at = (text: string) => Date.parse(`${text}Z`)

async function days(t: ExecutionContext) {
  const dir = await stateFolder(t)
  const old = await keptRules(dir, rulesOf('no-links', 'no-words', 'idle'))
  const rules = await keptRules(dir, rulesOf('no-links', 'no-words', 'idle', 'fresh'))
  const line = (version: string, time: string) => ({
    v: 1,
    at: `${time}Z`,
    version,
    before: null,
    who: null,
    why: null,
    source: 'file',
    sentences: [],
  })
  const history = [line(old, '2026-10-01T00:00:00'), line(rules, '2026-12-01T00:00:00')]
  await writeFile(join(dir, 'history.jsonl'), history.map(each => `${JSON.stringify(each)}\n`).join(''))
  const shadow = match('strict', { mode: 'shadow' })
  await writeSegments(dir, [refusal(at('2026-10-20T00:00:00'), 'idle'), refusal(at('2026-11-20T00:00:00'), 'no-words')])
  await writeSegments(
    dir,
    times(24, hour => envelope(at('2026-11-30T13:00:00') + hour * 3_600_000)),
    { part: 2 },
  )
  await writeSegments(
    dir,
    times(3, hour => refusal(at('2026-11-30T14:00:00') + hour * 3_600_000, 'no-links')),
    { part: 3 },
  )
  await writeSegments(dir, [
    ...times(40, minute => refusal(at('2026-12-01T14:00:00') + minute * 60_000, 'no-links')),
    envelope(at('2026-12-01T15:00:00'), { matches: [shadow] }),
    refusal(at('2026-12-01T15:00:01'), 'no-links', { matches: [match('no-links'), shadow] }),
    event(at('2026-12-01T15:00:02'), 'reloaded'),
  ])
  const exempted = [{ ...match('vips'), stage: 'exempt' }, match('no-links', { exempted: true })]
  const tidy = { changes: [{ field: 'nickName', rule: 'tidy' }], matches: [{ ...match('tidy'), stage: 'rewrite' }] }
  await writeSegments(
    dir,
    [
      ...times(100, ms => envelope(at('2026-12-02T11:00:00') + ms)),
      envelope(at('2026-12-02T11:00:01'), { matches: exempted }),
      envelope(at('2026-12-02T11:00:02'), tidy),
    ],
    { as: 'open', instance: 'two' },
  )
  return dir
}

test('what each rule did is a table, with what stands out', async t => {
  const { code, out } = await ask(['--state', await days(t)])
  t.is(code, 0)
  t.is(
    out,
    `2026-12-01 12:00 – 2026-12-02 12:00 UTC
145 calls, 41 refused (28.3 %), 1 rewritten

rule                    fired decided   would  exempt  each hour
(all calls)               145                          ▁·▄▁···················█
no-links                   41      41       0       1  ··█▁···················▁
strict                      2       0       1       0  ···█····················
tidy                        1       1       0       0  ·······················█
vips                        1       1       0       0  ·······················█

Changed tenfold against the day before
  no-links: 3 → 41 matches

Have not fired for 30 days
  idle
  Newer than that, and not fired yet: fresh

Covers one: 2026-12-01 12:00–13:00, 2026-12-01 14:00–16:00; two: 2026-12-02 11:00–12:00 (UTC)
`,
  )
  for (const line of out.split('\n')) t.true(line.length <= 80 || line.startsWith('Covers '), line)
})

test('JSON has the figures of each hour', async t => {
  const { out } = await ask(['--state', await days(t), '--json', '--since', '2026-12-01 14:00'])
  const { rules, tenfold, idle, calls, covers } = JSON.parse(out)
  const links = rules.find((each: { rule: string }) => each.rule === 'no-links')
  t.deepEqual(links.total, { fired: 41, decided: 41, wouldDecide: 0, exempted: 1 })
  t.deepEqual(links.hours.fired.slice(0, 3), [40, 1, 0])
  t.is(calls.hours.length, 22)
  t.deepEqual(tenfold, [{ rule: 'no-links', before: 3, now: 41 }])
  t.deepEqual(idle, { rules: ['idle'], newer: ['fresh'], days: 30 })
  t.deepEqual(
    covers.instances.map(({ instance }: { instance: string }) => instance),
    ['one', 'two'],
  )
})

test('without the day before and the rules, that is said', async t => {
  const dir = await stateFolder(t)
  await writeSegments(dir, [refusal('2026-12-02T11:00:00Z', 'no-links')])
  const { out } = await ask(['--state', dir])
  t.regex(out, /The day before is not on record/)
  t.regex(out, /Which rules are in force is not in the state folder/)
})

test('rules that have not fired are told of no more days than are on record', async t => {
  const dir = await stateFolder(t)
  const rules = await keptRules(dir, rulesOf('no-links', 'idle'))
  await writeSegments(dir, [
    refusal('2026-11-29T11:00:00Z', 'no-links', { rules }),
    envelope('2026-12-02T11:00:00Z', { rules, matches: [match('x')] }),
  ])
  t.regex((await ask(['--state', dir])).out, /Have not fired for 3 days, which is all that is on record\n {2}idle\n/)
})

test('a rule with a share is shown with how many of its matches were in force', async t => {
  const dir = await stateFolder(t)
  const shadow = match('part', { mode: 'shadow' })
  await writeSegments(dir, [
    refusal(at('2026-12-02T10:00:00'), 'part'),
    ...times(9, minute => envelope(at('2026-12-02T10:01:00') + minute * 60_000, { matches: [shadow] })),
  ])
  const { out } = await ask(['--state', dir])
  t.true(
    out.includes('In force for a part of their matches, in shadow for the others\n  part: 1 of 10 matches (10.0 %)'),
    out,
  )
  const { rules } = JSON.parse((await ask(['--state', dir, '--json'])).out)
  t.deepEqual(rules[0].modes, { enforce: 1, shadow: 9 })
})
