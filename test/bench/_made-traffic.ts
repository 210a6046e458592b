/** A record of made traffic, as a service with the shipped rules leaves it: gzipped segments by hour. */
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { compile } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import type { Call } from '../../src/decide/call.ts'
import { decide } from '../../src/decide/decide.ts'
import { readCall } from '../../src/protocol/request.ts'
import { type DecisionLines, decisionLines } from '../../src/record/record-decision.ts'
import { RecordIds } from '../../src/record/record-ids.ts'
import { keepRules } from '../../src/state/kept-rules.ts'
import { readRulesFolder } from '../../src/store/files.ts'

const hourMs = 3_600_000
const hours = 168

/** A week that ended at the last full hour; `end` is in ms since 1970. */
export type MadeRecord = { dir: string; end: number }

/** The same numbers in every run. */
let seed = 1
function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

/** Of a hundred calls: messages in groups and between two, users who join, set their names, or ask to be friends. */
export async function makeTraffic(calls: number): Promise<MadeRecord> {
  const end = Math.floor(Date.now() / hourMs) * hourMs
  const start = end - hours * hourMs
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  await writeFile(join(dir, 'format'), '{"format":1}\n')
  const files = await readRulesFolder('rules')
  const { ruleSet } = compile(files)
  if (ruleSet === null) throw new Error('The shipped rules have errors')
  await keepRules(dir, ruleSet.version, files)
  const store = new MemoryCounts({ secret: 'bench' })
  store.use([...ruleSet.counters.values()], start)
  const ids = new RecordIds(Buffer.from([1, 2, 3, 4, 5]))
  const each = Math.ceil(calls / hours)
  for (let hour = start; hour < end; hour += hourMs) {
    const times = Array.from({ length: each }, () => hour + random(hourMs)).sort((a, b) => a - b)
    const lines: DecisionLines[] = []
    for (const at of times) lines.push(await linesOfCall(bodyOf(random(100)), { at, id: ids.next(at), ruleSet, store }))
    await write(dir, hour, lines)
  }
  return { dir, end }
}

type Deciding = { at: number; id: string; ruleSet: RuleSet; store: MemoryCounts }

async function linesOfCall(body: Body, { at, id, ruleSet, store }: Deciding): Promise<DecisionLines> {
  const call = callIn(body)
  const counts = new CallCounts(store, ruleSet.counters, countedCall(call, at))
  const decision = await decide(ruleSet, call, at, { counts })
  counts.settle(decision.kind === 'reject' ? 'refused' : 'let through', decision.effects)
  const received = { text: JSON.stringify(body), body }
  const made = { requestId: id, operationId: `${at}${random(1e9)}`, call, received, decision, at, tookMs: 0.04 }
  const record = { ...made, version: ruleSet.version, ...(counts.told && { told: counts.told }) }
  return decisionLines(record, { instance: 'edge-1', app: '0.2.0', masks: undefined })
}

type Body = { callbackCommand: string; [key: string]: unknown }

function callIn(body: Body): Call {
  const read = readCall(findCallback(body.callbackCommand) as Callback, body)
  if (!read.ok) throw new Error(read.problem)
  return read.call
}

let messages = 0

function bodyOf(kind: number): Body {
  const user = `u-${random(random(3) === 0 ? 2000 : 50_000)}`
  const groupID = `g-${random(2000)}`
  if (kind < 85) {
    messages += 1
    const told = {
      sendID: user,
      contentType: 101,
      msgFrom: 100,
      serverMsgID: `m${messages}`,
      clientMsgID: `c${messages}`,
    }
    const content = JSON.stringify({ content: textOf() })
    const others = { senderNickname: 'Ann Miller', sessionType: kind < 60 ? 3 : 1, ex: '' }
    return kind < 60
      ? { callbackCommand: 'callbackBeforeSendGroupMsgCommand', ...told, ...others, groupID, content }
      : {
          callbackCommand: 'callbackBeforeSendSingleMsgCommand',
          ...told,
          ...others,
          recvID: `u-${random(50_000)}`,
          content,
        }
  }
  if (kind < 90) {
    const memberList = Array.from({ length: 1 + random(3) }, () => ({ userID: `u-${random(50_000)}`, ex: '' }))
    return { callbackCommand: 'callbackBeforeMembersJoinGroupCommand', groupID, memberList, groupEx: '' }
  }
  if (kind < 96) {
    const info = {
      nickName: `${word()} ${word()}`,
      faceURL: 'https://cdn.example.com/a/1.png',
      roleLevel: null,
      ex: null,
    }
    return { callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand', groupID, userID: user, ...info }
  }
  const asked = { fromUserID: user, toUserID: `u-${random(50_000)}`, reqMsg: textOf(), ex: '' }
  return { callbackCommand: 'callbackBeforeAddFriendCommand', ...asked }
}

const words =
  'the a see you at eight who plays tonight nice picture my dog is sick great show last one was better than this where are we going for lunch tomorrow maybe ok thanks hello all good morning 你好 明天见 好的 谢谢 会议 bus late damn shit telegram bitcoin'.split(
    ' ',
  )

function word(): string {
  return words[Math.min(random(words.length + 200), random(words.length + 200)) % words.length] as string
}

function textOf(): string {
  const text = Array.from({ length: 1 + random(18) }, word).join(' ')
  const more = random(300)
  if (more < 3) return `${text} https://shop${random(40)}.example.com/x`
  return more === 3 ? `${text} free bitcoin for all` : text
}

async function write(dir: string, hour: number, lines: readonly DecisionLines[]): Promise<void> {
  const folder = join(dir, 'record', new Date(hour).toISOString().slice(0, 13).replace('T', '/'))
  await mkdir(folder, { recursive: true })
  for (const part of ['envelope', 'content'] as const) {
    const text = lines.map(line => `${line[part]}\n`).join('')
    await pipeline(Readable.from([text]), createGzip(), createWriteStream(join(folder, `edge-1-1.${part}.jsonl.gz`)))
  }
}
