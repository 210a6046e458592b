import test, { type ExecutionContext } from 'ava'
import { decide } from '../../src/decide/decide.ts'
import type { WebhookDeps } from '../../src/serve/webhook.ts'
import { noon, ruleSetOf } from '../_rules.ts'
import { post, type Setup, startWebhooks } from '../serve/_http.ts'
import type { Body } from './_samples.ts'
import { strictly } from './_strict.ts'

const plain = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }

const info = {
  callbackCommand: 'callbackBeforeSetGroupInfoCommand',
  operationID: '',
  groupID: 'g1',
  groupName: 'new',
  notification: 'note',
  introduction: '',
  faceURL: 'f',
  ex: '',
  needVerification: 1,
  lookMemberInfo: 0,
  applyMemberFriend: 0,
}

const infoEx = {
  callbackCommand: 'callbackBeforeSetGroupInfoExCommand',
  operationID: '',
  groupID: 'g1',
  groupName: null,
  notification: 'note',
  introduction: '',
  faceURL: null,
  ex: null,
  needVerification: 0,
  lookMemberInfo: null,
  applyMemberFriend: 1,
}

/** What the server blanks where an answer does not repeat it; of the old way the rest must not be repeated. */
const { groupID, groupName, introduction, faceURL } = info
const echo = { groupID, groupName, introduction, faceURL }
const { callbackCommand: _, operationID: __, notification: ___, ...echoEx } = infoEx

async function ask(t: ExecutionContext, body: Body, setup: Setup): Promise<Body> {
  const { url } = await startWebhooks(t, setup)
  const response = await post(`${url}/${body.callbackCommand}`, body)
  return strictly(String(body.callbackCommand), await response.text())
}

/** A judge by rules for both callbacks. */
function rules(text: string): Setup {
  const ruleSet = ruleSetOf(`callback: [beforeSetGroupInfo, beforeSetGroupInfoEx]\nrules:\n${text}`)
  const judge: WebhookDeps['judge'] = ({ call }) => ({ version: 'v1', decision: decide(ruleSet, call, noon) })
  return { judge }
}

test('an allow repeats exactly what the server would blank, nulls and empty texts too', async t => {
  const never = rules('  - { rule: never, when: { groupID: other }, reject: 5001 }\n')
  t.deepEqual(await ask(t, info, never), { ...plain, ...echo })
  t.deepEqual(await ask(t, infoEx, never), { ...plain, ...echoEx })
})

test('what is rewritten takes the place of what is repeated', async t => {
  const set = rules(`
  - { rule: name, when: { groupID: g1 }, rewrite: { groupName: { set: Better } } }
  - { rule: rest, when: { groupID: g1 }, rewrite: { ex: { set: x }, lookMemberInfo: forbidden } }
`)
  const made = { groupName: 'Better', ex: 'x', lookMemberInfo: 1 }
  t.deepEqual(await ask(t, info, set), { ...plain, ...echo, ...made })
  t.deepEqual(await ask(t, infoEx, set), { ...plain, ...echoEx, ...made })
})

test('a refusal repeats nothing', async t => {
  const no = rules('  - { rule: no, when: { groupID: g1 }, reject: { code: 5001, message: No } }\n')
  const refused = { ...plain, errCode: 5001, errMsg: 'No', nextCode: 1 }
  t.deepEqual(await ask(t, info, no), refused)
  t.deepEqual(await ask(t, infoEx, no), refused)
})

const failsOpen = test.macro(async (t, without: Body, setup: Setup = {}) => {
  for (const [body, repeated] of [
    [info, echo],
    [infoEx, echoEx],
  ]) {
    const flags = { onFailure: 'allow', ...setup.flags }
    const { errMsg, errDlt, ...answer } = await ask(t, { ...body, ...without }, { ...setup, flags })
    const whole = Object.entries(repeated as Body).filter(([key]) => !Object.hasOwn(without, key))
    t.deepEqual(answer, { actionCode: 1, errCode: 9999, nextCode: 0, ...Object.fromEntries(whole) })
  }
})

test('a call that is malformed elsewhere is let pass with all of it', failsOpen, { notification: 5 })
test('a call that is malformed in what is repeated is let pass with the rest', failsOpen, { faceURL: 5 })
test('a number that is text is not repeated', failsOpen, { introduction: 1, groupName: true })
test('a call that is nested too deep is let pass with all of it', failsOpen, { later: deep(100) })
test('a call that nothing decides is let pass with all of it', failsOpen, {}, { judge: () => null })
test(
  'a call whose decision fails is let pass with all of it',
  failsOpen,
  {},
  {
    judge: () => ({ version: 'v1', decision: Promise.reject(new Error('a look-up')) }),
  },
)
test(
  'a call whose decision takes too long is let pass with all of it',
  failsOpen,
  {},
  {
    flags: { deadlineMs: '2000' },
    judge: () => ({ version: 'v1', decision: new Promise(() => {}) }),
  },
)

test('a call that names another callback in its body is let pass with all of it', async t => {
  const { url } = await startWebhooks(t, { flags: { onFailure: 'allow' } })
  const response = await post(`${url}/${info.callbackCommand}`, { ...info, callbackCommand: 'callbackOtherCommand' })
  t.like(strictly(info.callbackCommand, await response.text()), { actionCode: 1, nextCode: 0, ...echo })
})

/** Lists in lists. */
function deep(levels: number): unknown {
  return levels === 0 ? 'x' : [deep(levels - 1)]
}
