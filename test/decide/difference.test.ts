import test from 'ava'
import type { Decision } from '../../src/decide/decision.ts'
import { type Difference, differenceOf } from '../../src/decide/difference.ts'
import { outcomeOf } from '../../src/decide/replied.ts'

const plain: Decision = { kind: 'allow', rewrites: new Map(), matches: [], changes: [] }

function refused(code: number, rule: string, message = ''): Decision {
  const matches = [{ rule, stage: 'reject', mode: 'enforce', exempted: false }] as const
  return { kind: 'reject', code, rule, message, detail: '', matches, changes: [] }
}

function rewritten(nickName: string, rule: string): Decision {
  const matches = [{ rule, stage: 'rewrite', mode: 'enforce', exempted: false }] as const
  const changes = [{ field: 'nickName', from: 'Ann', to: nickName, rule }]
  return { kind: 'allow', rewrites: new Map([['nickName', nickName]]), matches, changes }
}

const differs = test.macro((t, first: Decision, second: Decision, expected: Difference | undefined) => {
  const [before, after] = [first, second].map(each => outcomeOf(each, { phase: 'before' }))
  t.deepEqual(differenceOf(before as never, after as never), expected)
})

test('a call that is refused only then', differs, plain, refused(5001, 'a'), { kind: 'newly refused', rule: 'a' })
test('a call that was refused', differs, refused(5001, 'a'), plain, { kind: 'no longer refused', rule: 'a' })
test('another code', differs, refused(5001, 'a'), refused(5002, 'b'), { kind: 'other code', rule: 'b' })
test('another message', differs, refused(5001, 'a', 'x'), refused(5001, 'a', 'y'), { kind: 'other message', rule: 'a' })
test('another rule with the same code and message is none', differs, refused(5001, 'a'), refused(5001, 'b'), undefined)
test('another text', differs, rewritten('A', 'a'), rewritten('B', 'b'), { kind: 'rewritten otherwise', rule: 'b' })
test('a rewrite that is gone', differs, rewritten('A', 'a'), plain, { kind: 'rewritten otherwise', rule: 'a' })
test('the same text by another rule is none', differs, rewritten('A', 'a'), rewritten('A', 'b'), undefined)
test('a rewrite that changes nothing is none', differs, rewritten('Ann', 'a'), plain, undefined)
test('nothing and nothing are the same', differs, plain, plain, undefined)

test('what has happened can neither be refused nor changed', t => {
  const [before, after] = [refused(5001, 'a'), plain].map(each => outcomeOf(each, { phase: 'after' }))
  t.is(differenceOf(before as never, after as never), undefined)
})
