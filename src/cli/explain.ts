import { createColors } from 'picocolors'
import { rulesOf } from '../cases/run-cases.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { suggest } from '../language/advice/suggest.ts'
import { sentencesOf } from '../language/show/sentence.ts'
import { visible } from '../language/show/visible.ts'
import { loadOrPrint } from './check.ts'
import { explainChange } from './explain-change.ts'
import { defaultFolder, type ExitCode, type Io, print, UsageError } from './io.ts'
import { isFolder } from './load.ts'
import { pausedRules, pauseNote } from './paused-rules.ts'

/** Arguments of `hookwarden explain`, as typed. With `isDiff`, they are two folders. */
export type ExplainArguments = {
  dir: string | undefined
  rule: string | undefined
  rules: string | undefined
  isDiff: boolean
  /** The folder with what is paused. */
  state?: string | undefined
}

/** Describe the rules, or a change to them, in plain sentences. Throws FolderUnreadable, WrongFolder and UsageError. */
export async function explainFolder({ dir, rule, rules, isDiff, state }: ExplainArguments, io: Io): Promise<ExitCode> {
  if (rule !== undefined && rules !== undefined) {
    throw new UsageError(`Two folders given, ${dir} and --rules ${rules}: keep one`)
  }
  if (isDiff) {
    const after = rule ?? rules
    if (dir !== undefined && after !== undefined) return explainChange(dir, after, io)
    throw new UsageError('--diff takes two folders: hookwarden explain --diff OLD NEW')
  }
  if (rules !== undefined || dir === undefined || rule !== undefined) {
    return explainRules({ dir: rules ?? dir ?? defaultFolder, id: rules === undefined ? rule : dir, state }, io)
  }
  return (await isFolder(dir)) || /[/\\.]/.test(dir) || !(await isFolder(defaultFolder))
    ? explainRules({ dir, id: undefined, state }, io)
    : explainRules({ dir: defaultFolder, id: dir, state }, io)
}

type Asked = { dir: string; id: string | undefined; state: string | undefined }

/** Describe all rules of a folder, or one by its id. Throws FolderUnreadable and UsageError. */
async function explainRules({ dir, id, state }: Asked, io: Io): Promise<ExitCode> {
  const ruleSet = await loadOrPrint(dir, io)
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
  const pauses = await pausedRules(state, io)
  const texts = chosen.map(({ id: name, mode, rule }) => {
    const pause = mode === 'enforce' ? pauses.get(name) : undefined
    const paused = pause === undefined ? [] : [`In shadow for now: ${pauseNote(pause)}`]
    const why = rule.why === undefined ? [] : [`Why: ${rule.why}`]
    return [colors.bold(name), ...[...sentencesOf(rule), ...why, ...paused].map(line => `  ${visible(line)}`)].join(
      '\n',
    )
  })
  if (id === undefined && ruleSet.protects.length > 0) texts.push(protectedText(ruleSet))
  print(`${texts.join('\n\n')}\n`, io)
  return 0
}

/** Who is named first where a change of the rules would hit them. */
function protectedText({ protects }: RuleSet): string {
  return `Protected: the people of ${protects.map(name => visible(name)).join(', ')}`
}
