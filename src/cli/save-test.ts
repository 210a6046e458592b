import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dependsOnTime, onlyRule } from '../cases/run-case.ts'
import { rulesOf } from '../cases/run-cases.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Call } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import { decode } from '../language/decode.ts'
import { addCase, type NewCase } from '../language/format.ts'
import { suggest } from '../language/suggest.ts'
import { replace } from './fmt.ts'
import { UsageError } from './io.ts'

/** A call that was tried, and the rule whose test it shall be. */
export type Tried = { ruleSet: RuleSet; call: Call; at: number; dir: string; ruleId: string }

/**
 * Append a call to the tests of a rule, expecting what that rule alone makes of it. Answers the file.
 *
 * Throws UsageError when there is no such rule.
 */
export async function saveTest({ ruleSet, call, at, dir, ruleId }: Tried): Promise<string> {
  const rules = rulesOf(ruleSet)
  const rule = rules.find(({ id }) => id === ruleId)
  if (rule === undefined) {
    throw new UsageError(
      `There is no rule "${ruleId}". ${suggest(
        ruleId,
        rules.map(({ id }) => id),
        'Rules',
      )}`,
    )
  }
  const alone = onlyRule(rule, ruleSet)
  const decision = await decide(alone, call, at)
  const needsTime = await dependsOnTime(alone, call)
  const { callbacks } = rule.rule
  if (!callbacks.includes(call.callback)) {
    const names = callbacks.map(({ name }) => name).join(', ')
    throw new UsageError(`"${ruleId}" does not decide ${call.callback.name}, only ${names}`)
  }
  const added: NewCase = {
    ...(call.callback !== callbacks[0] && { callback: call.callback.name }),
    given: givenOf(call),
    ...(needsTime && { at: new Date(at).toISOString().replace('.000Z', 'Z') }),
    expect: expectationOf(decision, call),
  }
  const { file } = rule.rule.span
  const path = join(dir, file)
  const text = addCase(decode({ file, content: await readFile(path) }).source.text, ruleId, added)
  if (text === undefined) throw new UsageError(`${file} has changed meanwhile: try again`)
  await replace(path, text)
  return file
}

/** What the call sets, with names where numbers have them. The text of a message is in its content. */
function givenOf(call: Call): Record<string, unknown> {
  const sent = [...call.values].filter(
    ([name]) => call.callback.fields.find(field => field.name === name)?.origin !== 'message text',
  )
  return Object.fromEntries(sent.map(([field, value]) => [field, named(call, field, value)]))
}

function named(call: Call, name: string, value: unknown): unknown {
  const names = call.callback.fields.find(field => field.name === name)?.names
  return [...(names ?? [])].find(([, number]) => number === value)?.[0] ?? value
}

function expectationOf(decision: Decision, call: Call): unknown {
  if (decision.kind === 'reject') return { reject: decision.code }
  if (decision.rewrites.size === 0) return 'allow'
  return {
    rewrite: Object.fromEntries([...decision.rewrites].map(([field, value]) => [field, named(call, field, value)])),
  }
}
