import test from 'ava'
import { parse } from 'yaml'
import type { Compiled } from '../../src/compile/compile.ts'
import { check } from '../../src/lint/check.ts'
import { some } from '../_runs.ts'
import { mistakesIn } from './_each.ts'

const folder = `callback: beforeSetGroupMemberInfo
when: { groupID: { starts with: school- } }
zone: Asia/Shanghai
codes:
  staff-name: { code: 5001, message: "“{nickName}” is reserved", detail: "{{x}}" }
  plain: 5002
lists: { vips: [u-100, u-101] }
conditions:
  promotes: { roleLevel: { at least: admin } }
  at night: { time: { within: "22:00-07:00", days: [mon-fri, sun] }, not: { use: promotes } }
rules:
  - rule: no-staff
    why: People pretend
    when:
      any:
        - nickName: { contains any: [admin, 管理员], longer than: 2 }
        - { fact: nickName, operator: equal, value: root }
      faceURL.host: { not: { one of: [a.com, b.com] } }
    unless: { userID: { in list: vips }, use: at night }
    reject: staff-name
    mode: shadow
    order: 5
    from: 2026-03-01
    until: 2026-04-01T00:00:00+08:00
    tests:
      - { given: { groupID: school-1, nickName: "аdmin" }, at: "2026-03-05 10:00", expect: { reject: staff-name } }
  - rule: tidy
    when: { ex.level: { between: [1, 3] }, nickName: { present: true } }
    rewrite: { nickName: [trim, { cut to: 24 }, { replace: { text: a, with: b } }], roleLevel: member }
    tests:
      - { given: { nickName: " a" }, expect: { rewrite: { nickName: b } } }
  - rule: with-text
    when: { use: promotes }
    reject: { code: plain, message: No }
  - rule: vip
    conditions: { all: [{ fact: roleLevel, operator: in, value: [20, 60] }] }
    event: { type: allow, params: [no-staff, with-text] }
tests:
  - { name: x, given: { nickName: Alice }, expect: allow }
  - { given: { nickName: Alice }, expect: { reject: plain, by: with-text } }
`

const counting = `callback: beforeSendGroupMsg
codes:
  slow: { code: 5301, message: "Too fast: wait {wait} s" }
counters:
  joins: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }
  said: { callback: [beforeSendGroupMsg, afterSendGroupMsg], when: { msgFrom: user }, same: [groupID, sendID], counting: all }
  raids: { callback: beforeMembersJoinGroup, same: groupID, different: memberList.userID }
rules:
  - rule: flood
    when: { msgFrom: user, how often: { same: sendID, in: 10 seconds, more than: 5, then for: 1 minute } }
    unless: { how often: { of: said, same: [groupID, sendID], in: 1 day, between: [1, 3] } }
    reject: slow
    if unsure: fire
    tests:
      - { after: [{ times: 5, ago: 9 seconds, given: { groupID: g-1 } }], given: { sendID: u-1 }, expect: { reject: slow } }
      - { after: [{ ago: 1 hour, callback: beforeMembersJoinGroup }], given: { message text: a }, expect: allow }
  - rule: copies
    when:
      how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes }
      how often: { same: [sendID, message text], different: groupID, in: 5 minutes, at least: 3 }
    reject: { code: 5303, detail: "{wait}" }
  - rule: mentions
    when:
      how often: { same: each atUserList, counting: refused, in: 30 days, at least: 10 }
      any: [{ how often: { of: raids, same: groupID, in: 1 minute, at most: 1000 } }]
    reject: 5304
`

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Sections: with other names in them, those that were there are missing as well, which is another mistake. */
const sections = ['codes', 'lists', 'conditions', 'counters']

/** What an author may write by mistake in the place of something else. */
const strange: readonly Json[] = [12, true, null, 'zqzq', '', ['zqzq'], [], { zqzq: 'w' }, {}]

/** Everything that can be made of a folder by one change: a key misspelt or left out, a value in place of another. */
function* changed(node: Json): Generator<Json> {
  if (node === null || typeof node !== 'object') return
  const entries = Object.entries(node)
  const whole = (made: [string, Json][]): Json =>
    Array.isArray(node) ? made.map(([, value]) => value) : Object.fromEntries(made)
  for (const [at, [key, value]] of entries.entries()) {
    const others = (made: [string, Json][]) => whole([...entries.slice(0, at), ...made, ...entries.slice(at + 1)])
    yield others([])
    for (const other of strange) {
      if (sections.includes(key) && countKeys(other) > 0) continue
      yield others([[key, other]])
    }
    for (const inner of changed(value)) yield others([[key, inner]])
    if (Array.isArray(node)) continue
    for (const other of [misspelt(key), `${key}zqzq`]) yield others([[other, value]])
  }
}

/** Two letters in each other's place. */
function misspelt(key: string): string {
  return key.replace(/^(.)(.)(.)/s, '$1$3$2')
}

function countKeys(json: Json): number {
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? Object.keys(json).length : 0
}

/** Different things said. Whoever uses a name that is gone is told, so that all of them count once. */
function mistakes({ diagnostics }: Compiled): Set<string> {
  return new Set(
    mistakesIn(diagnostics).map(({ code, message }) =>
      code.startsWith('unknown-') ? 'unknown' : `${code} ${message}`,
    ),
  )
}

function read(json: Json): Compiled {
  return check([{ file: 'a.yaml', content: JSON.stringify(json) }], { allowEmpty: true })
}

for (const [name, text] of Object.entries({ 'a folder': folder, 'a folder that counts': counting })) {
  const start = parse(text) as { rules: Json[] }

  test(`${name} to be changed has no mistakes`, t => {
    t.deepEqual(mistakesIn(read(start).diagnostics), [])
  })

  test(`one change to ${name} is at most one mistake, and no rule is lost without one`, t => {
    for (const json of some([...changed(start)], 20)) {
      const compiled = read(json)
      const said = mistakes(compiled)
      t.true(said.size <= 1, JSON.stringify([...said, json], null, 1))
      if (compiled.ruleSet === null) t.is(said.size, 1)
      else t.is(compiled.ruleSet.counts.total, (json as { rules?: Json[] }).rules?.length ?? 0, JSON.stringify(json))
    }
  })
}
