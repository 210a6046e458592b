/**
 * What a nickname of 1 MB costs each test word and each step, in ms: plain ones, and those that are made to be hard.
 *
 *   node --import tsx test/bench/text.ts [half]
 *
 * With `half` the nickname has half the size, to see that the time goes with it.
 */
import { compile } from '../../src/compile/compile.ts'
import type { CompiledRule } from '../../src/compile/ruleset.ts'
import { View } from '../../src/compile/view.ts'
import { applySteps } from '../../src/decide/steps.ts'
import { entriesOf } from './_lists.ts'
import { cpuMs, print } from './_measure.ts'

const size = process.argv[2] === 'half' ? 500_000 : 1_000_000
const entries = [
  ...entriesOf('Latin', 10_000),
  ...entriesOf('Chinese', 10_000),
  'admin*',
  '管理员',
  'ill',
  '👨\u200d👩\u200d👧',
]
const list = { file: 'lists/long.txt', content: entries.join('\n') }

const tests = [
  ...['is: admin', 'in list: long', 'contains any: long', 'has word in: long', 'looks like: admin'],
  ...['looks like a word in: long', 'longer than: 24', "matches: '[0-9]{6}'", 'is blank: true'],
]
const steps = [
  ...['trim', 'collapse spaces', 'remove invisible', 'normalise', 'lower case', '{ cut to: 24 }'],
  ...['{ replace: { text: a, with: b } }', '{ mask words in: long }'],
]
const asked = [
  ...tests.map(words => ({ name: words, ask: asker(`when: { nickName: { ${words} } }, reject: 5001`) })),
  ...steps.map(step => ({ name: step, ask: asker(`when: { nickName: present }, rewrite: { nickName: ${step} }`) })),
]

let asks = 0

print('ms', ...asked.map(({ name }) => name.replace(/^\{ | \}$/g, '').slice(0, 13)))
for (const part of [
  ...[
    'a',
    'Anna ',
    'é ',
    '漢字',
    'नमस्ते ',
    '👨\u200d👩\u200d👧',
    'аdmin ',
    'a d m i n ',
    'a.d.m.i.n.',
    '4dm1n0',
    '!|',
    '1',
  ],
  ...[
    'e\u0301',
    '\u0315\u0300',
    `a${'\u0336'.repeat(50)}`,
    '\u200b',
    'a\u200b',
    '\u202ea',
    ' ',
    '管 理 ',
    'ⓐⓓⓜ',
    '\u200d👧',
    'ﷺ',
  ],
]) {
  const text = part.repeat(size / Buffer.byteLength(part))
  print(JSON.stringify(part.slice(0, 12)), ...asked.map(({ ask }) => shortest(text, ask)))
}

/** What a rule does with a nickname, without the rest of a decision. */
function asker(rest: string): (nickName: string) => unknown {
  const rules = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, ${rest} }\n`
  const { ruleSet, diagnostics } = compile([{ file: 'a.yaml', content: rules }, list])
  if (ruleSet === null) throw new Error(JSON.stringify(diagnostics))
  const [stages] = ruleSet.stages.values()
  const { outcome, when } = [...(stages?.rewrite.rules ?? []), ...(stages?.reject.rules ?? [])][0] as CompiledRule
  if (outcome.kind !== 'rewrite') return nickName => when.judge(new View(new Map([['nickName', nickName]]), 0))
  const own = outcome.fields[0]?.steps ?? []
  return nickName => applySteps(own as Parameters<typeof applySteps>[0], nickName, () => null)
}

/** A text is folded and looked at once, however many rules ask: each round has another one, that none has asked about. */
function shortest(text: string, ask: (text: string) => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 2; round++) {
    asks += 1
    const other = `${text} ${asks}`
    const start = cpuMs()
    ask(other)
    best = Math.min(best, cpuMs() - start)
  }
  return best
}
