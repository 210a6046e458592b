import { startedOver } from '../compile/counting.ts'
import type { CompiledRule, RuleSet, Stage } from '../compile/ruleset.ts'
import { sentencesOf } from '../language/show/sentence.ts'
import { visible } from '../language/show/visible.ts'
import type { Steps } from '../yaml/steps.ts'
import { dateChanges } from './date-changes.ts'
import { listChanges } from './list-changes.ts'
import { isCoveredBy, isStricter, listsOf } from './stricter.ts'

/**
 * A change described in lines. The first names it, after `+`, `-` or `~`. `isStricter`: it may reject calls that passed
 * before.
 */
export type Described = { lines: readonly string[]; isStricter: boolean }

/** Changes between two rule sets, in blocks under their headings: what gets stricter first. */
export type Changed = { stricter: readonly Described[]; others: readonly Described[] }

/** Limits of a description. */
export type DescribeLimits = {
  /** How many rules are described; the rest are counted. */
  rules: number
  /** How many pairs of rules are compared to tell a renamed rule from a new one; a rule beyond counts as new. */
  pairs: number
}

const noLimits: DescribeLimits = { rules: Number.POSITIVE_INFINITY, pairs: Number.POSITIVE_INFINITY }

/** Describe the changes between two rule sets in plain sentences. Pauses after each small piece of work. */
export function* describeChanges(old: RuleSet, now: RuleSet, limits = noLimits): Steps<Changed> {
  const [olds, nows] = [byId(old), byId(now)]
  yield
  const all = [
    ...(yield* ruleChangesIn(olds, nows, limits)),
    ...(yield* orderChanges(olds, nows)),
    ...(yield* changedLists(old, now, { olds, nows })),
    ...(yield* changedDates(old, now, { olds, nows })),
    ...changedCounts(old, now),
    ...changedProtection(old, now),
  ]
  return { stricter: all.filter(each => each.isStricter), others: all.filter(each => !each.isStricter) }
}

/** The lists of people that are protected otherwise. */
function changedProtection(old: RuleSet, now: RuleSet): Described[] {
  const [gone, come] = [
    old.protects.filter(name => !now.protects.includes(name)),
    now.protects.filter(name => !old.protects.includes(name)),
  ]
  if (gone.length + come.length === 0) return []
  const lines = [...gone.map(name => `  - ${visible(name)}`), ...come.map(name => `  + ${visible(name)}`)]
  return [{ lines: ['~ the protected lists changed', ...lines], isStricter: false }]
}

/** The counters that start over, because they count something else now. */
function changedCounts(old: RuleSet, now: RuleSet): Described[] {
  return startedOver(old.counters.values(), now.counters.values()).map(name => ({
    lines: [`~ the counts of ${name} start over: it counts something else now`],
    isStricter: false,
  }))
}

/** The blocks of text that describe changes, headings among them. `paint` gets each heading and each change. */
export function blocksOf({ stricter, others }: Changed, paint: Paint = plainly): readonly string[] {
  const titles = stricter.length === 0 ? [] : [paint.title('May reject calls that passed before:')]
  const more = stricter.length > 0 && others.length > 0 ? [paint.title('Other changes:')] : []
  return [...titles, ...stricter.map(paint.change), ...more, ...others.map(paint.change)]
}

/** How headings and changes become text. */
export type Paint = { title(text: string): string; change(change: Described): string }

const plainly: Paint = { title: text => text, change: ({ lines }) => lines.join('\n') }

type ById = ReadonlyMap<string, CompiledRule>
type Both = { olds: ById; nows: ById }

/** In the order they run, in the modes that the files state. */
function byId({ compiled }: RuleSet): ById {
  return new Map(Array.from(compiled.values(), rule => [rule.id, rule]))
}

function* ruleChangesIn(olds: ById, nows: ById, limits: DescribeLimits): Steps<Described[]> {
  const described: Described[] = []
  const left = { removed: 0, added: 0, changed: 0 }
  const room = { pairs: limits.pairs }
  const hasRoom = () => described.length < limits.rules
  for (const [id, rule] of olds) {
    if (nows.has(id)) continue
    if (!hasRoom()) left.removed += 1
    else described.push(removed(rule))
    yield
  }
  for (const [id, rule] of nows) {
    const old = olds.get(id)
    // Rules that were not read again are the same objects.
    if (old?.rule === rule.rule) continue
    yield
    if (!hasRoom()) left[old === undefined ? 'added' : 'changed'] += 1
    else if (old !== undefined) described.push(...changed(old, rule))
    else described.push(added(rule, yield* isCoveredByAny(rule, olds, room)))
  }
  return [...described, ...summaryOf(left)]
}

