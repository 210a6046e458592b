import { createColors } from 'picocolors'
import { rulesOf } from '../cases/run-cases.ts'
import type { CompiledRule, Stage } from '../compile/ruleset.ts'
import { visible } from '../language/show/visible.ts'
import type { RulePause } from '../state/pauses.ts'
import { placesIn } from '../yaml/places.ts'
import { render } from './check.ts'
import { type ExitCode, type Io, print, printJson } from './io.ts'
import { load } from './load.ts'
import { pausedRules, pauseNote } from './paused-rules.ts'
import { hang } from './wrap.ts'

const stages: readonly Stage[] = ['rewrite', 'exempt', 'reject']

const titles: Record<Stage, string> = {
  rewrite: 'Rewrite rules, which run first, one after another:',
  exempt: 'Exempt rules, which exempt calls from reject rules:',
  reject: 'Reject rules, of which the first that fires decides:',
}

/** Options of `hookwarden list`. `state` is the folder with what is paused. */
export type ListOptions = { dir: string; json: boolean; state?: string | undefined }

/** Print the rules in the order they run. Throws FolderUnreadable and WrongFolder. */
export async function listRules({ dir, json, state }: ListOptions, io: Io): Promise<ExitCode> {
  const compiled = await load(dir)
  if (compiled.ruleSet === null) {
    io.out(render(compiled, dir, json ? 'json' : 'pretty', io))
    return 1
  }
  const place = placesIn(compiled.sources)
  const lineOf = ({ rule: { span } }: CompiledRule) => place(span).line
  const rules = rulesOf(compiled.ruleSet)
  const pauses = await pausedRules(state, io)
  const pauseOf = ({ id, mode }: CompiledRule) => (mode === 'enforce' ? pauses.get(id) : undefined)
  if (json) {
    const rows = rules.map(rule => {
      const paused = pauseOf(rule)
      return { ...rowOf(rule), file: rule.rule.span.file, line: lineOf(rule), ...(paused && { paused }) }
    })
    const inOrder = stages.flatMap(stage => rows.filter(row => row.stage === stage))
    printJson({ rules: inOrder }, io)
    return 0
  }
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const columns = io.size?.()?.columns ?? Number.POSITIVE_INFINITY
  const width = Math.max(...rules.map(({ id }) => id.length))
  const placeOf = (rule: CompiledRule) => `${visible(rule.rule.span.file)}:${lineOf(rule)}`
  const placeWidth = Math.max(...rules.map(rule => placeOf(rule).length))
  const isMixed = new Set(rules.map(callbacksOf)).size > 1
  const blocks = stages.flatMap(stage => {
    const own = rules.filter(rule => rule.stage === stage)
    if (own.length === 0) return []
    const lines = own.map((rule, at) => {
      const place = colors.dim(isMixed ? placeOf(rule).padEnd(placeWidth) : placeOf(rule))
      const head = `  ${String(at + 1).padStart(4)}  ${rule.id.padEnd(width)}  ${place}`
      const notes = notesOf(rule, pauseOf(rule))
      return isMixed ? hang(`${head}  `, `${callbacksOf(rule)}${notes}`, columns) : `${head}${notes}`
    })
    return [[colors.bold(titles[stage]), ...lines].join('\n')]
  })
  print(`${blocks.join('\n\n')}\n`, io)
  return 0
}

function callbacksOf({ rule }: CompiledRule): string {
  return rule.callbacks.map(({ name }) => name).join(', ')
}

function notesOf({ mode, share, rule: { order } }: CompiledRule, pause: RulePause | undefined): string {
  const part = share && `${share.percent} % by ${share.by.text}, the others in shadow`
  const paused = pause && visible(pauseNote(pause))
  const notes = [mode !== 'enforce' && mode, part, order !== 100 && `order ${order}`, paused].filter(Boolean)
  return notes.length === 0 ? '' : `  (${notes.join(', ')})`
}

function rowOf({ id, stage, mode, share, rule }: CompiledRule) {
  const drawn = share && { share: { percent: share.percent, by: share.by.text } }
  return { rule: id, stage, mode, ...drawn, order: rule.order, callbacks: rule.callbacks.map(({ name }) => name) }
}
