import { createHash } from 'node:crypto'
import type { Condition } from '../language/condition.ts'
import { readFolder } from '../language/folder/folder.ts'
import type { Parsed } from '../language/read/reading.ts'
import type { Folder, Rule } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { atOnce } from '../yaml/steps.ts'
import { countingOf } from './counting.ts'
import { Evaluator } from './evaluate.ts'
import type { Judged } from './judged.ts'
import { longTestsIn } from './long-tests.ts'
import { lower } from './lower.ts'
import { namedCounters } from './named-counters.ts'
import { asksIn } from './open-questions.ts'
import { readyConditions } from './ready-conditions.ts'
import { readyLists } from './ready-lists.ts'
import type { CompiledRule, Counts, OwnCount, RuleSet, Stage, Stages } from './ruleset.ts'
import { makeSieve } from './sieve.ts'
import { Slots } from './slots.ts'

import type { Slot } from './view.ts'
import { ownOftenOf, withoutCounts } from './without-counts.ts'

/** A compiled folder; without a rule set if there is an error. `sources` has the texts that were read. */
export type Compiled = {
  ruleSet: RuleSet | null
  diagnostics: readonly Diagnostic[]
  sources: ReadonlyMap<string, string>
}

/** Whether a folder without rules is fine, its files already parsed, and the rules in force. */
export type CompileOptions = {
  allowEmpty?: boolean
  parsed?: Parsed
  /** Whatever was built from rules and lists that are unchanged is reused. */
  before?: RuleSet | null
  /** True when `before` is being replaced: a file of it that is empty now is then an error. */
  isReload?: boolean
  /** True when both decide the same calls: whatever they look at is the same slot for both. */
  isBeside?: boolean
}

/** Compiles a rules folder in one go. Pure; invalid files never make it throw. */
export function compile(files: readonly SourceFile[], options: CompileOptions = {}): Compiled {
  return atOnce(compileInSteps(files, options))
}

/** Like `compile`, pausing after each small piece of work so that the caller can let other work run. */
export function* compileInSteps(
  files: readonly SourceFile[],
  options: CompileOptions = {},
): Generator<undefined, Compiled> {
  const { parsed, before, isReload } = options
  const given = { parsed, before: before ?? undefined, isReload }
  const { folder, diagnostics, sources, kept } = yield* readFolder(files, given)
  if (folder === undefined || kept === undefined) return { ruleSet: null, diagnostics, sources }
  if (folder.rules.length === 0 && options.allowEmpty !== true) {
    return { ruleSet: null, diagnostics: [...diagnostics, noRules], sources }
  }
  const ruleSet = yield* makeRuleSet(folder, { sources, kept, before: before ?? undefined, isBeside: options.isBeside })
  return { ruleSet, diagnostics, sources }
}

/** What a rule set is built from besides the rules: the texts and their results, and the previous rule set. */
type Making = Pick<RuleSet, 'sources' | 'kept'> & { before?: RuleSet | undefined; isBeside?: boolean | undefined }

/** Builds the rule set of a folder without errors, in small steps. */
export function* makeRuleSet(
  folder: Folder,
  { sources, kept, before, isBeside }: Making,
): Generator<undefined, RuleSet> {
  const made = before?.compiled
  const isLikeBefore = isBeside || folder.rules.some(rule => made?.has(rule))
  const slots = before && isLikeBefore ? before.slots.copy() : new Slots()
  const counting = yield* countingOf(folder)
  const evaluator = new Evaluator(slots, counting)
  const ready = new Set<Condition>()
  const compiled = new Map<Rule, CompiledRule>()
  for (const [place, rule] of inTotalOrder(folder.rules).entries()) {
    const known = keptOf(made?.get(rule), evaluator)
    if (known === undefined) {
      yield* readyLists(rule, ready)
      yield* readyConditions(rule, evaluator)
    }
    compiled.set(rule, known === undefined ? compileRule(rule, place, evaluator) : inPlace(known, place))
    yield
  }
  const version = yield* versionOf(sources)
  return Object.freeze({
    version,
    counts: count(folder.rules),
    paused: [],
    stages: yield* byCallback([...compiled.values()]),
    slots,
    counters: counting.counters,
    named: namedCounters(counting.named, evaluator, slots),
    cases: folder.cases,
    language: folder.language,
    lists: folder.lists,
    protects: folder.protects,
    sources,
    kept,
    compiled,
  })
}

/** Reported for the folder as a whole, which has no line to point at. */
const noRules: Diagnostic = {
  severity: 'error',
  code: 'no-rules',
  message: 'This folder has no rules',
  span: { file: '.', start: 0, end: 0 },
  hint: 'Add a file such as names.yaml that contains rules:',
}

const stageOf: Record<Rule['outcome']['kind'], Stage> = { rewrite: 'rewrite', allow: 'exempt', reject: 'reject' }

