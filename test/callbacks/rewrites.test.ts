import test from 'ava'
import fc from 'fast-check'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { callbacks, findCallback } from '../../src/callbacks/catalogue.ts'
import { decide } from '../../src/decide/decide.ts'
import { check } from '../../src/lint/check.ts'
import { reply } from '../../src/protocol/reply.ts'
import { readCall } from '../../src/protocol/request.ts'
import { noon, ruleSetOf } from '../_rules.ts'
import { type Body, samplesOf } from './_samples.ts'
import { strictly } from './_strict.ts'

/** What a field may be told to become, as it stands in a rule; some of it no server would take. */
function wishes({ kind, names }: Field): fc.Arbitrary<string> {
  switch (kind) {
    case 'enum':
      return fc.constantFrom(...(names?.keys() ?? []), '7', '-1')
    case 'integer':
      return fc.constantFrom('0', '5', '4000000000', '9007199254740993')
    case 'flag':
      return fc.constantFrom('true', 'false')
    default:
      return fc.constantFrom(
        'trim',
        '[upper case, { cut to: 3 }]',
        '{ cut to: 0 }',
        '{ replace: { text: hello, with: "" } }',
        '{ replace: { text: "{", with: "[" } }',
        '{ set: " {original.ex} " }',
        '""',
        `'{{ "content": "a" }}'`,
      )
  }
}

/** A request with some of its values gone, as servers leave them out. */
function requestsOf(callback: Callback): fc.Arbitrary<Body> {
  const [first = {}, ...others] = samplesOf(callback)
  // Some clients send a text without JSON around it.
  if ('content' in first) others.push({ ...first, content: 'hello' })
  const gone = fc.dictionary(fc.constantFrom(...callback.fields.map(({ name }) => name)), fc.constantFrom(null, ''))
  return fc.tuple(fc.constantFrom(first, ...others), gone).map(([body, without]) => ({ ...body, ...without }))
}

const rewritable = ({ fields }: Callback) => fields.filter(({ rewrite, kind }) => rewrite && kind !== 'list')

for (const callback of callbacks.filter(each => rewritable(each).length > 0)) {
  test(`whatever rules make of ${callback.name}, its server can take`, async t => {
    const fields = rewritable(callback)
    const wish = fc.constantFrom(...fields).chain(field => wishes(field).map(to => `${field.name}: ${to}`))
    let decided = 0
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 4 }), requestsOf(callback), async (made, body) => {
        const texts = made.map(
          (each, at) => `  - { rule: r${at}, when: { any: [${held(callback)}] }, rewrite: { ${each} } }`,
        )
        const content = `callback: ${callback.name}\nrules:\n${texts.join('\n')}\n`
        const { ruleSet } = check([{ file: 'a.yaml', content }])
        const read = readCall(callback, body)
        fc.pre(ruleSet !== null && read.ok)
        if (ruleSet === null || !read.ok) return
        const decision = await decide(ruleSet, read.call, noon)
        const answer = strictly(callback.command, JSON.stringify(reply(read.call, decision)))
        for (const key of callback.unsafe ?? []) t.false(Object.hasOwn(answer, key))
        if (callback.name === 'beforeMsgModify') t.true(isJsonOfObject(answer.content), String(answer.content))
        decided += 1
      }),
      { numRuns: 30 },
    )
    t.is(decided, 30)
  })
}

/** What the newest server takes as a message; anything else fails the user's action. */
function isJsonOfObject(content: unknown): boolean {
  return content === undefined || /^\{.*\}$/s.test(JSON.stringify(JSON.parse(String(content))))
}

/** A condition that holds of any call. */
function held({ fields }: Callback): string {
  const [{ name } = { name: '' }] = fields
  return `{ ${name}: present }, { ${name}: absent }`
}

test('a field is rewritten as far as each callback lets it, in a rule for several', async t => {
  const ruleSet = ruleSetOf(`
callback: [beforeUpdateUserInfo, beforeUpdateUserInfoEx]
rules:
  - { rule: name, when: { userID: u }, rewrite: { nickName: { set: Ann } } }
`)
  const answers = ['beforeUpdateUserInfo', 'beforeUpdateUserInfoEx'].map(async name => {
    const read = readCall(findCallback(name) as Callback, { userID: 'u', nickName: null })
    if (!read.ok) throw new Error(read.problem)
    return reply(read.call, await decide(ruleSet, read.call, noon)).nickName
  })
  t.deepEqual(await Promise.all(answers), ['Ann', undefined])
})
