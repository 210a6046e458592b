import type { Callback } from '../../callbacks/callback.ts'
import { callbacks as allCallbacks } from '../../callbacks/catalogue.ts'
import type { Diagnostic } from '../../yaml/diagnostic.ts'
import { limits } from '../../yaml/limits.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { Findings } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { likelyNames } from '../advice/likely-names.ts'
import type { Condition, List, NamedCounter } from '../condition.ts'
import type { Dates } from '../dates.ts'
import type { FieldRef } from '../field.ts'
import { itemFields, itemScope } from '../item.ts'
import { readBounded } from '../read/bounded.ts'
import { readCondition } from '../read/condition.ts'
import type { CounterHead } from '../read/counter.ts'
import type { FileContext } from '../read/file-context.ts'
import { ListReadings } from '../read/list-readings.ts'
import { type Excess, Sizes } from '../read/measure.ts'
import { Patterns } from '../read/ready-patterns.ts'
import { lookUp, type NamedCode, type Names, type Noun, type Scope } from '../read/scope.ts'
import { dependencyOrder, type Use } from './dependency-order.ts'
import type { FolderFindings } from './findings.ts'

/** A named condition as written; its meaning depends on the callbacks of the rule that uses it. */
export type ConditionSource = { entry: Entry; file: FileContext }

/** A condition read for some callbacks, and the first error in it there. */
type Reading = { condition: Condition | undefined; findings: readonly Diagnostic[] }

/**
 * The names of one folder while it is read.
 *
 * Conditions are read once for each set of callbacks, and checked once on their own: an error is reported where it is,
 * and rules that use the condition report only what does not fit there.
 */
export class FolderNames implements Names {
  readonly lists = new Map<string, List | undefined>()
  readonly dates = new Map<string, Dates | undefined>()
  readonly patterns = new Patterns()
  readonly readings = new ListReadings()
  readonly codes = new Map<string, NamedCode | undefined>()
  readonly sources = new Map<string, ConditionSource | undefined>()
  readonly counters = new Map<string, NamedCounter | undefined>()
  readonly #keptCounters = new Map<string, NamedCounter>()
  readonly #heads: { head: CounterHead; file: FileContext }[] = []
  readonly #places = new Map<string, Span>()
  readonly #used = new Set<string>()
  readonly #likely = new Set<string>()
  readonly #unsure = new Set<Noun>()
  readonly #readings = new Map<string, Reading>()
  readonly #wrong = new Set<string>()
  readonly #sizes = new Sizes()
  #entries = 0

