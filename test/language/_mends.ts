import test, { type ExecutionContext } from 'ava'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import { withImplied } from '../../src/callbacks/derived.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import type { Value } from '../../src/decide/call.ts'
import { decide } from '../../src/decide/decide.ts'
import { check } from '../../src/lint/check.ts'
import { noon } from '../_rules.ts'
import { folderOf, heeded, type Part, type TextFile } from './_each.ts'
import { fixed } from './_fixed.ts'

/** A call, and what comes of it: `no` is a refusal, `yes` passes it on as it is, `nickName=x` changes it. */
type Told = readonly [given: Record<string, Value>, told: string]

/** What a fix is called, and what the rules decide once it has been applied. */
type Mend = readonly [label: string, ...calls: Told[]]

/**
 * One mistake, told once, and what becomes of it: every fix is applied, after which nothing is left to say, and the
 * rules decide as was meant. `told` is a part of the message or the hint.
 */
export const mends = test.macro<[Part, string, string, ...Mend[]]>({
  async exec(t, part, text, told, ...expected) {
    const files = folderOf(part, text.replace(/^\n/, ''))
    const said = heeded(check(files).diagnostics)
    t.is(said.length, 1, JSON.stringify(said, null, 1))
    const [mistake] = said
    t.true(`${mistake?.message}\n${mistake?.hint}`.includes(told), `${mistake?.message}\n${mistake?.hint}`)
    const fixes = mistake?.fixes ?? []
    t.deepEqual(
      fixes.map(({ label }) => label),
      expected.map(([label]) => label),
    )
    for (const [at, fix] of fixes.entries()) {
      await decides(t, fixed(files, fix), expected[at]?.slice(1) as readonly Told[])
    }
  },
  title: (_, part, text) => `in a ${part}: ${text.trim().replaceAll(/\s+/g, ' ').slice(0, 150)}`,
})

async function decides(t: ExecutionContext, files: readonly TextFile[], calls: readonly Told[]): Promise<void> {
  const shown = files.map(({ content }) => content).join('\n')
  const { ruleSet, diagnostics } = check(files)
  t.deepEqual(heeded(diagnostics), [], shown)
  for (const [given, told] of calls)
    t.is(await toldOf(ruleSet as RuleSet, given), told, `${shown}\n${JSON.stringify(given)}`)
}

async function toldOf(ruleSet: RuleSet, { callback: name, ...given }: Record<string, Value>): Promise<string> {
  const callback = findCallback(String(name ?? 'beforeSetGroupMemberInfo')) as Callback
  const values = withImplied(callback, new Map(Object.entries(given)))
  const decision = await decide(ruleSet, { callback, values }, noon)
  if (decision.kind === 'reject') return 'no'
  return [...decision.rewrites].map(([field, value]) => `${field}=${value}`).join(' ') || 'yes'
}
