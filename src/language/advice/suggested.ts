import type { Fix } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import { inYaml } from '../../yaml/quoted.ts'
import type { Span } from '../../yaml/source.ts'
import { nearest, suggestion } from './suggest.ts'

/**
 * "Did you mean …?" where a name stands that there is not, and the choice of writing the one that was probably meant.
 *
 * `title` names what there is, as in "Fields". Pure.
 */
export function suggestAt(span: Span, written: string, known: readonly string[], title: string): Advice {
  const near = nearest(written, known)
  return { hint: suggestion(near, known, title), ...(near !== undefined && { fixes: [naming(span, near)] }) }
}

/** The choice of writing a name where another stands. Pure. */
export function naming(span: Span, name: string): Fix {
  return replacing(span, inYaml(name))
}
