import { findCallback } from '../callbacks/catalogue.ts'
import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { FoundEntry, Trace } from '../decide/trace.ts'
import { report } from '../protocol/report.ts'
import { readCall } from '../protocol/request.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'

/** The ways in which rules look for the entries of a list, in the words of the language. */
export const waysToLook = [
  'in list',
  'has word in',
  'contains any',
  'looks like a word in',
  'sounds like a word in',
] as const

/** Whether one way finds an entry in a text, and which one and where. */
export type WayFound = { way: (typeof waysToLook)[number]; isFound: boolean; found?: FoundEntry }

/** A list that can be asked, or what is wrong with its file. */
export type AskedList = { ruleSet: RuleSet } | { diagnostics: readonly Diagnostic[] }

const field = 'nickName'
const callback = 'beforeSetGroupMemberInfo'

/**
 * Make a list ready to be asked what it finds. `file` is its list file, such as `lists/bad.txt`.
 *
 * Rules do the looking, one for each way, so that what is told here is what rules do. Pure; of 100,000 entries it takes
 * about a second, once.
 */
export function askList(file: SourceFile): AskedList {
  const name = JSON.stringify(file.file.replace(/^.*\/|\.txt$/g, ''))
  const rules = waysToLook.map(
    (way, at) => `  - { rule: way-${at}, when: { ${field}: { ${way}: ${name} } }, reject: 5000 }`,
  )
  const { ruleSet, diagnostics } = compile([
    { file: 'ways.yaml', content: `callback: ${callback}\nrules:\n${rules.join('\n')}\n` },
    file,
  ])
  return ruleSet === null ? { diagnostics } : { ruleSet }
}

/** What each way finds in a text. */
export async function wouldFind(ruleSet: RuleSet, text: string): Promise<readonly WayFound[]> {
  const known = findCallback(callback)
  const read = known && readCall(known, { [field]: text })
  if (!read?.ok) return waysToLook.map(way => ({ way, isFound: false }))
  const { rules } = await report(ruleSet, read.call, 0)
  return waysToLook.map((way, at) => {
    const told = rules.find(({ rule }) => rule === `way-${at}`)
    const found = told && foundIn(told.conditions)
    return { way, isFound: told?.result === 'matched', ...(found && { found }) }
  })
}

function foundIn({ found, children = [] }: Trace): FoundEntry | undefined {
  if (found !== undefined) return found
  for (const child of children) {
    const inner = foundIn(child)
    if (inner !== undefined) return inner
  }
  return undefined
}
