import type { Diagnostic } from '../../yaml/diagnostic.ts'
import { textAt } from '../../yaml/layout.ts'

/** What to write for a second count in one condition: YAML knows only that its key is there already. */
export function withSecondCount(found: Diagnostic, text: string): Diagnostic {
  const key = textAt(found.span, text).replaceAll(/["']/g, '')
  if (found.code !== 'duplicate-key' || (key !== 'how often' && key !== 'how long since')) return found
  const more = `write all: [{ ${key}: { of: …, … } }] beside the first, for a counter from "counters"`
  return { ...found, hint: `A condition has one "${key}". For another, ${more}` }
}
