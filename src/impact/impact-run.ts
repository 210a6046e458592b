import type { RuleSet } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import type { Call } from '../decide/call.ts'
import { plainOutcome, type Replied } from '../decide/replied.ts'
import { alikeCallbacks } from './alike.ts'
import type { DividedBy } from './count-groups.ts'
import { type CoverageData, RunCoverage } from './coverage.ts'
import { foundBy } from './found-by.ts'
import { MaskedRules, type Unjudged } from './masked-rules.ts'
import { PausesThen } from './pauses-then.ts'
import { type CheckData, RecordCheck, type RecordCheckOptions } from './record-check.ts'
import type { CallOnRecord, ReadLines } from './recorded.ts'
import { recordedOutcome } from './recorded-outcome.ts'
import { Refusals } from './refusals.ts'
import { type Decided, Side } from './side.ts'
import { type Protected, Tally, type TallyData } from './tally.ts'

/** All that a run, or a part of one, found out. */
export type RunData = { tally: TallyData; coverage: CoverageData; check: CheckData }

export type RunOptions = RecordCheckOptions & {
  /** What is compared with: a rule set, or what is on record. */
  base: RuleSet | 'record'
  draft: RuleSet
  /** From when on calls are compared; those before, from `warmFrom` on, only count. In ms since 1970. */
  since: number
  warmFrom: number
  /** Who is protected, by list, as named on record. */
  whoIsProtected: Protected
  /** What a sample is taken of, if the run is over one. */
  sampledBy?: DividedBy | undefined
  /** True if the hashes of values that rules name were put back in masked calls. */
  areNamesKnown: boolean
}

/** Goes through the record in its order, and compares what two rule sets make of it. */
export class ImpactRun {
  readonly #options: RunOptions
  readonly #base: Side | undefined
  readonly #draft: Side
  readonly #alike: ReadonlySet<string>
  readonly #maskedBase: MaskedRules | undefined
  readonly #maskedDraft: MaskedRules
  readonly #tally: Tally
  readonly #coverage = new RunCoverage()
  readonly #check: RecordCheck
  readonly #pauses = new PausesThen()
  readonly #refusals = new Refusals()
  readonly #applied = (ruleSet: RuleSet, rules: ReadonlySet<string>) => this.#pauses.applied(ruleSet, rules)

  constructor(options: RunOptions) {
    const { base, draft, warmFrom, since, whoIsProtected } = options
    this.#options = options
    if (base !== 'record') {
      this.#base = new Side(base, warmFrom)
      this.#maskedBase = new MaskedRules(base, options)
    }
    this.#draft = new Side(draft, warmFrom)
    this.#alike = base === 'record' ? new Set() : alikeCallbacks(base, draft)
    this.#maskedDraft = new MaskedRules(draft, options)
    this.#tally = new Tally(whoIsProtected, options.sampledBy)
    this.#check = new RecordCheck(options)
    if (warmFrom < since) this.#coverage.warmUp.from = warmFrom
  }

