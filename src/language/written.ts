import type { Rule } from './rule.ts'

/** A rule as text, without its places and tests. Callbacks, fields and lists are written by name only. */
export function writtenRule(rule: Rule): string {
  return JSON.stringify(rule, (key, value) => (key === 'cases' ? undefined : named(key, value)))
}

/** What a condition means, as text: the same whatever names its parts have. Lists are written by name only. Pure. */
export function writtenMeaning(condition: unknown): string {
  return JSON.stringify(condition, (key, value) => {
    if (key === 'text') return undefined
    let meant = value
    while (meant?.kind === 'use') meant = meant.part
    return named(key, meant)
  })
}

function named(key: string, value: unknown): unknown {
  if (key === 'span' || key === 'bySpan' || key === 'fuseSpan') return undefined
  if (key === 'callbacks') return (value as Rule['callbacks']).map(({ command }) => command)
  if (key === 'field') return (value as { text: string }).text
  if (key === 'pattern') return (value as { source: string }).source
  if (value instanceof Set) return [...value]
  const list = typeof value === 'object' && value !== null && 'list' in value ? value.list : undefined
  if (typeof list !== 'object' || list === null) return value
  // A named list of a test, or the list of a call whose items are counted.
  return 'name' in list ? list.name : (value as { text: string }).text
}
