import test, { type ExecutionContext } from 'ava'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import type { Call } from '../../src/decide/call.ts'
import { decide } from '../../src/decide/decide.ts'
import { noon, ruleSetOf } from '../_rules.ts'
import { startWebhooks } from '../serve/_http.ts'
import { requestsOf, type Wire } from './_requests.ts'
import type { Body } from './_samples.ts'
import { strictly } from './_strict.ts'

const plain = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }

/** What an answer that lets the call pass must repeat: what servers do, not what our entries say. */
const repeated: Record<string, readonly string[]> = {
  beforeSetGroupInfo: ['groupID', 'groupName', 'introduction', 'faceURL'],
  beforeSetGroupInfoEx: [
    'groupID',
    'groupName',
    'introduction',
    'faceURL',
    'ex',
    'needVerification',
    'lookMemberInfo',
    'applyMemberFriend',
  ],
}

/** The answer that changes nothing. */
function neutral({ name }: Callback, body: Body): Body {
  return { ...plain, ...Object.fromEntries((repeated[name] ?? []).map(key => [key, body[key]])) }
}

/** The rules of one outcome for every call of a callback. */
function always({ name, fields: [first] }: Callback, outcome: string): string {
  const when = `{ any: [{ ${first?.name}: present }, { ${first?.name}: absent }] }`
  return `callback: ${name}\nrules:\n  - rule: always\n    when: ${when}\n    ${outcome}\n`
}

/** What a service with these rules answers to a request as it is on the wire, read as the server reads it. */
async function answerTo(t: ExecutionContext, wire: Wire, rules: string): Promise<Body> {
  const ruleSet = ruleSetOf(rules)
  const judge = ({ call }: { call: Call }) => ({ version: 'v1', decision: decide(ruleSet, call, noon) })
  const { url } = await startWebhooks(t, { judge })
  const response = await fetch(url + wire.path, { method: 'POST', headers: wire.headers, body: wire.body })
  const text = await response.text()
  t.is(response.status, 200, text)
  const { command = '' } = findCallback(JSON.parse(wire.body).callbackCommand) ?? {}
  return strictly(command, text)
}

for (const callback of callbacks) {
  const { name, phase, fields } = callback
  const requests = requestsOf(callback)

  test(`${name} passes unchanged when no rule fires`, async t => {
    t.true(requests.length > 0)
    for (const wire of requests) {
      t.deepEqual(
        await answerTo(t, wire, always(callback, 'mode: disabled\n    reject: 5432')),
        neutral(callback, JSON.parse(wire.body)),
      )
    }
  })

  for (const former of callback.formerly) {
    test(`${former} is ${name}, wherever the request names it`, async t => {
      const [{ headers, body } = { headers: {}, body: '{}' }] = requests
      const sent = JSON.stringify({ ...JSON.parse(body), callbackCommand: former })
      for (const path of [`/?command=${former}`, `/${former}`, `//${former}/?key=e30=`]) {
        const answer = await answerTo(
          t,
          { path, headers, body: sent },
          always(callback, 'mode: disabled\n    reject: 5432'),
        )
        t.deepEqual(answer, neutral(callback, JSON.parse(body)))
      }
    })
  }

  if (phase === 'after') {
    test(`${name} is answered with the plain allow whatever a rule would refuse`, async t => {
      for (const wire of requests) {
        t.deepEqual(await answerTo(t, wire, always(callback, 'mode: shadow\n    reject: 5432')), plain)
      }
    })
    continue
  }

  test(`${name} is refused by a rule`, async t => {
    const rules = always(callback, 'reject: { code: 5432, message: No, detail: because }')
    const refused = { actionCode: 0, errCode: 5432, errMsg: 'No', errDlt: 'because', nextCode: 1 }
    for (const wire of requests) t.deepEqual(await answerTo(t, wire, rules), refused)
  })

  for (const field of fields.filter(each => each.rewrite !== undefined)) {
    for (const item of itemsOf(field).filter(each => each.rewrite !== undefined)) {
      test(`${item.name} of each of ${field.name} of ${name} is rewritten, and nothing else`, async t => {
        for (const wire of requests) await isRewrittenOfEach(t, { callback, field, wire, item })
      })
    }
    if (itemsOf(field).length > 0) continue
    test(`${field.name} of ${name} is rewritten, and nothing else`, async t => {
      for (const wire of requests) await isRewritten(t, { callback, field, wire })
    })
  }
}

function itemsOf({ items }: Field): readonly Field[] {
  return typeof items === 'object' ? items : []
}

type Asked = { callback: Callback; field: Field; wire: Wire }

/** One field is set: the answer has it where the server looks for it, and is neutral otherwise. */
async function isRewritten(t: ExecutionContext, { callback, field, wire }: Asked): Promise<void> {
  const body: Body = JSON.parse(wire.body)
  const { name, rewrite = {} } = field
  const [written, value] = other(field, body[name])
  const answer = await answerTo(t, wire, always(callback, `rewrite: { ${name}: { set: ${written} } }`))
  const key = rewrite.within ?? rewrite.as ?? name
  const { [key]: changed, ...others } = answer
  const { [key]: before, ...unchanged } = neutral(callback, body)
  t.deepEqual(others, unchanged)
  // A server up to 3.8.2 falls over a value in the place of a null.
  if (rewrite.onlyIfPresent && body[name] === null) {
    t.is(changed, undefined)
    return
  }
  const whole = callback.fields.filter(each => each.rewrite?.within === rewrite.within).map(each => each.name)
  const received = Object.fromEntries(whole.map(inside => [inside, body[inside]]))
  t.deepEqual(changed, rewrite.within === undefined ? value : { ...received, [name]: value })
}

/** One field of every item is set: the answer has all of them under their ids, and those that the server takes whole, whole. */
async function isRewrittenOfEach(t: ExecutionContext, { callback, field, wire, item }: Asked & { item: Field }) {
  const body: Body = JSON.parse(wire.body)
  const { name, rewrite = {} } = field
  const received = body[name] as Body[]
  const [written, value] = other(item, received[0]?.[item.name])
  const each = `rewrite: { ${name}: { each item: { ${item.name}: { set: ${written} } } } }`
  const answer = await answerTo(t, wire, always(callback, each))
  const expected = received.map(one => ({
    ...(rewrite.changedBy === undefined ? one : { [rewrite.changedBy]: one[rewrite.changedBy] }),
    [item.name]: value,
  }))
  t.deepEqual(answer, { ...neutral(callback, body), [rewrite.as ?? name]: expected })
}

/** Another value that the field may get, as it stands in a rule and in the answer. */
function other(field: Field, was: unknown): [written: string, value: unknown] {
  const { kind, names, rewrite } = field
  switch (kind) {
    case 'enum': {
      const able = [...(names ?? [])].filter(([, number]) => rewrite?.only?.includes(number) ?? true)
      // Where one number is possible alone, setting it changes nothing when it is there already.
      const [name, number] = able.find(each => each[1] !== was) ?? (able[0] as [string, number])
      return [name, number === was ? undefined : number]
    }
    case 'integer':
      return ['61', 61]
    case 'list':
      return ['[z1, z2]', ['z1', 'z2']]
    case 'flag':
      return was === true ? ['false', false] : ['true', true]
    case 'json':
      return [`'{{"a": 1}}'`, '{"a": 1}']
    default:
      return field.origin === 'message text' ? [`'"other"'`, '{"content":"\\"other\\""}'] : ['other', 'other']
  }
}
