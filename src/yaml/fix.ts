import type { Fix } from './diagnostic.ts'
import type { Span } from './source.ts'

/** What to do about a mistake: in words, and as choices that can be applied. */
export type Advice = { hint: string; fixes?: readonly Fix[] }

/** The choice of writing a text in the place of what stands there. Pure. */
export function replacing(span: Span, text: string, label = `Write ${text}`): Fix {
  return { label, edits: [{ span, text }] }
}

/** The choice of taking out what stands in a place. Pure. */
export function removing(span: Span, label: string): Fix {
  return { label, edits: [{ span, text: '' }] }
}

/** The place of no length before a span. Pure. */
export function beforeSpan({ file, start }: Span): Span {
  return { file, start, end: start }
}

/** The place of no length after a span. Pure. */
export function afterSpan({ file, end }: Span): Span {
  return { file, start: end, end }
}

/** "Write …", as a hint and as a fix; `more` is said behind it. Pure. */
export function write(span: Span, text: string, more = ''): Advice {
  return { hint: `Write ${text}${more}`, fixes: [replacing(span, text)] }
}

/** More choices than anybody weighs. */
const maxFixes = 6

/** A longer text than this is not written again in a fix: files may have megabytes, and many mistakes. */
const maxWritten = 2_000

/** Choices that are worth handing over: few, and short. Pure. */
export function handy(fixes: readonly Fix[] = []): readonly Fix[] {
  return fixes
    .filter(({ edits }) => edits.length > 0 && edits.reduce((sum, { text }) => sum + text.length, 0) <= maxWritten)
    .slice(0, maxFixes)
}
