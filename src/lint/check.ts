import { type Compiled, type CompileOptions, compileInSteps } from '../compile/compile.ts'
import { sortDiagnostics } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { atOnce, type Steps } from '../yaml/steps.ts'
import { lint } from './lint.ts'

/** Make a rules folder ready to run, with every error and warning about it. Never throws for what is in the files. */
export function check(files: readonly SourceFile[], options: CompileOptions = {}): Compiled {
  return atOnce(checkInSteps(files, options))
}

/** The same, pausing after each small piece of work so that its caller can let others run. */
export function* checkInSteps(files: readonly SourceFile[], options: CompileOptions = {}): Steps<Compiled> {
  const compiled = yield* compileInSteps(files, options)
  const { ruleSet, diagnostics, sources } = compiled
  if (ruleSet === null) return compiled
  yield
  const warnings = yield* lint(ruleSet)
  return { ruleSet, diagnostics: sortDiagnostics([...diagnostics, ...warnings]), sources }
}