  get data(): RunData {
    return { tally: this.#tally.data, coverage: this.#coverage.data, check: this.#check.data }
  }

  /** What is on record before the time that is read: who was refused, and which rules were paused. */
  before(read: ReadLines, dir: string): void {
    if (read.kind === 'event') this.#pauses.event(read.event, dir)
    else if (read.kind === 'decision') this.#refusals.note(read)
  }

  /** The next line. `isMine` is false for calls that another part of the run decides. */
  async add(read: ReadLines, dir: string, isMine: boolean): Promise<void> {
    if (read.kind === 'other') return
    if (read.kind === 'event') {
      this.#pauses.event(read.event, dir)
      if (read.event.at >= this.#options.since) this.#coverage.event(read.event)
      return
    }
    if (isMine) await this.#decide(read)
    this.#refusals.note(read)
  }

  async #decide(read: CallOnRecord): Promise<void> {
    const { call, at } = read
    const isCounted = at >= this.#options.since
    const coverage = this.#coverage
    if (isCounted) coverage.calls += 1
    else coverage.warmUp.calls += 1
    if (call === 'gone' || call === 'unreadable') {
      if (!isCounted) coverage.warmUp.gone += call === 'gone' ? 1 : 0
      else coverage[call] += 1
      return
    }
    const unjudged = this.#unjudged(call, read.masked)
    const facts = new View(call.values, at)
    const before = await this.#base?.decide(call, facts, idsOf(unjudged.base))
    const isAlike = unjudged === allJudged && before !== undefined && this.#alike.has(read.callback)
    const after = isAlike ? before : await this.#draft.decide(call, facts, idsOf(unjudged.draft))
    if (isCounted) await this.#compare(read, call, { before, after, unjudged })
  }

  #unjudged(call: Call, masked: readonly string[]): { base: Unjudged; draft: Unjudged } {
    if (masked.length === 0) return allJudged
    return { base: this.#maskedBase?.of(call, masked) ?? new Map(), draft: this.#maskedDraft.of(call, masked) }
  }

  async #compare(read: CallOnRecord, call: Call, { before, after, unjudged }: Compared): Promise<void> {
    const coverage = this.#coverage
    coverage.decided(read.callback)
    if (read.isUnsure) coverage.unsure += 1
    if (after.isEarly || before?.isEarly) coverage.early += 1
    for (const [rule, fields] of unjudged.draft) coverage.masked(rule, fields)
    const isLikeRecord = before !== undefined && unjudged.base.size === 0 && this.#isBase(read)
    const paused = { rules: this.#pauses.of(read.dir, read.instance), applied: this.#applied }
    await this.#check.add(read, call, isLikeRecord ? before : undefined, paused)
    if (read.isPlain && after.outcome === plainOutcome && (before?.outcome ?? plainOutcome) === plainOutcome) {
      return this.#tally.addPlain(read.at)
    }
    const record = read.record()
    if (record === undefined) return
    const recorded = recordedOutcome(record, read.content, call.callback)
    const isByUnjudged = record.matches.some(({ rule, mode }) => mode === 'enforce' && unjudged.base.has(rule))
    const old = before === undefined || isByUnjudged ? recorded.outcome : before.outcome
    const isWhole = before === undefined || isByUnjudged ? recorded.isWhole : true
    // A rule that cannot be judged here decided this call: nobody knows what it would do as it is in the draft.
    const isUnknown = record.matches.some(({ rule, mode }) => mode === 'enforce' && unjudged.draft.has(rule))
    this.#tell(read, call, { old, now: isUnknown ? old : after.outcome, isWhole })
  }

  #tell(read: CallOnRecord, call: Call, { old, now, isWhole }: { old: Replied; now: Replied; isWhole: boolean }): void {
    const record = read.record()
    if (record === undefined) return
    const [person] = record.users
    this.#tally.addShadow(old, now, person)
    this.#tally.add({ at: read.at, before: old, after: now, isWhole }, ({ kind, rule }) => {
      const ruleSet = kind === 'no longer refused' ? this.#options.base : this.#options.draft
      const found = ruleSet === 'record' ? undefined : foundBy(ruleSet, rule, call, read.at)
      const wasRefused = person !== undefined && this.#refusals.has(person, read.at)
      return { record, call: read.content?.call ?? {}, before: old, after: now, found, wasRefused }
    })
  }

  /** Whether the rules that decided a call are those that it is compared with. */
  #isBase({ rules }: CallOnRecord): boolean {
    const { base } = this.#options
    return base !== 'record' && base.version === rules
  }
}

function idsOf(unjudged: Unjudged): ReadonlySet<string> | undefined {
  return unjudged.size === 0 ? undefined : new Set(unjudged.keys())
}

const allJudged: { base: Unjudged; draft: Unjudged } = { base: new Map(), draft: new Map() }

type Compared = { before: Decided | undefined; after: Decided; unjudged: { base: Unjudged; draft: Unjudged } }
