import type { RuleSet } from '../compile/ruleset.ts'
import type { Call } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import { differenceOf } from '../decide/difference.ts'
import { outcomeOf, plainOutcome, type Replied } from '../decide/replied.ts'
import { recordedCounts } from '../record/recorded-counts.ts'
import { MaskedRules } from './masked-rules.ts'
import type { CallOnRecord } from './recorded.ts'
import { recordedOutcome } from './recorded-outcome.ts'
import type { Decided } from './side.ts'

/**
 * Why a call is decided otherwise than it was: a count reaches back before what was read; counts differ, as where several
 * processes count together; not everything was known then; another version of the program; or nothing of that.
 */
export type CheckReason = 'early' | 'counts' | 'unsure' | 'program' | 'unknown'

/** How the record compares with deciding its calls again by the rules of their time, as plain data. */
export type CheckData = {
  checked: number
  same: number
  /** Calls by reason, and an id of each. */
  otherwise: readonly { reason: CheckReason; calls: number; example: string }[]
  /** Calls whose rules are not kept, by version. */
  notKept: Readonly<Record<string, number>>
  /** Calls that were decided while rules were paused, by rule. */
  paused: Readonly<Record<string, number>>
  /** The versions of rules and programs that decided. */
  versions: Readonly<Record<string, number>>
  apps: Readonly<Record<string, number>>
}

/** What is counted by name. */
type Named = 'notKept' | 'paused' | 'versions' | 'apps'

type Then = { ruleSet: RuleSet; masked: MaskedRules }

export type RecordCheckOptions = {
  /** The rules of a version; undefined if they are not kept, or do not load. */
  rulesThen(dir: string, version: string): Promise<RuleSet | undefined>
  /** The version of this program. */
  app: string
}

/** So many calls are checked one by one, and of the others every hundredth. */
const mostChecked = 1000

/** Decides recorded calls again by the rules of their time, and compares. */
export class RecordCheck {
  readonly #options: RecordCheckOptions
  readonly #sets = new Map<string, Then | undefined>()
  #checked = 0
  #same = 0
  #asked = 0
  readonly #otherwise = new Map<CheckReason, { calls: number; example: string }>()
  readonly #counts = { notKept: new Map(), paused: new Map(), versions: new Map(), apps: new Map() } as Record<
    Named,
    Map<string, number>
  >

  constructor(options: RecordCheckOptions) {
    this.#options = options
  }

  /** `decided` is what the same rules made of it, with counts of their own; undefined if other rules decided. */
  async add(recorded: CallOnRecord, call: Call, decided: Decided | undefined, paused: Paused): Promise<void> {
    this.#count('versions', recorded.rules)
    this.#count('apps', recorded.app)
    for (const rule of paused.rules) this.#count('paused', rule)
    if (decided === undefined || paused.rules.size > 0) return this.#checkSome(recorded, call, paused)
    this.#checked += 1
    const isSame = isAsRecorded(recorded, call, decided.outcome)
    if (isSame) this.#same += 1
    else this.#other(await this.#reasonFor(recorded, call, { paused, decided }), recorded.id)
  }

  get data(): CheckData {
    const of = (key: Named) => Object.fromEntries([...this.#counts[key]].sort())
    return {
      ...{ checked: this.#checked, same: this.#same },
      otherwise: [...this.#otherwise].map(([reason, each]) => ({ reason, ...each })).sort((a, b) => b.calls - a.calls),
      ...{ notKept: of('notKept'), paused: of('paused'), versions: of('versions'), apps: of('apps') },
    }
  }

  join(data: CheckData): void {
    this.#checked += data.checked
    this.#same += data.same
    for (const { reason, calls, example } of data.otherwise) this.#other(reason, example, calls)
    for (const key of ['notKept', 'paused', 'versions', 'apps'] as const) {
      for (const [name, count] of Object.entries(data[key])) this.#count(key, name, count)
    }
  }

  async #checkSome(recorded: CallOnRecord, call: Call, paused: Paused): Promise<void> {
    this.#asked += 1
    if (this.#asked > mostChecked && !isHundredth(recorded.id)) return
    const isSame = await this.#isSameByFacts(recorded, call, paused)
    if (isSame === undefined) return
    this.#checked += 1
    if (isSame) this.#same += 1
    else this.#other(await this.#reasonFor(recorded, call, { paused }), recorded.id)
  }

  async #reasonFor(
    recorded: CallOnRecord,
    call: Call,
    { paused, decided }: { paused: Paused; decided?: Decided },
  ): Promise<CheckReason> {
    if (decided?.isEarly) return 'early'
    if (recorded.isUnsure) return 'unsure'
    if (decided !== undefined && (await this.#isSameByFacts(recorded, call, paused))) return 'counts'
    return recorded.app === this.#options.app ? 'unknown' : 'program'
  }

  /** Whether the rules of the time decide a call as recorded, given the counts that were known; undefined if unknown. */
  async #isSameByFacts(recorded: CallOnRecord, call: Call, { rules, applied }: Paused): Promise<boolean | undefined> {
    const then = await this.#then(recorded)
    if (then === undefined) {
      this.#count('notKept', recorded.rules)
      return undefined
    }
    if (then.masked.of(call, recorded.masked).size > 0) return undefined
    const counts = recordedCounts(recorded.record()?.facts)
    const decision = await decide(applied(then.ruleSet, rules), call, recorded.at, { counts })
    return isAsRecorded(recorded, call, outcomeOf(decision, call.callback))
  }

  async #then({ dir, rules }: CallOnRecord): Promise<Then | undefined> {
    const key = `${dir}\n${rules}`
    if (!this.#sets.has(key)) {
      const ruleSet = await this.#options.rulesThen(dir, rules)
      const masked = ruleSet && new MaskedRules(ruleSet, { areNamesKnown: false })
      this.#sets.set(key, ruleSet && masked && { ruleSet, masked })
    }
    return this.#sets.get(key)
  }

  #other(reason: CheckReason, id: string, calls = 1): void {
    const known = this.#otherwise.get(reason)
    // Ids are sorted by time: the example is the first one, whichever part has it.
    const example = known !== undefined && known.example < id ? known.example : id
    this.#otherwise.set(reason, { calls: (known?.calls ?? 0) + calls, example })
  }

  #count(key: Named, name: string, count = 1): void {
    this.#counts[key].set(name, (this.#counts[key].get(name) ?? 0) + count)
  }
}

/** The rules that were paused at the time, and how a rule set decides with them in shadow. */
export type Paused = { rules: ReadonlySet<string>; applied(ruleSet: RuleSet, rules: ReadonlySet<string>): RuleSet }

function isAsRecorded(recorded: CallOnRecord, call: Call, decided: Replied): boolean {
  if (recorded.isPlain && decided === plainOutcome) return true
  const record = recorded.record()
  if (record === undefined) return false
  const { outcome, isWhole } = recordedOutcome(record, recorded.content, call.callback)
  if (differenceOf(outcome, decided, { isWhole }) !== undefined) return false
  const rule = (each: Replied) => (each.kind === 'reject' ? each.rule : '')
  return rule(outcome) === rule(decided) && outcome.shadow.join('\n') === decided.shadow.join('\n')
}

/** One of a hundred ids, always the same ones. */
function isHundredth(id: string): boolean {
  let mixed = 0
  for (let at = 0; at < id.length; at++) mixed = (Math.imul(mixed, 31) + id.charCodeAt(at)) >>> 0
  return (Math.imul(mixed, 2_654_435_761) >>> 0) % 100 === 0
}
