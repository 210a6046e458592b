import { join } from 'node:path'
import { createColors } from 'picocolors'
import type { Compiled } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { renderGithub, renderPretty, summary, toJson } from '../language/show/render.ts'
import { escapeHidden } from '../language/show/visible.ts'
import { gravestFirst, hasErrors, sortDiagnostics } from '../yaml/diagnostic.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { load } from './load.ts'
import { pausedRules, pauseWarnings } from './paused-rules.ts'
import { expiredRules, unreadFiles, withNearFiles } from './unread.ts'

/** Output formats: for people, for programs, as annotations on a pull request. */
type Format = 'pretty' | 'json' | 'github'

/**
 * Options of `hookwarden check`. With `isStrict`, warnings are errors; with `withTests`, the tests run too. `state` is the
 * folder with what is paused.
 */
export type CheckOptions = { dir: string; format: Format; isStrict?: boolean; withTests?: boolean; state?: string }

/** Report every error and warning in a rules folder. Throws FolderUnreadable and WrongFolder. */
export async function checkRules(options: CheckOptions, io: Io): Promise<ExitCode> {
  const { dir, format, isStrict = false, withTests = false, state } = options
  const compiled = await withTestsToPaste(await load(dir))
  const tested = withTests ? await withFindings(compiled) : compiled
  const paused = pauseWarnings(tested, await pausedRules(state, io))
  // Dates, pauses and files that come and go must not break a build.
  const unread = await unreadFiles(dir)
  const passing = [...expiredRules(tested, io.now()), ...paused, ...unread]
  const found = isStrict ? strict(tested) : tested
  const own = withNearFiles(found.diagnostics, unread)
  const checked = { ...found, diagnostics: sortDiagnostics([...own, ...passing]) }
  const text = render(checked, dir, format, io)
  if (format === 'pretty') print(text, io)
  else io.out(text)
  return hasErrors(checked.diagnostics) ? 1 : 0
}

/** The same, with tests for rules that have none. What runs tests is loaded only if it is needed. */
async function withTestsToPaste(compiled: Compiled): Promise<Compiled> {
  if (!compiled.diagnostics.some(({ code }) => code === 'no-test')) return compiled
  const { withSuggestedTests } = await import('../cases/suggest-tests.ts')
  return withSuggestedTests(compiled)
}

/** The same, with the findings of the tests added. */
async function withFindings(compiled: Compiled): Promise<Compiled> {
  const { ruleSet, diagnostics } = compiled
  if (ruleSet === null) return compiled
  const [{ runCases }, { caseFindings }] = await Promise.all([
    import('../cases/run-cases.ts'),
    import('./case-findings.ts'),
  ])
  const found = caseFindings(await runCases(ruleSet))
  return { ...compiled, diagnostics: sortDiagnostics([...diagnostics, ...found]) }
}

function strict(compiled: Compiled): Compiled {
  return { ...compiled, diagnostics: compiled.diagnostics.map(each => ({ ...each, severity: 'error' })) }
}

/** Findings as text that ends with a line break. Paths are relative to the folder, except in annotations. */
export function render(compiled: Compiled, dir: string, format: CheckOptions['format'], io: Io): string {
  const { diagnostics, sources } = compiled
  switch (format) {
    case 'json':
      return `${escapeHidden(JSON.stringify({ diagnostics: toJson(diagnostics, sources) }, null, 2))}\n`
    case 'github':
      return diagnostics.length === 0 ? '' : `${renderGithub(...under(dir, compiled))}\n`
    case 'pretty':
      return renderForPeople(compiled, io)
  }
}

/** Findings with the folder in their paths: annotations need paths from the root of the repository. */
function under(dir: string, { diagnostics, sources }: Compiled): Parameters<typeof renderGithub> {
  const moved = diagnostics.map(each => ({ ...each, span: { ...each.span, file: join(dir, each.span.file) } }))
  return [moved, new Map([...sources].map(([file, text]) => [join(dir, file), text]))]
}

function renderForPeople({ diagnostics, sources, ruleSet }: Compiled, io: Io): string {
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const columns = io.size?.()?.columns
  const findings =
    diagnostics.length === 0 ? '' : `${renderPretty(gravestFirst(diagnostics), sources, { colors, columns })}\n\n`
  if (ruleSet === null) return `${findings}${colors.red(summary(diagnostics))}\n`
  const { total, shadow, disabled } = ruleSet.counts
  const others = [shadow > 0 && `${shadow} in shadow`, disabled > 0 && `${disabled} disabled`].filter(Boolean)
  const rules = `${counted(total, 'rule')} in ${counted(sources.size, 'file')}`
  const verdict = diagnostics.length === 0 ? colors.green('No problems') : colors.yellow(summary(diagnostics))
  return `${findings}${verdict}: ${[rules, ...others].join(', ')}\n`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The rules of a folder; undefined if they have errors, which are printed. */
export async function loadOrPrint(dir: string, io: Io): Promise<RuleSet | undefined> {
  const compiled = await load(dir)
  if (compiled.ruleSet !== null) return compiled.ruleSet
  print(render(compiled, dir, 'pretty', io), io)
  return undefined
}
