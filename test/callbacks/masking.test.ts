import test, { type ExecutionContext } from 'ava'
import { decide } from '../../src/decide/decide.ts'
import type { WebhookDeps } from '../../src/serve/webhook.ts'
import { noon, ruleSetOf } from '../_rules.ts'
import { post, startWebhooks } from '../serve/_http.ts'
import type { Body } from './_samples.ts'
import { strictly } from './_strict.ts'

const ruleSet = ruleSetOf(`
callback: beforeMsgModify
rules:
  - rule: mask
    when: { message text: present }
    rewrite: { message text: { mask words in: [damn, 坏蛋] } }
`)

const judge: WebhookDeps['judge'] = ({ call }) => ({ version: 'v1', decision: decide(ruleSet, call, noon) })

/** What a service that masks words answers to a message: its content, or undefined when it stays as it is. */
const becomes = test.macro({
  title: (_, content: string, contentType: number) => `masked in ${contentType}: ${content.slice(0, 80)}`,
  async exec(t, content: string, contentType: number, masked: string | undefined) {
    const { url } = await startWebhooks(t, { judge, flags: { maxTextBytes: '262144' } })
    const callbackCommand = 'callbackBeforeMsgModifyCommand'
    const response = await post(`${url}/${callbackCommand}`, { callbackCommand, contentType, content })
    const answer = strictly(callbackCommand, await response.text())
    t.is(answer.content, masked)
    t.is(Object.keys(answer).length, masked === undefined ? 5 : 6)
  },
})

test(becomes, '{"content":"damn it"}', 101, '{"content":"**** it"}')
test(becomes, '{"text":"@u1 damn","atUserList":["u1"]}', 106, '{"text":"@u1 ****","atUserList":["u1"]}')
test(becomes, '{"text":"damn","quoteMessage":{"text":"damn"}}', 114, '{"text":"****","quoteMessage":{"text":"damn"}}')
test(
  becomes,
  '{"messageEntityList":[{"url":"damn"}],"text":"damn"}',
  117,
  '{"messageEntityList":[{"url":"damn"}],"text":"****"}',
)
test(becomes, '{"content":"# damn\\n* 坏蛋"}', 118, '{"content":"# ****\\n* **"}')
test(becomes, '{"content":"fine"}', 101, undefined)
test(becomes, '{"data":"damn"}', 110, undefined)
test(becomes, '{"sourcePicture":{"url":"damn"}}', 102, undefined)
test(
  becomes,
  '{"content":"\\u0064amn \\"x\\" \\u003c\\/\\u4f60\\ud83d\\ude00"}',
  101,
  '{"content":"**** \\"x\\" \\u003c\\/\\u4f60\\ud83d\\ude00"}',
)
test(becomes, '{"content":"ok","content":"damn"}', 101, '{"content":"ok","content":"****"}')
test(becomes, '{"CONTENT":"damn","x":{"content":"damn"}}', 101, '{"CONTENT":"****","x":{"content":"damn"}}')
test(becomes, '{"\\u0063ontent":"damn"}', 101, '{"\\u0063ontent":"****"}')
test(becomes, '{"__proto__":"damn","content":"damn"}', 101, '{"__proto__":"damn","content":"****"}')
test(becomes, 'damn it', 101, '{"content":"**** it"}')
test(becomes, '{"content":"damn"', 101, '{"content":"{\\"content\\":\\"****\\""}')
test(becomes, '\ufeff{"content":"damn"}', 101, '{"content":"\ufeff{\\"content\\":\\"****\\"}"}')
test(becomes, '"damn"', 101, '{"content":"\\"****\\""}')
test(becomes, '["damn"]', 101, '{"content":"[\\"****\\"]"}')
test(becomes, 'fine', 101, undefined)
test(becomes, '5', 101, undefined)
test(becomes, '{"content":["damn"]}', 101, undefined)
test(becomes, 'damn', 106, undefined)
test(
  becomes,
  `{"content":"damn","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  101,
  `{"content":"****","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
)
test(
  becomes,
  `{"content":"damn${' word'.repeat(40_000)}","n":1.0}`,
  101,
  `{"content":"****${' word'.repeat(40_000)}","n":1.0}`,
)
test(becomes, `{"content":"${'damn '.repeat(40_000)}"}`, 101, `{"content":"${'**** '.repeat(40_000)}"}`)

/** What a service with a rule answers as the content of a message that comes as a text alone. */
async function answered(t: ExecutionContext, rewrite: string, path: string, body: Body): Promise<unknown> {
  const set = ruleSetOf(
    `callback: beforeMsgModify\nrules:\n  - { rule: r, when: { contentType: present }, rewrite: ${rewrite} }\n`,
  )
  const { url } = await startWebhooks(t, {
    judge: ({ call }) => ({ version: 'v1', decision: decide(set, call, noon) }),
  })
  const response = await post(url + path, body)
  return strictly('callbackBeforeMsgModifyCommand', await response.text()).content
}

const bare = { contentType: 101, content: 'damn it' }
const present = 'callbackBeforeMsgModifyCommand'
const former = 'callbackMsgModifyCommand'
const mask = '{ message text: { mask words in: [damn] } }'

test('a text alone stays one for servers that call the callback by its former name, and is JSON for all others', async t => {
  const json = '{"content":"**** it"}'
  t.is(await answered(t, mask, `/${present}`, { callbackCommand: present, ...bare }), json)
  t.is(await answered(t, mask, `/${present}`, bare), json)
  t.is(await answered(t, mask, `/?command=${present}`, bare), json)
  t.is(await answered(t, mask, `/${former}`, { callbackCommand: former, ...bare }), '**** it')
  t.is(await answered(t, mask, `/${former}`, bare), '**** it')
})

test('content may become a text alone only where it is one, and then goes out as JSON, too', async t => {
  const upper = '{ content: upper case }'
  const path = `/${present}`
  t.is(await answered(t, upper, path, bare), '{"content":"DAMN IT"}')
  t.is(await answered(t, upper, path, { ...bare, content: '{"content":"a"}' }), '{"CONTENT":"A"}')
  t.is(await answered(t, '{ content: { cut to: 5 } }', path, { ...bare, content: '{"content":"a"}' }), undefined)
  t.is(await answered(t, upper, path, { contentType: 110, content: 'no object' }), undefined)
  t.is(await answered(t, upper, path, { contentType: 106, content: 'no object' }), undefined)
  t.is(
    await answered(t, '{ content: { set: "{original.ex}" } }', path, { contentType: 102, ex: 'no object' }),
    undefined,
  )
})

test('a text alone that becomes a message of another kind is still answered as JSON', async t => {
  const both = `{ contentType: custom, message text: { mask words in: [damn] } }`
  const answer = await answered(t, both, `/${present}`, bare)
  t.true(answer === undefined || typeof JSON.parse(String(answer)) === 'object')
  const reversed = `{ message text: { mask words in: [damn] }, contentType: custom }`
  t.is(await answered(t, reversed, `/${present}`, bare), '{"content":"**** it"}')
})
