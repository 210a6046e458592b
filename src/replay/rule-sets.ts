import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { readRules } from '../state/kept-rules.ts'
import type { SourceFile } from '../yaml/source.ts'

/** The rules of a draft, compiled beside those that it is compared with: what both look at is worked out once. */
export function draftBeside(files: readonly SourceFile[], base: RuleSet | 'record'): RuleSet {
  return compiled(files, base === 'record' ? undefined : base)
}

/** Rules that loaded a moment ago. */
export function compiled(files: readonly SourceFile[], before?: RuleSet): RuleSet {
  const { ruleSet } = compile(files, { allowEmpty: true, ...(before && { before, isBeside: true }) })
  if (ruleSet === null) throw new Error('The rules changed while they were read')
  return ruleSet
}

/** The rules of a version as they are kept; undefined if they are lost, or this program cannot load them. */
export async function rulesThen(dir: string, version: string): Promise<RuleSet | undefined> {
  const kept = await readRules(dir, version)
  return kept === undefined ? undefined : (compile(kept.files).ruleSet ?? undefined)
}
