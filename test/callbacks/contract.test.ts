import test from 'ava'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import type { Call } from '../../src/decide/call.ts'
import type { Decision, Value } from '../../src/decide/decision.ts'
import { allow, post, startWebhooks } from '../serve/_http.ts'
import { type Body, samplesOf } from './_samples.ts'
import { strictly } from './_strict.ts'

const plain = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }

/** What an answer must repeat to change nothing: PROTOCOL of the server, not our entries. */
const repeated = new Map([
  ['beforeSetGroupInfo', ['groupID', 'groupName', 'introduction', 'faceURL']],
  [
    'beforeSetGroupInfoEx',
    [
      'groupID',
      'groupName',
      'introduction',
      'faceURL',
      'ex',
      'needVerification',
      'lookMemberInfo',
      'applyMemberFriend',
    ],
  ],
])

function neutral({ name }: Callback, body: Body): Body {
  return { ...plain, ...Object.fromEntries((repeated.get(name) ?? []).map(key => [key, body[key]])) }
}

function rewriting(field: string, value: Value): Decision {
  return { kind: 'allow', rewrites: new Map([[field, value]]), matches: [], changes: [] }
}

/** Send a body and answer by a decision that may depend on the call. */
type Ask = (body: Body, decision: Decision | ((call: Call) => Decision)) => Promise<Body>

for (const callback of callbacks) {
  const { name, command, fields, phase } = callback

  test(`${name} is answered as its server expects`, async t => {
    let decided: Decision | ((call: Call) => Decision) = allow
    const judge = (call: Call) => {
      const decision = typeof decided === 'function' ? decided(call) : decided
      return { version: 'v1', decision: Promise.resolve(decision) }
    }
    const { url } = await startWebhooks(t, { judge })
    const ask: Ask = async (body, decision) => {
      decided = decision
      const response = await post(`${url}/${command}`, body)
      const text = await response.text()
      t.is(response.status, 200, text)
      return strictly(command, text)
    }
    for (const body of samplesOf(callback)) {
      t.deepEqual(await ask(body, allow), neutral(callback, body))
      const refused = await ask(body, { ...refusal, code: 5432 })
      t.deepEqual(
        refused,
        phase === 'after' ? plain : { ...plain, errCode: 5432, errMsg: 'No', errDlt: 'because', nextCode: 1 },
      )
      for (const field of fields) if (field.rewrite !== undefined) t.true(await rewrites(callback, field, body, ask))
    }
    for (const former of callback.formerly) {
      const [body = {}] = samplesOf(callback)
      for (const path of [`?command=${former}`, `/${former}`, `//${former}/?key=e30=`]) {
        const response = await post(url + path, { ...body, callbackCommand: former })
        t.is(response.status, 200, path)
        strictly(command, await response.text())
      }
    }
  })
}

const refusal = {
  kind: 'reject',
  code: 5001,
  rule: 'r',
  message: 'No',
  detail: 'because',
  matches: [],
  changes: [],
} as const

/** Whether another value for a field gets to where the server looks for it, and nothing else changes. */
async function rewrites(callback: Callback, field: Field, body: Body, ask: Ask): Promise<boolean> {
  const { name, rewrite = {} } = field
  if (rewrite.onlyIfPresent && body[name] === null) return true
  if (Array.isArray(field.items)) return rewritesItems(callback, field, body, ask)
  const value = other(field, body[name])
  const answer = await ask(body, rewriting(name, value))
  const { [rewrite.within ?? rewrite.as ?? name]: changed, ...others } = answer
  const { [rewrite.within ?? rewrite.as ?? name]: _, ...unchanged } = neutral(callback, body)
  const wanted = field.origin === 'message text' ? `{"content":${JSON.stringify(value)}}` : value
  const found = rewrite.within === undefined ? changed : (changed as Body)[name]
  return JSON.stringify([found, others]) === JSON.stringify([wanted, unchanged])
}

/** The same for each field of the items of a list: the first item changes. */
async function rewritesItems(callback: Callback, list: Field, body: Body, ask: Ask): Promise<boolean> {
  const { name, rewrite = {} } = list
  const items = list.items as readonly Field[]
  const [first, ...rest] = body[name] as Body[]
  for (const field of items.filter(each => each.rewrite !== undefined)) {
    const value = other(field, first?.[field.name])
    const changed = { ...first, [field.name]: value }
    const decide = (call: Call) => {
      const [, ...received] = call.values.get(name) as readonly Value[]
      return rewriting(name, [changed as Value, ...received])
    }
    const answer = await ask(body, decide)
    const wanted =
      rewrite.changedBy === undefined ? [changed, ...rest] : [{ userID: first?.userID, [field.name]: value }]
    const expected = { ...neutral(callback, body), [rewrite.as ?? name]: wanted }
    if (JSON.stringify(answer) !== JSON.stringify(expected)) return false
  }
  return true
}

/** Another value that the field may get. */
function other({ kind, names, rewrite, items }: Field, value: unknown): Value {
  switch (kind) {
    case 'enum':
      return (rewrite?.only ?? [...(names?.values() ?? [])]).find(number => number !== value) ?? (value as number)
    case 'integer':
      return 60 + Number(value ?? 0)
    case 'flag':
      return value !== true
    case 'list':
      return items === 'integer' ? [7] : ['u7', 'u8']
    default:
      return rewrite?.jsonObject && kind === 'json' ? '{"content":"other"}' : 'https://example.com/other'
  }
}
