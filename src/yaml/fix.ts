import type { Fix } from './diagnostic.ts'
import type { Span } from './source.ts'

/** How to fix a mistake: in words, and as fixes that can be applied. */
export type Advice = { hint: string; fixes?: readonly Fix[] }

/** The fix that replaces a span by a text. */
export function replacing(span: Span, text: string, label = `Write ${text}`): Fix {
  return { label, edits: [{ span, text }] }
}

/** The empty span before a span. */
export function beforeSpan({ file, start }: Span): Span {
  return { file, start, end: start }
}

/** The empty span after a span. */
export function afterSpan({ file, end }: Span): Span {
  return { file, start: end, end }
}

/** "Write …", as a hint and as a fix; the hint ends with `more`. */
export function write(span: Span, text: string, more = ''): Advice {
  return { hint: `Write ${text}${more}`, fixes: [replacing(span, text)] }
}

/** More fixes than anyone considers. */
const maxFixes = 6

/** A fix does not repeat a longer text: files may have megabytes, and many mistakes. */
const maxWritten = 2_000

/** Fixes worth offering: few, and short. */
export function handy(fixes: readonly Fix[] = []): readonly Fix[] {
  return fixes
    .filter(({ edits }) => edits.length > 0 && edits.reduce((sum, { text }) => sum + text.length, 0) <= maxWritten)
    .slice(0, maxFixes)
}
