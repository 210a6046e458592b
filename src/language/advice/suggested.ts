import type { Fix } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import { inYaml } from '../../yaml/quoted.ts'
import type { Span } from '../../yaml/source.ts'
import { nearest, suggestion } from './suggest.ts'

/**
 * Advice for an unknown name: "Did you mean …?", and the fix that writes the name that was probably meant.
 *
 * `title` names the alternatives, as in "Fields".
 */
export function suggestAt(span: Span, written: string, known: readonly string[], title: string): Advice {
  const near = nearest(written, known)
  return { hint: suggestion(near, known, title), ...(near !== undefined && { fixes: [naming(span, near)] }) }
}

/** The fix that replaces a name by another. */
export function naming(span: Span, name: string): Fix {
  return replacing(span, inYaml(name))
}