/** A compiled rule that may go on: one with a count of its own only while that is the same. */
function keptOf(rule: CompiledRule | undefined, evaluator: Evaluator): CompiledRule | undefined {
  if (rule?.count === undefined) return rule
  const own = evaluator.ownCounter(rule.count.often)
  return own?.counter === rule.count.counter && own.hold?.counter === rule.count.hold?.counter ? rule : undefined
}

function inPlace(rule: CompiledRule, place: number): CompiledRule {
  return rule.place === place ? rule : Object.freeze({ ...rule, place })
}

/** Compiles one rule. */
export function compileRule(rule: Rule, place: number, evaluator: Evaluator): CompiledRule {
  const when = evaluator.ready(rule.when)
  const unless = rule.unless && evaluator.ready(rule.unless)
  const stage = stageOf[rule.outcome.kind]
  const count = ownCountOf(rule, evaluator)
  const share = evaluator.share(rule)
  return Object.freeze({
    id: rule.id,
    stage,
    place,
    mode: rule.mode,
    ...(share && { share }),
    ...(rule.from !== undefined && { from: rule.from }),
    ...(rule.until !== undefined && { until: rule.until }),
    when,
    ...(unless && { unless }),
    outcome: rule.outcome,
    ofItems: new Map(conditionsOfItems(rule, evaluator)),
    slots: [...new Set([...slotsIn(when), ...(unless ? slotsIn(unless) : [])])],
    longTests: [...longTestsIn(when), ...(unless ? longTestsIn(unless) : [])],
    ...(count && { count }),
    asks: asksIn(when) || (unless !== undefined && asksIn(unless)),
    definition: Object.freeze({
      name: rule.id,
      conditions: lower(when, unless, rule.ifUnsure),
      event: { type: rule.outcome.kind },
    }),
    rule,
  })
}

function ownCountOf(rule: Rule, evaluator: Evaluator): OwnCount | undefined {
  const often = ownOftenOf(rule)
  const own = often && evaluator.ownCounter(often)
  if (often === undefined || own === undefined) return undefined
  const slot = evaluator.ready(often).leaf?.slot
  if (slot === undefined || slot === 'time') return undefined
  const { counter, hold } = own
  const beside = withoutCounts(rule.when)
  return { often, counter, slot, ...(hold && { hold }), ...(beside && { beside: evaluator.ready(beside) }) }
}

function conditionsOfItems({ outcome }: Rule, evaluator: Evaluator): [Condition, Judged][] {
  if (outcome.kind !== 'rewrite') return []
  return outcome.fields.flatMap(({ field, steps }) =>
    steps.flatMap((step): [Condition, Judged][] => {
      const when = step.kind === 'each item' ? step.when : undefined
      return when === undefined ? [] : [[when, evaluator.readyForItem(field, when)]]
    }),
  )
}

function slotsIn({ leaf, parts }: Judged): Slot[] {
  if (leaf !== undefined) return leaf.slot === 'time' ? [] : [leaf.slot]
  return parts.flatMap(slotsIn)
}

function count(rules: readonly Rule[]): Counts {
  const counts = { total: rules.length, enforce: 0, shadow: 0, disabled: 0 }
  for (const { mode } of rules) counts[mode] += 1
  return Object.freeze(counts)
}

/** Rules arrive by file and position, so a stable sort by `order` makes the total order. */
function inTotalOrder(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => a.order - b.order)
}

function* byCallback(rules: readonly CompiledRule[]): Generator<undefined, ReadonlyMap<string, Stages>> {
  const grouped = new Map<string, Record<Stage, CompiledRule[]>>()
  for (const rule of rules) {
    for (const { command } of rule.rule.callbacks) {
      const found = grouped.get(command) ?? { rewrite: [], exempt: [], reject: [] }
      found[rule.stage].push(rule)
      grouped.set(command, found)
    }
  }
  const stages = new Map<string, Stages>()
  for (const [command, { rewrite, exempt, reject }] of grouped) {
    stages.set(command, {
      rewrite: { rules: rewrite, mayFire: yield* makeSieve(rewrite) },
      exempt: { rules: exempt, mayFire: yield* makeSieve(exempt) },
      reject: { rules: reject, mayFire: yield* makeSieve(reject) },
    })
  }
  return stages
}

/** How many code units are hashed in a millisecond or less. */
const hashedAtOnce = 256 * 1024

/** A hash of the texts, independent of the order in which they were read. */
function* versionOf(sources: ReadonlyMap<string, string>): Generator<undefined, string> {
  const hash = createHash('sha256')
  for (const [file, text] of sources) {
    hash.update(`${file.length} ${file} ${text.length} `)
    for (let start = 0; start < text.length; ) {
      const end = endOfPiece(text, start)
      hash.update(text.slice(start, end))
      start = end
      yield
    }
  }
  return hash.digest('hex').slice(0, 16)
}

/** Where a piece of a text ends, so that no character is split. */
function endOfPiece(text: string, start: number): number {
  const end = Math.min(start + hashedAtOnce, text.length)
  const isCut = end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))
  return isCut ? end + 1 : end
}
