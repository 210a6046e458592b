/**
 * What each word that takes a list costs, beside a plain loop over the list: from the files of a rules folder to the
 * answer about a nickname (or an avatar's address), as the service asks.
 *
 *   node --expose-gc --import tsx test/bench/lists.ts
 *
 * The best of fifty runs over all nicknames: in the first few, code that is being compiled costs as much as the search.
 */
import { compileInSteps } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { View } from '../../src/compile/view.ts'
import { applySteps } from '../../src/decide/steps.ts'
import { fold, foldWhole } from '../../src/text/fold.ts'
import { addresses, entriesOf, hosts, nicknames, type Script } from './_lists.ts'
import { bestOf, cpuMs, memory, print } from './_measure.ts'

type Word = 'in list' | 'has word in' | 'contains any' | 'looks like a word in' | 'mask words in' | 'hosted on'

const words: readonly Word[] = ['in list', 'has word in', 'contains any', 'looks like a word in', 'mask words in']
const counts = [100, 10_000, 100_000]

print('word', 'script', 'entries', 'compile ms', 'longest slice', 'memory MB', 'µs a value', 'naive loop µs')
for (const word of words) {
  for (const script of ['Latin', 'Chinese'] as const) {
    for (const count of counts) measure(word, script, entriesOf(script, count), nicknames(script))
  }
}
for (const count of counts) measure('hosted on', 'hosts', hosts(count), addresses)

function measure(word: Word, script: Script | 'hosts', entries: readonly string[], values: readonly string[]): void {
  const files = filesOf(word, entries)
  const before = memory()
  const { ruleSet, totalMs, longestMs } = compiled(files)
  const megabytes = (memory() - before) / 1e6
  const ask = askerOf(ruleSet)
  const quick = bestOf(() => values.map(ask), values.length, 50)
  const slow = bestOf(naive(word, entries, values.slice(0, 20)), 20, 5)
  print(word, script, entries.length, totalMs, longestMs, megabytes, quick, slow)
}

function filesOf(word: Word, entries: readonly string[]): { file: string; content: Uint8Array }[] {
  const rest =
    word === 'mask words in'
      ? `when: { nickName: present }, rewrite: { nickName: { ${word}: long } }`
      : `when: { ${word === 'hosted on' ? 'faceURL' : 'nickName'}: { ${word}: long } }, reject: 5001`
  const rules = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, ${rest} }\n`
  return [
    { file: 'a.yaml', content: Buffer.from(rules) },
    { file: 'lists/long.txt', content: Buffer.from(entries.join('\n')) },
  ]
}

/** The rule set, how long it took to make, and the longest that others had to wait. */
function compiled(files: { file: string; content: Uint8Array }[]): {
  ruleSet: RuleSet
  totalMs: number
  longestMs: number
} {
  const steps = compileInSteps(files)
  const startedMs = cpuMs()
  let longestMs = 0
  for (;;) {
    const stepMs = cpuMs()
    const { done, value } = steps.next()
    longestMs = Math.max(longestMs, cpuMs() - stepMs)
    if (!done) continue
    if (value.ruleSet === null) throw new Error(JSON.stringify(value.diagnostics))
    return { ruleSet: value.ruleSet, totalMs: cpuMs() - startedMs, longestMs }
  }
}

/** What is asked of each value: all that a rule does with it, folding and parsing too. */
function askerOf(ruleSet: RuleSet): (value: string) => unknown {
  const [stages] = ruleSet.stages.values()
  const rule = [...(stages?.rewrite.rules ?? []), ...(stages?.reject.rules ?? [])][0]
  if (rule === undefined) throw new Error('There is no rule to ask')
  const { outcome, when } = rule
  if (outcome.kind !== 'rewrite') {
    return value =>
      when.judge(
        new View(
          new Map([
            ['nickName', value],
            ['faceURL', value],
          ]),
          0,
        ),
      )
  }
  const steps = outcome.fields[0]?.steps ?? []
  return value => applySteps(steps, value, () => null)
}

/** What anybody would write first: for each value a walk through the list, folded beforehand. */
function naive(word: Word, entries: readonly string[], values: readonly string[]): () => unknown {
  if (word === 'hosted on') {
    const isOn = (host: string) => entries.some(entry => host === entry || host.endsWith(`.${entry}`))
    return () => values.map(value => isOn(new URL(value).hostname))
  }
  if (word === 'in list') {
    const folded = entries.map(foldWhole)
    return () => values.map(value => folded.includes(foldWhole(value)))
  }
  const folded = entries.map(fold)
  const isIn = (value: string) => folded.some(entry => value.includes(entry))
  return () => values.map(value => isIn(fold(value)))
}
