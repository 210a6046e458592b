import type { Callback } from '../../src/callbacks/callback.ts'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { contentOfText } from '../../src/callbacks/message-text.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'

/** A call as the IM server sends it. */
export type SentCall = { command: string; body: Record<string, unknown> }

const names = [
  'Ann',
  'Ben Li',
  '小明',
  'Мария',
  'José',
  'Official Support',
  'аdmin',
  'cheap-coins.test',
  'see t.me/deals',
  'Zoë 🌻',
  '客服中心',
  'A',
  'Kim  Park',
]

const messages = [
  'Good morning!',
  'See you at 8.30',
  '今天下雨了',
  'Get FREE bitcoin now',
  'look: https://spam.test/x',
  'Who brings the cake?',
  '加微信 cheap123',
  'Shit, I forgot',
  'Спасибо большое',
  'STOP SHOUTING AT EVERYBODY PLEASE',
  'ok 👍',
  'call me 030 1234567',
]

const requests = [
  'Hi, we met at the book club',
  'see https://spam.test',
  'hello',
  'Add me, buy followers here',
  '我是小明的同学',
]

/** Numbers that look like chance and are the same in every run. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What a server with a few dozen people might send: every callback at least once, the usual ones far more often. */
export function* traffic(seed: number, calls: number): Generator<SentCall> {
  const next = chance(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T
  const usual = callbacks.filter(({ name }) =>
    /SendGroupMsg|SendSingleMsg|MsgModify|MemberInfo|AddFriend$|UpdateUserInfoEx|CreateGroup$|JoinGroup/.test(name),
  )
  for (const callback of callbacks) if (callback.isDead !== true) yield sentBy(callback, pick, next)
  for (let sent = 0; sent < calls; sent += 1) yield sentBy(pick(usual), pick, next)
}

type Pick = <T>(all: readonly T[]) => T

function sentBy(callback: Callback, pick: Pick, next: () => number): SentCall {
  const body = sampleOf(callback)
  const someone = () => `u-${1 + Math.floor(next() * 40)}`
  const values: Record<string, () => unknown> = {
    userID: someone,
    sendID: someone,
    fromUserID: someone,
    ownerUserID: someone,
    groupID: () => `g-${1 + Math.floor(next() * 8)}`,
    nickName: () => pick(names),
    nickname: () => pick(names),
    groupName: () => pick(['Book Club', 'Chess', '读书会', 'Official Support Group', 'Neighbours']),
    reqMsg: () => pick(requests),
    content: () => contentOfText(101, pick(messages)),
  }
  for (const [key, value] of Object.entries(values))
    if (typeof body[key] === 'string' && body[key] !== '') body[key] = value()
  // A message is known by its ids: two calls with the same ones would be the same message.
  for (const key of ['serverMsgID', 'clientMsgID']) if (key in body) body[key] = `m-${Math.floor(next() * 2 ** 40)}`
  return { command: callback.command, body }
}
