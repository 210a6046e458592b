import { createColors } from 'picocolors'
import type { Compiled } from '../compile/compile.ts'
import { hasErrors } from '../language/diagnostic.ts'
import { renderGithub, renderPretty, summary, toJson } from '../language/render.ts'
import type { ExitCode, Io } from './io.ts'
import { load } from './load.ts'

/** How findings are written: for people, for programs, as annotations of a pull request. */
export const formats = ['pretty', 'json', 'github'] as const

/** What `hookwarden check` is asked. */
export type CheckOptions = { dir: string; format: (typeof formats)[number] }

/** Say everything that is wrong with a rules folder. Throws FolderUnreadable. */
export async function check({ dir, format }: CheckOptions, io: Io): Promise<ExitCode> {
  const compiled = await load(dir)
  io.out(render(compiled, format, io))
  return hasErrors(compiled.diagnostics) ? 1 : 0
}

/** Findings as text that ends with a line break. */
export function render(compiled: Compiled, format: CheckOptions['format'], io: Io): string {
  const { diagnostics, sources } = compiled
  switch (format) {
    case 'json':
      return `${JSON.stringify({ diagnostics: toJson(diagnostics, sources) }, null, 2)}\n`
    case 'github':
      return diagnostics.length === 0 ? '' : `${renderGithub(diagnostics, sources)}\n`
    case 'pretty':
      return renderForPeople(compiled, io)
  }
}

function renderForPeople({ diagnostics, sources, ruleSet }: Compiled, io: Io): string {
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const findings = diagnostics.length === 0 ? '' : `${renderPretty(diagnostics, sources, { colors })}\n\n`
  if (ruleSet === null) return `${findings}${colors.red(summary(diagnostics))}\n`
  const { enforce, shadow, disabled } = ruleSet.counts
  const rules = `${enforce} rules in force, ${shadow} in shadow, ${disabled} disabled`
  const verdict = diagnostics.length === 0 ? colors.green('No mistakes') : colors.yellow(summary(diagnostics))
  return `${findings}${verdict} in ${sources.size} files: ${rules}\n`
}
