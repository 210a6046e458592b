import { createColors } from 'picocolors'
import { renderPretty, type Shown } from '../language/show/render.ts'
import { findJsonMistake } from '../protocol/json-mistake.ts'
import { decode } from '../yaml/decode.ts'
import type { Source } from '../yaml/source.ts'
import { UsageError } from './io.ts'

/**
 * What a JSON text holds. `file` is its name in what is said of it.
 *
 * Throws UsageError that shows the line where it stops being JSON, and what to write there.
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
  // Where UTF-16 has no mark at its beginning, every other byte is nothing.
  if (text.includes('\0')) {
    const hint = 'Save it as UTF-8 ("Save as", encoding UTF-8)'
    return { severity: 'error', message: 'This is UTF-16, and JSON is UTF-8', span: { file, start: 0, end: 1 }, hint }
  }
  const { start, end, message, hint } = findJsonMistake(text) ?? unknownMistake
  return { severity: 'error', message, span: { file, start, end }, hint }
}

/** Never seen: what JSON.parse refuses has a mistake that can be named. */
const unknownMistake = { start: 0, end: 1, message: 'This is not JSON', hint: 'Put in what the IM server sends' }

function notJson({ file, text }: Source, mistake: Shown, columns: number | undefined, cause?: unknown): UsageError {
  // Standard error has no colours.
  const options = { colors: createColors(false), columns }
  const shown = renderPretty([mistake], new Map([[file, text]]), options)
  return new UsageError(`${file} is not JSON\n${shown}`, { cause })
}
