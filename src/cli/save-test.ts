import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Field } from '../callbacks/callback.ts'
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
function givenOf({ values, callback }: Call): Record<string, unknown> {
  return asWritten(
    values,
    callback.fields.filter(({ origin }) => origin !== 'message text'),
  )
}

/** Values as a test has them: what the catalogue does not name, no test can give. */
function asWritten(values: ReadonlyMap<string, unknown>, fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = values.get(field.name) ?? null
      return value === null ? [] : [[field.name, written(value, field)]]
    }),
  )
}

/** A value of its own each time: what stands in YAML twice would be written as an alias. */
function written(value: unknown, { names, items }: Field): unknown {
  if (Array.isArray(value) && typeof items === 'object') {
    return value.map(item => asWritten(new Map(Object.entries(item)), items))
  }
  if (Array.isArray(value)) return [...value]
  return [...(names ?? [])].find(([, number]) => number === value)?.[0] ?? value
}

function expectationOf(decision: Decision, call: Call): unknown {
  if (decision.kind === 'reject') return { reject: decision.code }
  if (decision.rewrites.size === 0) return 'allow'
  return { rewrite: asWritten(decision.rewrites, call.callback.fields) }
}
