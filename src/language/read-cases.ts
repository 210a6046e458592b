import type { Callback } from '../callbacks/callback.ts'
import { instantOf, readInstant, readLocal } from './clock.ts'
import type { Scalar } from './condition.ts'
import { readField } from './field.ts'
import { asList, asMapping, asText, type Entries, readMapping, shapeOf } from './mapping.ts'
import type { Entry, Node } from './node.ts'
import { readCallbacks } from './read-callbacks.ts'
import { readValue } from './read-operand.ts'
import { readCode, readRewritable, readRuleRef } from './read-outcome.ts'
import type { Case, Expectation } from './rule.ts'
import type { Scope } from './scope.ts'
import { keys } from './vocabulary.ts'

/** The cases under `tests:`; undefined when one of them is wrong (reported). */
export function readCases(node: Node, scope: Scope): readonly Case[] | undefined {
  const items = asList(node, '"tests"', scope.reporter, 'Begin each test with a dash: - { given: …, expect: … }')
  if (items === undefined) return undefined
  const cases = items.map(item => readCase(item, scope))
  return cases.some(found => found === undefined) ? undefined : (cases as Case[])
}

function readCase(node: Node, outer: Scope): Case | undefined {
  const entries = readMapping(node, keys.case, 'a test', outer.reporter)
  if (entries === undefined) return undefined
  const missing = (['given', 'expect'] as const).find(key => !entries.has(key))
  if (missing !== undefined) {
    const hint = 'A test is { given: { nickName: admin }, expect: { reject: 5001 } }'
    outer.reporter.error('missing-key', node.span, `"${missing}" is missing from this test`, hint)
    return undefined
  }
  const callback = readCaseCallback(entries.get('callback'), outer)
  if (callback === undefined) return undefined
  const scope = { ...outer, callbacks: [callback] }
  const nameEntry = entries.get('name')
  const name = nameEntry && asText(nameEntry.value, 'the name of a test', scope.reporter)
  const given = readGiven(entries.get('given') as Entry, scope)
  const at = readAt(entries, scope)
  const expect = readExpectation((entries.get('expect') as Entry).value, scope)
  if (given === undefined || expect === undefined || at === 'wrong') return undefined
  const span = nameEntry?.value.span ?? expect.span
  return { ...(name !== undefined && { name }), span, callback, given, ...(at !== undefined && { at }), expect }
}

/** The callback of a case: its own, else the first of its rule or file. */
function readCaseCallback(entry: Entry | undefined, scope: Scope): Callback | undefined {
  const [first] = scope.callbacks
  if (entry === undefined) return first
  const [own, second] = readCallbacks(entry.value, scope.reporter)
  if (second !== undefined) {
    scope.reporter.error('wrong-shape', entry.value.span, 'A test is for one callback', `Write ${own?.name}`)
    return undefined
  }
  if (own === undefined || scope.callbacks.includes(own)) return own
  const hint = `Callbacks here: ${scope.callbacks.map(({ name }) => name).join(', ')}`
  scope.reporter.error('impossible-test', entry.value.span, `No rule here decides ${own.name}`, hint)
  return undefined
}

function readGiven(entry: Entry, scope: Scope): ReadonlyMap<string, Scalar> | undefined {
  const map = asMapping(entry.value, '"given"', scope.reporter)
  return (
    map && readValues(map.entries, scope, each => readField(each.key, each.keySpan, scope.callbacks, scope.reporter))
  )
}

/** Values by field, each typed like its field. `null` is absent, and so left out. */
function readValues(
  entries: readonly Entry[],
  scope: Scope,
  read: (entry: Entry) => ReturnType<typeof readField>,
): ReadonlyMap<string, Scalar> | undefined {
  const values = new Map<string, Scalar>()
  let isWhole = true
  for (const entry of entries) {
    const field = read(entry)
    if (field !== undefined && (field.part.kind !== 'whole' || field.original)) {
      const hint = `Write ${field.field.name}: … for the whole field`
      scope.reporter.error(
        'unknown-field',
        entry.keySpan,
        `"${entry.key}" is a part, and the IM server sends whole fields`,
        hint,
      )
      isWhole = false
      continue
    }
    if (field !== undefined && entry.value.kind === 'scalar' && entry.value.value === null) continue
    const value = field && readValue(entry.value, field, scope)
    if (value === undefined) isWhole = false
    else values.set(entry.key, value)
  }
  return isWhole ? values : undefined
}

function readAt(entries: Entries, scope: Scope): number | undefined | 'wrong' {
  const entry = entries.get('at')
  if (entry === undefined) return undefined
  const text = asText(entry.value, 'a time', scope.reporter)
  if (text === undefined) return 'wrong'
  const instant = readInstant(text)
  if (instant !== undefined) return instant
  const local = readLocal(text)
  if (local === undefined) {
    const hint = 'Write a day and a time, as in "2026-03-01 23:30"'
    scope.reporter.error('bad-time', entry.value.span, `"${text}" is no time`, hint)
    return 'wrong'
  }
  if (scope.zone !== undefined) return instantOf(scope.zone, local.local)
  const hint = `Write zone: Asia/Shanghai (or yours) at the top of the file, or an offset: ${text}${local.isDay ? 'T00:00' : ''}+08:00`
  scope.reporter.error('missing-zone', entry.keySpan, 'Nobody can tell which clock this time is read from', hint)
  return 'wrong'
}

function readExpectation(node: Node, scope: Scope): Expectation | undefined {
  const { span } = node
  const { reporter } = scope
  if (node.kind === 'broken') return undefined
  if (node.kind === 'scalar' && node.value === 'allow') return { kind: 'allow', span }
  const shape = 'allow, { reject: 5001 } or { rewrite: { nickName: … } }'
  if (node.kind !== 'map') {
    reporter.error('wrong-value', span, `What a test expects cannot be ${shapeOf(node)}`, `Write ${shape}`)
    return undefined
  }
  const entries = readMapping(node, keys.expect, '"expect"', reporter)
  const [reject, rewrite, byEntry] = keys.expect.map(key => entries?.get(key))
  if (reject !== undefined && rewrite !== undefined) {
    const hint = 'A refused call carries no rewritten field: keep one of them'
    reporter.error('impossible-test', rewrite.keySpan, 'No call is both refused and rewritten', hint)
    return undefined
  }
  if (reject === undefined && rewrite === undefined) {
    if (entries?.size === node.entries.length) {
      reporter.error('missing-key', span, 'Nothing says what this test expects', `Write ${shape}`)
    }
    return undefined
  }
  const by = byEntry && readRuleRef(byEntry.value, scope)
  if (byEntry !== undefined && by === undefined) return undefined
  const outcome = reject === undefined ? readRewritten(rewrite as Entry, scope) : readRejected(reject, scope)
  return outcome && { ...outcome, span: ((reject ?? rewrite) as Entry).value.span, ...(by && { by }) }
}

function readRejected(entry: Entry, scope: Scope): { kind: 'reject'; code: number } | undefined {
  const code = readCode(entry.value, scope)
  return code && { kind: 'reject', code: code.code }
}

function readRewritten(
  entry: Entry,
  scope: Scope,
): { kind: 'rewrite'; fields: ReadonlyMap<string, Scalar> } | undefined {
  const map = asMapping(entry.value, '"rewrite"', scope.reporter)
  if (map === undefined) return undefined
  if (map.entries.length === 0) {
    scope.reporter.error('empty', map.span, 'Nothing is expected to change', 'Write expect: allow')
    return undefined
  }
  const fields = readValues(map.entries, scope, each => readRewritable(each, scope))
  return fields && { kind: 'rewrite', fields }
}
