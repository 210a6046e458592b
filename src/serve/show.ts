import { toJson } from '../language/show/render.ts'
import { decode } from '../yaml/decode.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { ShownDiagnostic } from './status.ts'

/** Diagnostics with their places, as in the status, the log and dry runs. Pure. */
export function show(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): readonly ShownDiagnostic[] {
  return toJson(diagnostics, sourcesOf(diagnostics, files))
}

/** The texts that diagnostics point into. Pure. */
export function sourcesOf(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): ReadonlyMap<string, string> {
  const named = new Set(diagnostics.map(({ span }) => span.file))
  return new Map(files.filter(({ file }) => named.has(file)).map(file => [file.file, decode(file).source.text]))
}
