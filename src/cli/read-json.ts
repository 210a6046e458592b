import { createColors } from 'picocolors'
import { renderPretty, type Shown } from '../language/show/render.ts'
import { findJsonMistake } from '../protocol/json-mistake.ts'
import { decode } from '../yaml/decode.ts'
import type { Source } from '../yaml/source.ts'
import { UsageError } from './io.ts'

/**
 * Parse a JSON text. `file` is its name in error messages.
 *
 * Throws UsageError that shows the line of the mistake and what to write instead.
 */
export function readJson(file: string, content: string | Uint8Array, columns?: number): unknown {
  const { source, diagnostics } = decode({ file, content })
  const [undecodable] = diagnostics
  if (undecodable !== undefined) throw notJson(source, undecodable, columns)
  try {
    return JSON.parse(source.text)
  } catch (cause) {
    throw notJson(source, mistakeIn(source), columns, cause)
  }
}

function mistakeIn({ file, text }: Source): Shown {
  // In UTF-16 without a byte order mark, every other byte is 0.
  if (text.includes('\0')) {
    const hint = 'Save it as UTF-8 ("Save as", encoding UTF-8)'
    return {
      severity: 'error',
      message: 'This is UTF-16, but JSON must be UTF-8',
      span: { file, start: 0, end: 1 },
      hint,
    }
  }
  const { start, end, message, hint } = findJsonMistake(text) ?? unknownMistake
  return { severity: 'error', message, span: { file, start, end }, hint }
}

/** A fallback: whatever JSON.parse rejects should have a more precise message. */
const unknownMistake = { start: 0, end: 1, message: 'This is not JSON', hint: 'Paste what the IM server sends' }

function notJson({ file, text }: Source, mistake: Shown, columns: number | undefined, cause?: unknown): UsageError {
  // Standard error has no colours.
  const options = { colors: createColors(false), columns }
  const shown = renderPretty([mistake], new Map([[file, text]]), options)
  return new UsageError(`${file} is not JSON\n${shown}`, { cause })
}
