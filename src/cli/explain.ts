import { createColors } from 'picocolors'
import { rulesOf } from '../cases/run-cases.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { sentencesOf } from '../language/sentence.ts'
import { suggest } from '../language/suggest.ts'
import { render } from './check.ts'
import { type ExitCode, type Io, UsageError } from './io.ts'
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
    return [colors.bold(name), ...[...sentencesOf(rule), ...why].map(line => `  ${line}`)].join('\n')
  })
  io.out(`${texts.join('\n\n')}\n`)
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
  const texts = [...removed, ...changed].map(lines => lines.join('\n'))
  io.out(texts.length === 0 ? 'No rule means anything else than before\n' : `${texts.join('\n\n')}\n`)
  return texts.length === 0 ? 0 : 1
}

/** What each rule means. The contents of a named list are its name: lists are read as lists. */
function meanings(ruleSet: RuleSet): ReadonlyMap<string, readonly string[]> {
  return new Map(rulesOf(ruleSet).map(({ id, rule }) => [id, sentencesOf(rule)]))
}

function marked(mark: string, lines: readonly string[] = []): string[] {
  return lines.map(line => `  ${mark} ${line}`)
}

async function loadOrTell(dir: string, io: Io): Promise<RuleSet | undefined> {
  const compiled = await load(dir)
  if (compiled.ruleSet !== null) return compiled.ruleSet
  io.out(render(compiled, dir, 'pretty', io))
  return undefined
}
