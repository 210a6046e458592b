import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { rulesOf } from '../cases/run-cases.ts'
import { startedOver } from '../compile/counting.ts'
import type { CompiledRule, RuleSet, Stage } from '../compile/ruleset.ts'
import { sentencesOf } from '../language/show/sentence.ts'
import { visible } from '../language/show/visible.ts'
import { loadOrPrint } from './check.ts'
import { dateChanges } from './date-changes.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { listChanges } from './list-changes.ts'
import { isCoveredBy, isStricter, listsOf } from './stricter.ts'

/** A change described in lines. `isStricter`: it may reject calls that passed before. */
type Described = { lines: readonly string[]; isStricter: boolean }

/**
 * Describe a change to rules in plain sentences, what gets stricter first. Exit code 1 if something changed.
 */
export async function explainChange(before: string, after: string, io: Io): Promise<ExitCode> {
  const [old, now] = [await loadOrPrint(before, io), await loadOrPrint(after, io)]
  if (old === undefined || now === undefined) return 1
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const all = [
    ...ruleChanges(old, now, colors),
    ...orderChanges(old, now, colors),
    ...changedLists(old, now, colors),
    ...changedDates(old, now, colors),
    ...changedCounts(old, now, colors),
  ]
  const [stricter, others] = [all.filter(each => each.isStricter), all.filter(each => !each.isStricter)]
  const titles = stricter.length === 0 ? [] : [colors.bold('May reject calls that passed before:')]
  const more = stricter.length > 0 && others.length > 0 ? [colors.bold('Other changes:')] : []
  const blocks = [...titles, ...stricter.map(textOf), ...more, ...others.map(textOf)]
  print(blocks.length === 0 ? 'The rules mean the same as before\n' : `${blocks.join('\n\n')}\n`, io)
  return blocks.length === 0 ? 0 : 1
}

function textOf({ lines }: Described): string {
  return lines.join('\n')
}

function ruleChanges(old: RuleSet, now: RuleSet, colors: Colors): Described[] {
  const [olds, nows] = [byId(old), byId(now)]
  const removed = [...olds].filter(([id]) => !nows.has(id))
  return [
    ...removed.map(([id, rule]) => {
      return {
        lines: [colors.red(`- ${id} was removed`), ...marked('-', sentences(rule))],
        isStricter: isStricter(rule, undefined),
      }
    }),
    ...[...nows].flatMap(([, rule]) => changeOf(rule, olds, colors)),
  ]
}

function changeOf(now: CompiledRule, olds: ReadonlyMap<string, CompiledRule>, colors: Colors): Described[] {
  const { id } = now
  const old = olds.get(id)
  const [was, is] = [old && sentences(old), sentences(now)]
  if (was === undefined) {
    const isCovered = [...olds.values()].some(other => !isNamed(other, olds) && isCoveredBy(now, other))
    return [
      {
        lines: [colors.green(`+ ${id} was added`), ...marked('+', is)],
        isStricter: isStricter(undefined, now) && !isCovered,
      },
    ]
  }
  if (was.join('\n') === is.join('\n')) return []
  const [gone, come] = [was.filter(line => !is.includes(line)), is.filter(line => !was.includes(line))]
  const lines = [colors.yellow(`~ ${id} changed`), ...marked('-', gone), ...marked('+', come)]
  return [{ lines, isStricter: isStricter(old, now) }]
}

/** Whether an exemption names a rule: it lets calls pass that a rule with another name would reject. */
function isNamed({ id }: CompiledRule, rules: ReadonlyMap<string, CompiledRule>): boolean {
  return [...rules.values()].some(({ outcome }) => {
    return outcome.kind === 'allow' && outcome.rules !== 'everything' && outcome.rules.some(rule => rule.id === id)
  })
}

function byId(ruleSet: RuleSet): ReadonlyMap<string, CompiledRule> {
  return new Map(rulesOf(ruleSet).map(rule => [rule.id, rule]))
}

/** What a rule means. A list appears by its name: changes to its entries are described with the list. */
function sentences({ rule }: CompiledRule): readonly string[] {
  return sentencesOf(rule)
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.map(line => `  ${mark} ${visible(line)}`)
}

/** Stages whose rules run in a different order. Added and removed rules are not compared. */
function orderChanges(old: RuleSet, now: RuleSet, colors: Colors): Described[] {
  return Object.entries(stageNames).flatMap(([stage, name]) => {
    const [was, is] = [old, now].map(set => rulesOf(set).flatMap(rule => (rule.stage === stage ? rule.id : [])))
    const [before = [], after = []] = [was?.filter(id => is?.includes(id)), is?.filter(id => was?.includes(id))]
    if (before.join() === after.join()) return []
    const [gone, come] = [before, after].map(ids => ids.filter((_, at) => before[at] !== after[at]))
    const title = colors.yellow(`~ the order of ${name} changed`)
    return [{ lines: [title, `  - ${gone?.join(', ')}`, `  + ${come?.join(', ')}`], isStricter: false }]
  })
}

const stageNames: Record<Stage, string> = { rewrite: 'rewrite rules', exempt: 'exempt rules', reject: 'reject rules' }

/** Changes to lists, with the rules that they make stricter. */
function changedLists(old: RuleSet, now: RuleSet, colors: Colors): Described[] {
  const [olds, nows] = [byId(old), byId(now)]
  const stricter = [...nows.values()].filter(rule => olds.has(rule.id) && isStricter(olds.get(rule.id), rule))
  return listChanges(old.lists, now.lists, colors).map(({ name, lines }) => {
    const rules = stricter.filter(rule => listsOf(rule).has(name)).map(({ id }) => id)
    const [title = '', ...entries] = lines
    const whose = rules.length === 0 ? title : `${title}, which affects ${rules.join(', ')}`
    return { lines: [whose, ...entries], isStricter: rules.length > 0 }
  })
}

/** Changes of dates by name, and whether a rule that looks at them is stricter by them. */
function changedDates(old: RuleSet, now: RuleSet, colors: Colors): Described[] {
  const [olds, nows] = [byId(old), byId(now)]
  return dateChanges(old, now, colors).map(({ lines, rules }) => ({
    lines,
    isStricter: rules.some(id => olds.has(id) && isStricter(olds.get(id), nows.get(id))),
  }))
}

/** The counters that begin anew, since they count something else. */
function changedCounts(old: RuleSet, now: RuleSet, colors: Colors): Described[] {
  const names = startedOver(old.counters.values(), now.counters.values())
  return names.map(name => ({
    lines: [colors.yellow(`~ the counts of ${name} start over: it counts something else now`)],
    isStricter: false,
  }))
}
