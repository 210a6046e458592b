import { decode } from '../../yaml/decode.ts'
import type { Diagnostic } from '../../yaml/diagnostic.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { Findings } from '../../yaml/reporter.ts'
import type { SourceFile } from '../../yaml/source.ts'
import { atOnce } from '../../yaml/steps.ts'
import { FolderNames } from '../folder/names.ts'
import type { EarlierCall } from '../rule.ts'
import { type Base, readEarlier } from './earlier.ts'

/** Earlier calls as a text of their own has them; without any if there is an error. `text` is what was read. */
export type EarlierRead = { calls?: readonly EarlierCall[]; diagnostics: readonly Diagnostic[]; text: string }

/** Reads a list of calls, in YAML or JSON, as `after` of a test has it: they came before the call of `base`. Pure. */
export function readEarlierFile(file: SourceFile, base: Base): EarlierRead {
  const { source, diagnostics } = decode(file)
  if (diagnostics.length > 0) return { diagnostics, text: source.text }
  const { root, diagnostics: mistakes } = parseYaml(source)
  const reporter = new Findings()
  for (const mistake of mistakes) reporter.add(mistake)
  const span = { file: source.file, start: 0, end: Math.min(source.text.length, 1) }
  const scope = {
    callbacks: [base.callback],
    clock: { zone: undefined, isReported: false },
    names: new FolderNames().usedIn(new Set()),
    reporter,
    text: source.text,
  }
  const value = root ?? { kind: 'list' as const, items: [], span }
  const calls = atOnce(readEarlier({ key: 'after', keySpan: span, value }, base, scope))
  const all = reporter.diagnostics
  return { ...(calls && { calls }), diagnostics: all, text: source.text }
}