  /** Records where a name is defined, if there is room; returns where it was defined before, if it was. */
  define(noun: Noun, name: string, span: Span): Span | undefined | 'no room' {
    const key = keyOf(noun, name)
    const first = this.#places.get(key)
    if (first !== undefined) return first
    if (this.#places.size >= limits.names) return 'no room'
    this.#places.set(key, span)
    return undefined
  }

  /** Whether there is room for a list; if so, its entries count. */
  hasRoomFor({ entries, except }: List): boolean {
    const count = entries.length + (except?.entries.length ?? 0)
    if (this.#entries + count > limits.entries) return false
    this.#entries += count
    return true
  }

  hasCondition(name: string): boolean {
    return this.sources.has(name)
  }

  use(noun: Noun, name: string): void {
    this.#used.add(keyOf(noun, name))
  }

  /** Records all names that a file uses. */
  useAll(uses: ReadonlySet<string>): void {
    for (const key of uses) this.#used.add(key)
  }

  /** The same names for one file, whose uses are collected for `useAll`. */
  usedIn(uses: Set<string>): Names {
    const { lists, dates, codes, counters, patterns, readings } = this
    return {
      lists,
      dates,
      codes,
      counters,
      patterns,
      readings,
      condition: (name, span, scope) => this.condition(name, span, scope),
      hasCondition: name => this.hasCondition(name),
      use: (noun, name) => uses.add(keyOf(noun, name)),
      isUncertain: (noun, name) => this.isUncertain(noun, name),
      excess: condition => this.excess(condition),
      testsIn: condition => this.testsIn(condition),
    }
  }

  /** Where unused names are defined. Correct only after all rules of the folder have been read. */
  *unused(): Generator<{ noun: Noun; name: string; span: Span }> {
    for (const [key, span] of this.#places) {
      const [noun, name] = [key.slice(0, key.indexOf(' ')) as Noun, key.slice(key.indexOf(' ') + 1)]
      if (!this.#used.has(key)) yield { noun, name, span }
    }
  }

  /** Records a text that cannot be fully read: it may define the names that are in it. */
  addUnreadable(text: string): void {
    if (text.length > longestSearched) this.addUnread()
    else for (const name of likelyNames(text)) this.#likely.add(name)
  }

  /** Records that a file is not read: it may define any name. */
  addUnread(): void {
    for (const noun of ['code', 'list', 'date', 'condition', 'counter', 'rule'] as const) this.#unsure.add(noun)
  }

  /** Records that something with a name cannot be read: it may have any name of its kind. */
  addUnreadableName(noun: Noun): void {
    this.#unsure.add(noun)
  }

  isUncertain(noun: Noun, name: string): boolean {
    return this.#unsure.has(noun) || this.#likely.has(name)
  }

  excess(condition: Condition): Excess | undefined {
    return this.#sizes.excess(condition)
  }

  testsIn(condition: Condition): number {
    return this.#sizes.of(condition).tests
  }

  *condition(name: string, span: Span, scope: Scope): Steps<Condition | undefined> {
    const unknown = { code: 'unknown-condition', noun: 'condition', title: 'Conditions' } as const
    const source = lookUp(this.sources, name, span, scope, unknown)
    if (source === undefined || this.#wrong.has(name)) return undefined
    const { condition, findings } = yield* this.#read(name, source, scope)
    const [first] = findings
    if (first !== undefined && condition === undefined) {
      scope.reporter.error(first.code, span, `${first.message} (in the condition "${name}")`, first.hint)
    }
    return condition
  }

  /**
   * Checks every condition on its own, after those that it uses; the invalid ones are then not reported again where
   * they are used. Pauses after each.
   */
  *checkConditions(findings: FolderFindings): Generator<undefined> {
    const uses = new Map<string, readonly Use<Span>[]>()
    for (const [name, source] of this.sources) {
      uses.set(name, source ? usesIn(source.entry.value) : [])
      yield
    }
    const { order, circles, circular } = yield* dependencyOrder(uses)
    for (const name of circular) this.#wrong.add(name)
    for (const { use, names, length } of circles) {
      const way = [...(length > names.length ? [...names, '…'] : names), use.name].join(' → ')
      const message = `The condition "${use.name}" refers to itself: ${way}`
      findings.error('condition-circle', use.place, message, 'Remove one of these references')
    }
    yield
    for (const name of order) {
      const source = this.sources.get(name)
      if (source !== undefined && !this.#wrong.has(name)) yield* this.#checkAlone(name, source, findings)
      yield
    }
  }

  /**
   * A condition is valid if it can be read for one of its file's callbacks, or for any if the file names none, or for
   * the items of one of their lists. Not reported once the limit of errors is reached.
   */
  *#checkAlone(name: string, source: ConditionSource, findings: FolderFindings): Generator<undefined> {
    const { entry, file } = source
    if (findings.isFullFor(entry.keySpan.file)) {
      this.#wrong.add(name)
      return
    }
    yield* this.patterns.ready(entry.value)
    const candidates = file.callbacks?.length ? file.callbacks : allCallbacks
    let best: Reading | undefined
    for (const scope of [
      ...candidates.map(callback => ({ callbacks: [callback] })),
      ...itemScopes(candidates, file.scope),
    ]) {
      const reading = yield* this.#read(name, source, scope)
      if (best === undefined || reading.findings.length < best.findings.length) best = reading
      if (reading.findings.length === 0) break
      yield
    }
    for (const diagnostic of best?.findings ?? []) findings.add(diagnostic)
    if (best?.findings.some(({ code }) => code === 'missing-zone')) file.scope.clock.isReported = true
    const excess = best?.condition && this.excess(best.condition)
    if (excess !== undefined) findings.error(excess.code, entry.keySpan, excess.message, excess.hint)
    if (excess !== undefined || best?.condition === undefined) this.#wrong.add(name)
  }

  /** Lets counters be the same objects as in an earlier reading with the same definitions: rules refer to them. */
  keepCounters(counters: ReadonlyMap<string, NamedCounter>): void {
    for (const [name, counter] of counters) this.#keptCounters.set(name, counter)
  }

  /** Stores a counter, whose condition is read by `readCounters`; a name without one exists and is invalid. */
  defineCounter(name: string, head: CounterHead | undefined, file: FileContext): void {
    this.counters.set(name, head && (this.#keptCounters.get(name) ?? head.counter))
    if (head !== undefined) this.#heads.push({ head, file })
  }

  /** Reads the conditions of counters, once all conditions have been checked. Pauses after each. */
  *readCounters(findings: FolderFindings): Generator<undefined> {
    for (const { head, file } of this.#heads) {
      yield
      const { counter, when: entry } = head
      if (entry === undefined || findings.isFullFor(entry.keySpan.file)) continue
      yield* this.patterns.ready(entry.value)
      const reporter = new Findings()
      const scope: Scope = { ...file.scope, callbacks: counter.callbacks, counts: 'nothing', reporter }
      const when = yield* readBounded(entry, scope)
      for (const diagnostic of reporter.diagnostics) findings.add(diagnostic)
      // Until now nothing has looked at the counter; one of an earlier reading is whole.
      if (when !== undefined) Object.assign(counter, { when })
    }
  }

  *#read(
    name: string,
    { entry, file }: ConditionSource,
    { callbacks, item, counts }: Pick<Scope, 'callbacks' | 'item' | 'counts'>,
  ): Steps<Reading> {
    const isCounted = counts === 'nothing'
    const key = JSON.stringify([name, item?.list.text, isCounted, ...callbacks.map(({ command }) => command)])
    const known = this.#readings.get(key)
    if (known !== undefined) return known
    const reporter = new Findings()
    // A zone reported in one attempt must not silence the next.
    const clock = { ...file.scope.clock }
    const within = { ...(item && { item }), ...(isCounted && { counts }) }
    const scope: Scope = { ...file.scope, clock, callbacks, ...within, reporter }
    const condition = yield* readCondition(entry.value, scope)
    const reading = { condition, findings: reporter.diagnostics }
    this.#readings.set(key, reading)
    return reading
  }
}

/** A longer unreadable text is not searched for names that it may define: that takes time. */
const longestSearched = 65_536

/** The key of a name: the noun has no space in it. */
function keyOf(noun: Noun, name: string): string {
  return `${noun} ${name}`
}

/** The items of each list of some callbacks. */
function* itemScopes(callbacks: readonly Callback[], scope: Omit<Scope, 'callbacks'>): Generator<Scope> {
  for (const callback of callbacks) {
    for (const field of callback.fields.filter(each => itemFields(each).length > 0)) {
      const list: FieldRef = { text: field.name, field, part: { kind: 'whole' }, original: false, kind: 'list' }
      const items = itemScope(list, { ...scope, callbacks: [callback] }, nowhere)
      if (items !== undefined) yield items
    }
  }
}

/** A single callback cannot disagree with itself, so nothing is ever reported here. */
const nowhere: Span = { file: '', start: 0, end: 0 }

/** Every `use:` in a condition. */
function usesIn(node: Node): Use<Span>[] {
  if (node.kind === 'list') return node.items.flatMap(usesIn)
  if (node.kind !== 'map') return []
  return node.entries.flatMap(({ key, value }) => {
    const isUse = key === 'use' && value.kind === 'scalar' && typeof value.value === 'string'
    return isUse ? [{ name: value.value as string, place: value.span }] : usesIn(value)
  })
}
