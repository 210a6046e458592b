import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { rulesOf } from '../cases/run-cases.ts'
import type { RuleSet, Stage } from '../compile/ruleset.ts'
import { visible } from '../language/display.ts'
import { sentencesOf } from '../language/sentence.ts'
import { suggest } from '../language/suggest.ts'
import { render } from './check.ts'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import { listChanges } from './list-changes.ts'
import { load } from './load.ts'

/** Say what rules mean, in sentences: all of a folder, or one by its id. Throws FolderUnreadable and UsageError. */
export async function explainRules(dir: string, id: string | undefined, io: Io): Promise<ExitCode> {
  const ruleSet = await loadOrTell(dir, io)
  if (ruleSet === undefined) return 1
  const rules = rulesOf(ruleSet)
  const chosen = id === undefined ? rules : rules.filter(rule => rule.id === id)
  if (id !== undefined && chosen.length === 0) {
    throw new UsageError(
      `There is no rule "${id}". ${suggest(
        id,
        rules.map(rule => rule.id),
        'Rules',
      )}`,
    )
  }
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const texts = chosen.map(({ id: name, rule }) => {
    const why = rule.why === undefined ? [] : [`Why: ${rule.why}`]
    return [colors.bold(name), ...[...sentencesOf(rule), ...why].map(line => `  ${visible(line)}`)].join('\n')
  })
  print(`${texts.join('\n\n')}\n`, io)
  return 0
}

/** Say what a change to rules means, in sentences. Exit code 1 when something changed. */
export async function explainChange(before: string, after: string, io: Io): Promise<ExitCode> {
  const [old, now] = [await loadOrTell(before, io), await loadOrTell(after, io)]
  if (old === undefined || now === undefined) return 1
  const [olds, nows] = [meanings(old), meanings(now)]
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const removed = [...olds.keys()]
    .filter(id => !nows.has(id))
    .map(id => [colors.red(`- ${id} is gone`), ...marked('-', olds.get(id))])
  const changed = [...nows].flatMap(([id, lines]) => {
    const was = olds.get(id)
    if (was === undefined) return [[colors.green(`+ ${id} is new`), ...marked('+', lines)]]
    if (was.join('\n') === lines.join('\n')) return []
    const [gone, come] = [was.filter(line => !lines.includes(line)), lines.filter(line => !was.includes(line))]
    return [[colors.yellow(`~ ${id} changed`), ...marked('-', gone), ...marked('+', come)]]
  })
  const rules = [...removed, ...changed].map(lines => lines.join('\n'))
  const texts = [...rules, ...orderChanges(old, now, colors), ...listChanges(old.lists, now.lists, colors)]
  print(texts.length === 0 ? 'No rule means anything else than before\n' : `${texts.join('\n\n')}\n`, io)
  return texts.length === 0 ? 0 : 1
}

/** Stages whose rules run in another order than before. Rules that are new or gone have been told. */
function orderChanges(old: RuleSet, now: RuleSet, colors: Colors): string[] {
  return Object.entries(stageNames).flatMap(([stage, name]) => {
    const [was, is] = [old, now].map(set => rulesOf(set).flatMap(rule => (rule.stage === stage ? rule.id : [])))
    const [before = [], after = []] = [was?.filter(id => is?.includes(id)), is?.filter(id => was?.includes(id))]
    if (before.join() === after.join()) return []
    const [gone, come] = [before, after].map(ids => ids.filter((_, at) => before[at] !== after[at]))
    const title = colors.yellow(`~ the order of ${name} changed`)
    return [[title, `  - ${gone?.join(', ')}`, `  + ${come?.join(', ')}`].join('\n')]
  })
}

const stageNames: Record<Stage, string> = { rewrite: 'rewrites', exempt: 'exemptions', reject: 'refusals' }

/** What each rule means. A named list stands there by its name: what is in it is told of the list. */
function meanings(ruleSet: RuleSet): ReadonlyMap<string, readonly string[]> {
  return new Map(rulesOf(ruleSet).map(({ id, rule }) => [id, sentencesOf(rule)]))
}

function marked(mark: string, lines: readonly string[] = []): string[] {
  return lines.map(line => `  ${mark} ${visible(line)}`)
}

async function loadOrTell(dir: string, io: Io): Promise<RuleSet | undefined> {
  const compiled = await load(dir)
  if (compiled.ruleSet !== null) return compiled.ruleSet
  print(render(compiled, dir, 'pretty', io), io)
  return undefined
}
