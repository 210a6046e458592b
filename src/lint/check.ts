import { type Compiled, type CompileOptions, compileInSteps } from '../compile/compile.ts'
import { sortDiagnostics } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { atOnce, type Steps } from '../yaml/steps.ts'
import { lint } from './lint.ts'

/** Compiles a rules folder and reports every error and warning. Invalid files never make it throw. */
export function check(files: readonly SourceFile[], options: CompileOptions = {}): Compiled {
  return atOnce(checkInSteps(files, options))
}

/** Like `check`, pausing after each small piece of work so that the caller can let other work run. */
export function* checkInSteps(files: readonly SourceFile[], options: CompileOptions = {}): Steps<Compiled> {
  const compiled = yield* compileInSteps(files, options)
  const { ruleSet, diagnostics, sources } = compiled
  if (ruleSet === null) return compiled
  yield
  const warnings = yield* lint(ruleSet)
  return { ruleSet, diagnostics: sortDiagnostics([...diagnostics, ...warnings]), sources }
}
