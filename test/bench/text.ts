/**
 * What the longest nickname that a call may bring (65,536 bytes) costs each test word and each step, in ms: plain ones,
 * and those that are made to be hard.
 *
 *   node --import tsx test/bench/text.ts [half]
 *
 * With `half` the nickname has half the size, to see that the time goes with it. Each figure is the median of five
 * rounds; what it costs to meet so many characters for the first time is in a column of its own.
 */
import { compile } from '../../src/compile/compile.ts'
import type { CompiledRule } from '../../src/compile/ruleset.ts'
import { View } from '../../src/compile/view.ts'
import { applySteps } from '../../src/decide/steps.ts'
import { fold } from '../../src/text/fold.ts'
import { visibleText } from '../../src/text/lookalike/visible-text.ts'
import { entriesOf } from './_lists.ts'
import { cpuMs, print } from './_measure.ts'
import { median } from './_table.ts'

const size = process.argv[2] === 'half' ? 32_768 : 65_536
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
  ...['phone number', 'email', 'card number', 'ip address', 'crypto address'].map(kind => `has ${kind}: true`),
]
const steps = [
  ...['trim', 'collapse spaces', 'remove invisible', 'normalise', 'lower case', '{ cut to: 24 }'],
  ...['{ replace: { text: a, with: b } }', '{ mask words in: long }', 'mask links'],
  ...['mask phone numbers', 'mask emails', "{ mask pattern: '[0-9]{6}' }"],
]
const asked = [
  { name: 'links', ask: asker('when: { nickName.links: present }, reject: 5001') },
  ...tests.map(words => ({ name: words, ask: asker(`when: { nickName: { ${words} } }, reject: 5001`) })),
  ...steps.map(step => ({ name: step, ask: asker(`when: { nickName: present }, rewrite: { nickName: ${step} }`) })),
]

let asks = 0

print('ms', 'first time', ...asked.map(({ name }) => name.replace(/^\{ | \}$/g, '').slice(0, 13)))
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
  ...['e\u0301', '\u0315\u0300', `a${'\u0336'.repeat(50)}`, '\u200b', 'a\u200b', '\u202ea', ' ', '管 理 ', 'ⓐⓓⓜ'],
  ...[
    '\u200d👧',
    'ﷺ',
    'ﷺ ',
    'ADMIN É ',
    'ill ',
    'ILL\u200b ',
    '管理员',
    'admi',
    'admi ',
    'adm!!',
    '@',
    '|)',
    'a\t',
    '10086 ',
  ],
  ...['a.com ', 'http://', '[a.com](b.com)', 'a.com)))', '1.1.1.1:80 ', 'a . '],
  ...[
    'İı',
    'ᄀ\u1161ᆨ',
    '각',
    'م\u064e',
    'می\u200cخ',
    '🇦🇩',
    '👏🏽',
    '❤\ufe0f',
    '1\ufe0f\u20e3',
    '葛\u{e0100}',
    '\u0600a',
  ],
  ...['\udc00', 'a\u0323\u0301', '\r\n', 'ｶﾞ', '\u202eabc\u202c'],
]) {
  measure(JSON.stringify(part.slice(0, 12)), part.repeat(size / Buffer.byteLength(part)))
}
for (const [name, first, last] of [
  ['any at all', 0, 0x10ffff],
  ['any of the first', 0, 0xffff],
  ['any ASCII', 0x20, 0x7e],
  ['any Latin', 0xc0, 0x24f],
  ['any Arabic', 0x600, 0x6ff],
  ['any Devanagari', 0x900, 0x97f],
  ['any Hangul jamo', 0x1100, 0x11ff],
  ['any mark', 0x300, 0x36f],
  ['any Han', 0x4e00, 0x9fff],
  ['any rare Han', 0x20000, 0x2a6df],
  ['any emoji', 0x1f300, 0x1faff],
  ['any of control', 0x2000, 0x206f],
  ['any private', 0x100000, 0x10fffd],
] as const) {
  measure(name, anyOf(first, last))
}

function measure(name: string, text: string): void {
  print(name, firstTime(text), ...asked.map(({ ask }) => typical(text, ask)))
}

/** To fold a text and to look at it is all that asks about each character by itself, and is dear but once. */
function firstTime(text: string): number {
  const start = cpuMs()
  fold(text)
  visibleText(text)
  return cpuMs() - start
}

/** Characters of a range without an order, but always the same. */
function anyOf(first: number, last: number): string {
  const count = size / Buffer.byteLength(String.fromCodePoint(last))
  const point = (at: number) => first + ((Math.imul(at, 0x9e3779b1) >>> 7) % (last - first + 1))
  return Array.from({ length: count }, (_, at) => String.fromCodePoint(point(at))).join('')
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
function typical(text: string, ask: (text: string) => unknown): number {
  const rounds: number[] = []
  for (let round = 0; round < 5; round++) {
    asks += 1
    const other = `${text} ${asks}`
    const start = cpuMs()
    ask(other)
    rounds.push(cpuMs() - start)
  }
  return median(rounds)
}