/** What is only counted may be stricter. A rule that was read again may mean the same. */
function summaryOf({ removed, added, changed }: Record<'removed' | 'added' | 'changed', number>): Described[] {
  const counts = [
    added > 0 && `+ ${added} more rules were added`,
    removed > 0 && `- ${removed} more rules were removed`,
    changed > 0 && `~ ${changed} more rules were read again, which may have changed`,
  ]
  return counts.flatMap(line => (line === false ? [] : [{ lines: [line], isStricter: true }]))
}

function removed(rule: CompiledRule): Described {
  const lines = [`- ${rule.id} was removed`, ...marked('-', sentences(rule))]
  return { lines, isStricter: isStricter(rule, undefined) }
}

function added(rule: CompiledRule, isCovered: boolean): Described {
  const lines = [`+ ${rule.id} was added`, ...marked('+', sentences(rule))]
  return { lines, isStricter: isStricter(undefined, rule) && !isCovered }
}

function changed(old: CompiledRule, now: CompiledRule): Described[] {
  const [was, is] = [sentences(old), sentences(now)]
  if (was.join('\n') === is.join('\n')) return []
  const [gone, come] = [was.filter(line => !is.includes(line)), is.filter(line => !was.includes(line))]
  const lines = [`~ ${now.id} changed`, ...marked('-', gone), ...marked('+', come)]
  return [{ lines, isStricter: isStricter(old, now) }]
}

/** Whether a rule of the old set rejected all that a new rule does. */
function* isCoveredByAny(rule: CompiledRule, olds: ById, room: { pairs: number }): Steps<boolean> {
  if (!isStricter(undefined, rule)) return false
  for (const other of olds.values()) {
    if (room.pairs-- <= 0) return false
    if (isCoveredBy(rule, other) && !isNamed(other, olds)) return true
    yield
  }
  return false
}

/** Whether an exemption names a rule: it lets calls pass that a rule with another name would reject. */
function isNamed({ id }: CompiledRule, rules: ById): boolean {
  return [...rules.values()].some(({ outcome }) => {
    return outcome.kind === 'allow' && outcome.rules !== 'everything' && outcome.rules.some(rule => rule.id === id)
  })
}

/** What a rule means. A list appears by its name: changes to its entries are described with the list. */
function sentences({ rule }: CompiledRule): readonly string[] {
  return sentencesOf(rule)
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.map(line => `  ${mark} ${visible(line)}`)
}

/** How many places of a changed order are shown. */
const mostPlaces = 100

/** Stages whose rules run in a different order. Added and removed rules are not compared. */
function* orderChanges(olds: ById, nows: ById): Steps<Described[]> {
  const found: Described[] = []
  for (const [stage, name] of Object.entries(stageNames)) {
    const [before, after] = [idsOf(olds, stage, nows), idsOf(nows, stage, olds)]
    yield
    if (before.join() === after.join()) continue
    const [gone, come] = [before, after].map(ids => listedIds(ids.filter((_, at) => before[at] !== after[at])))
    found.push({ lines: [`~ the order of ${name} changed`, `  - ${gone}`, `  + ${come}`], isStricter: false })
  }
  return found
}

function idsOf(rules: ById, stage: string, others: ById): string[] {
  return [...rules.values()].flatMap(rule =>
    rule.stage === stage && others.get(rule.id)?.stage === stage ? [rule.id] : [],
  )
}

function listedIds(ids: readonly string[]): string {
  const more = ids.length - mostPlaces
  return [...ids.slice(0, mostPlaces), ...(more > 0 ? [`… and ${more} more`] : [])].join(', ')
}

const stageNames: Record<Stage, string> = { rewrite: 'rewrite rules', exempt: 'exempt rules', reject: 'reject rules' }

/** Changes to lists, with the rules that they make stricter. */
function* changedLists(old: RuleSet, now: RuleSet, { olds, nows }: Both): Steps<Described[]> {
  const found: Described[] = []
  for (const { name, lines } of yield* listChanges(old.lists, now.lists)) {
    const rules: string[] = []
    for (const [id, rule] of nows) {
      if (olds.has(id) && listsOf(rule).has(name) && isStricter(olds.get(id), rule)) rules.push(id)
      yield
    }
    const [title = '', ...entries] = lines
    const whose = rules.length === 0 ? title : `${title}, which affects ${listedIds(rules)}`
    found.push({ lines: [whose, ...entries], isStricter: rules.length > 0 })
  }
  return found
}

/** Changes of dates by name, and whether a rule that looks at them is stricter by them. */
function* changedDates(old: RuleSet, now: RuleSet, { olds, nows }: Both): Steps<Described[]> {
  return (yield* dateChanges(old, now)).map(({ lines, rules }) => ({
    lines,
    isStricter: rules.some(id => olds.has(id) && isStricter(olds.get(id), nows.get(id))),
  }))
}
