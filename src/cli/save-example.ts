import { findCallback } from '../callbacks/catalogue.ts'
import { isDerived } from '../callbacks/fields.ts'
import type { WantedResult } from '../cases/added-test.ts'
import { lookedAt } from '../cases/looked-at.ts'
import { onlyRule } from '../cases/run-case.ts'
import { rulesOf } from '../cases/run-cases.ts'
import { doesSomething } from '../cases/written-case.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { countsAfter } from '../count/earlier.ts'
import type { Call } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import { visible } from '../language/show/visible.ts'
import { readCall } from '../protocol/request.ts'
import type { RecordedDecision } from '../record/record-line.ts'
import { type FoundDecision, findDecision } from './find-decision.ts'
import { UsageError } from './io.ts'
import { load } from './load.ts'
import type { RecordsAsked } from './records-asked.ts'
import { type Saved, saveTest } from './save-test.ts'

/** A call on record that becomes a test of a draft: whether what the draft does to it is right. */
export type ExampleToSave = { id: string; says: 'right' | 'wrong'; dir: string; asked: RecordsAsked }

/**
 * Add a call on record to the tests of the rule of a draft that decides it: what is right stays as it is, and what is
 * wrong fails until the rule is changed. Throws UsageError that says why a call cannot be a test.
 */
export async function saveExample({ id, says, dir, asked }: ExampleToSave): Promise<Saved> {
  const { found } = await findDecision(id, asked)
  if (found === undefined)
    throw new UsageError(`There is no decision ${id} on record in ${asked.places.folders.join(', ')}`)
  const call = callOf(found)
  const { ruleSet } = await load(dir)
  if (ruleSet === null) throw new UsageError(`The rules in ${dir} have errors: hookwarden check ${dir}`)
  const { decision } = found
  const at = { call, at: decision.at }
  const made = await decideAlone({ ruleSet, ...at })
  const ruleId = ruleThatDecides(made) ?? ruleThatDecided(decision, call, ruleSet)
  if (ruleId === undefined) throw new UsageError(noRule(id, ruleSet))
  refuseMasked(ruleId, { ruleSet, ...at }, decision)
  const isByDraft = ruleThatDecides(made) !== undefined
  if (isByDraft) await refuseCounted(ruleId, { ruleSet, ...at })
  return saveTest({ ruleSet, ...at, after: [], dir, ruleId, ...wantedOf({ says, isByDraft }, decision) })
}

/** Wrong to refuse or change it: it should be let through. Wrong to let it through: it should be refused as before. */
function wantedOf(
  { says, isByDraft }: { says: ExampleToSave['says']; isByDraft: boolean },
  { code }: RecordedDecision,
): { wanted?: WantedResult } {
  if (says === 'right') return {}
  if (isByDraft) return { wanted: 'allow' }
  return code === undefined ? {} : { wanted: { reject: code } }
}

function callOf({ decision, content }: FoundDecision): Call {
  const { id, callback: name } = decision
  if (content === undefined) throw new UsageError(`What call ${id} said is no longer on record, so it cannot be a test`)
  const callback = findCallback(name)
  if (callback === undefined) throw new UsageError(`This version of hookwarden does not know ${visible(name)}`)
  const read = readCall(callback, content.call, { maxTextBytes: Number.MAX_SAFE_INTEGER })
  if (!read.ok) throw new UsageError(`Call ${id} cannot be read: ${read.problem}`)
  return read.call
}

type CallIn = { ruleSet: RuleSet; call: Call; at: number }

async function decideAlone({ ruleSet, call, at }: CallIn): Promise<Decision> {
  return decide(ruleSet, call, at, { counts: await countsAfter(ruleSet, [], { call, at }) })
}

function ruleThatDecides(decision: Decision): string | undefined {
  return decision.kind === 'reject' ? decision.rule : decision.changes.at(-1)?.rule
}

/** The rule that refused or changed it when it came, if the draft still has it. */
function ruleThatDecided({ rule, changes }: RecordedDecision, { callback }: Call, ruleSet: RuleSet) {
  const id = rule ?? changes.at(-1)?.rule
  return rulesOf(ruleSet).find(each => each.id === id && each.rule.callbacks.includes(callback))?.id
}

function noRule(id: string, ruleSet: RuleSet): string {
  const counts = ruleSet.counters.size === 0 ? '' : '. A rule that counts earlier calls needs them in its test: after:'
  return `No rule of the draft refuses or changes ${id} by itself, so there is none to keep a test${counts}`
}

/** The test would have hashes in it. What is worked out from a masked message is masked. */
function refuseMasked(ruleId: string, { ruleSet, call }: CallIn, { id, masked = [] }: RecordedDecision): void {
  const rule = rulesOf(ruleSet).find(each => each.id === ruleId)
  const derived = masked.includes('content') ? call.callback.fields.filter(isDerived).map(({ name }) => name) : []
  const hidden = rule === undefined ? [] : [...masked, ...derived].filter(field => lookedAt(rule).has(field))
  if (hidden.length === 0) return
  throw new UsageError(`${ruleId} looks at ${hidden.join(', ')}, which the record masks: ${id} cannot be its test`)
}

/** A test runs its rule alone: what other rules set or count for it is missing there. */
async function refuseCounted(ruleId: string, { ruleSet, ...at }: CallIn): Promise<void> {
  const rule = rulesOf(ruleSet).find(each => each.id === ruleId)
  if (rule === undefined || doesSomething(await decideAlone({ ruleSet: onlyRule(rule, ruleSet), ...at }))) return
  throw new UsageError(
    `${ruleId} does nothing to this call by itself: other rules change or count it first. Write the test by hand`,
  )
}
