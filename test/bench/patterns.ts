/**
 * How long patterns that are hard to find hold the event loop, in ms, beside re2js, which looks for each in one go.
 *
 *   node --import tsx test/bench/patterns.ts
 *
 * Each text has 65,536 characters or is as short as it says; `longest` is the longest time between two pauses of a
 * decision, and `share` what the search takes of the time that re2js takes. Medians of three rounds.
 */
import { RE2JS } from 're2js'
import { decide } from '../../src/decide/decide.ts'
import { readPattern } from '../../src/language/pattern.ts'
import { callOf, noon, ruleSetOf } from '../_rules.ts'
import { print } from './_measure.ts'
import { median } from './_table.ts'

/** Without a period: with one, the states that its letters lead to would soon be known. */
function mixed(letters: string, length: number): string {
  let seed = 1
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return letters[seed % letters.length]
  }
  return Array.from({ length }, next).join('')
}

const long = 65_536

const hard: readonly { patterns: readonly string[]; text: string }[] = [
  { patterns: [String.raw`\d[\d -]{9,60}\d$`], text: `${mixed('0123456789 -', 4_000)}x` },
  { patterns: [String.raw`\d[\d -]{9,60}\d$`], text: `${mixed('0123456789 -', long)}x` },
  { patterns: ['a[ab]{999}[c-e]$'], text: mixed('ab', long) },
  { patterns: ['(?:free|win).{0,300}(?:money|cash)'], text: mixed('freewin ', long) },
  { patterns: Array.from({ length: 30 }, (_, at) => `a[ab]{${100 + at}}c`), text: mixed('ab', 200) },
  { patterns: Array.from({ length: 200 }, (_, at) => `a[ab]{${at},${at + 20}}b`), text: mixed('abc', 4_000) },
  { patterns: ['(?:a[ab]{0,40}){20}c'], text: `c${mixed('ab', long)}` },
  { patterns: ['(?:(?:a?b?){30}c?){30}d'], text: mixed('abc', long) },
  { patterns: [String.raw`(?i)(?:\p{L}{1,50}\s){1,20}!`], text: mixed('äöüß ', long) },
  { patterns: ['[一-龥a-z]{1,900}[0-9]{5}'], text: mixed('漢字abc', long) },
  { patterns: ['(?:x|xx|xxx|xxxx){1,250}y'], text: `y${mixed('x', long)}` },
  { patterns: ['.*.*.*.*.*=.*'], text: mixed('ab', long) },
  { patterns: ['(?m)^(?:[^,]*,){50}$'], text: mixed('a,\n', long) },
  { patterns: [String.raw`\b(?:\w{1,30}[.-]){1,30}(?:com|net)\b`], text: mixed('ab.-c', long) },
  { patterns: ['(?:.{0,100}a){3}.{0,100}b.{0,100}c$'], text: mixed('abc', long) },
]

async function decided({ patterns, text }: (typeof hard)[number]) {
  const lines = patterns.map(
    (pattern, at) => `  - { rule: r${at}, when: { nickName: { matches: '${pattern}' } }, reject: 5001 }`,
  )
  const ruleSet = ruleSetOf(`callback: beforeSetGroupMemberInfo\nrules:\n${lines.join('\n')}\n`)
  const startedMs = performance.now()
  let [longest, since] = [0, startedMs]
  const pause = async () => {
    longest = Math.max(longest, performance.now() - since)
    since = performance.now()
  }
  await decide(ruleSet, callOf({ nickName: text }), noon, { pause })
  longest = Math.max(longest, performance.now() - since)
  return { longest, whole: performance.now() - startedMs }
}

function byRe2js({ patterns, text }: (typeof hard)[number]): number {
  const compiled = patterns.map(pattern => RE2JS.compile(pattern))
  const startedMs = performance.now()
  for (const each of compiled) each.test(text)
  return performance.now() - startedMs
}

/** Steps a millisecond of one search, which the warning of slow patterns reckons with. */
function speed(): number {
  const pattern = readPattern('a[ab]{999}[c-e]$')
  if ('problem' in pattern) throw new Error(pattern.problem)
  const search = pattern.search(mixed('ab', long))
  const startedMs = performance.now()
  search.run(Number.POSITIVE_INFINITY)
  return search.steps / (performance.now() - startedMs)
}

print('ms', 're2js', 'ours', 'share', 'longest', 'pattern')
for (const each of hard) {
  const rounds = []
  for (let round = 0; round < 3; round++) rounds.push({ theirs: byRe2js(each), ...(await decided(each)) })
  const [theirs, whole, longest] = [
    median(rounds.map(round => round.theirs)),
    median(rounds.map(round => round.whole)),
    median(rounds.map(round => round.longest)),
  ]
  const [first = ''] = each.patterns
  const name = `${first}${each.patterns.length > 1 ? ` and ${each.patterns.length - 1} like it` : ''}`
  const figures = [theirs, whole].map(ms => ms.toFixed(1))
  print(String(each.text.length), ...figures, (whole / theirs).toFixed(2), longest.toFixed(1), name)
}
print('', '', '', '', '', `${Math.round(speed())} steps a millisecond`)
