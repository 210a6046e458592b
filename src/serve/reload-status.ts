import { toJson } from '../language/show/render.ts'
import type { RuleStore } from '../store/store.ts'
import { decode } from '../yaml/decode.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { RulesInForce } from './observer.ts'

/** A diagnostic with its place; line and column are 1-based. */
export type ShownDiagnostic = {
  file: string
  line: number
  column: number
  severity: string
  code: string
  message: string
  hint?: string
}

/** Adds places to diagnostics, given the files that they point into. */
export type Show = (diagnostics: readonly Diagnostic[], files: readonly SourceFile[]) => readonly ShownDiagnostic[]

/** The last attempt to load the rules; `error` is present if the problem was not in the rules, but the folder. */
export type ReloadStatus = {
  ok: boolean
  at: string
  version?: string
  error?: string
  diagnostics: readonly ShownDiagnostic[]
}

/** One attempt to load the rules, for the status and the log. */
export function reloadStatus<R extends RulesInForce>(
  loaded: NonNullable<RuleStore<R>['lastReload']>,
  show: Show,
): ReloadStatus {
  return {
    ok: loaded.ok,
    at: loaded.at,
    ...(loaded.ok && { version: loaded.ruleSet.version }),
    ...(!loaded.ok && loaded.error !== undefined && { error: loaded.error.message }),
    diagnostics: show(loaded.diagnostics, loaded.files),
  }
}

/** Diagnostics with their places, as in the status, the log and dry runs. */
export function show(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): readonly ShownDiagnostic[] {
  return toJson(diagnostics, textsOf(diagnostics, files))
}

/** The texts of the files that diagnostics point into. */
export function textsOf(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const named = new Set(diagnostics.map(({ span }) => span.file))
  return new Map(files.filter(({ file }) => named.has(file)).map(file => [file.file, decode(file).source.text]))
}
