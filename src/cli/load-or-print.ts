import type { RuleSet } from '../compile/ruleset.ts'
import { render } from './check.ts'
import { type Io, print } from './io.ts'
import { load } from './load.ts'

/** The rules of a folder; undefined when they have mistakes, which are then printed. */
export async function loadOrPrint(dir: string, io: Io): Promise<RuleSet | undefined> {
  const compiled = await load(dir)
  if (compiled.ruleSet !== null) return compiled.ruleSet
  print(render(compiled, dir, 'pretty', io), io)
  return undefined
}
