import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import type { Source, SourceFile } from './source.ts'

/** The largest file that is read, in bytes: twenty times a list of 100,000 words. */
export const maxFileBytes = 16 * 1024 * 1024

export type Decoded = { source: Source; diagnostics: Diagnostic[] }

/**
 * Bytes as text: strict UTF-8, without its BOM.
 *
 * What is not UTF-8 is one error, where it begins to go wrong; the text is then a best guess, for showing only.
 * A text is taken as it is, but for its BOM and the limit. Pure.
 */
export function decode({ file, content }: SourceFile): Decoded {
  if (content.length > maxFileBytes) return tooLarge(file, content.length)
  if (typeof content === 'string') return { source: { file, text: withoutBom(content) }, diagnostics: [] }
  const utf16 = utf16Of(content)
  if (utf16 !== undefined) return savedAsUtf16(file, content, utf16)
  try {
    return { source: { file, text: new TextDecoder('utf-8', { fatal: true }).decode(content) }, diagnostics: [] }
  } catch {
    return notUtf8(file, content)
  }
}

function tooLarge(file: string, length: number): Decoded {
  const message = `This file has ${megabytes(length)} MiB, and at most ${megabytes(maxFileBytes)} are read`
  return refused({ file, text: '' }, 'too-large', 0, message, 'Split it into several files')
}

function megabytes(bytes: number): number {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10
}

function withoutBom(text: string): string {
  return text.startsWith('\u{feff}') ? text.slice(1) : text
}

/** The byte order that a UTF-16 mark at the beginning tells, which no UTF-8 file can begin with. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

function savedAsUtf16(file: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(bytes)
  const message = 'This file is saved as UTF-16 (some editors call it Unicode), not as UTF-8'
  return refused({ file, text }, 'not-utf8', 0, message, saveAsUtf8)
}

function notUtf8(file: string, bytes: Uint8Array): Decoded {
  const offset = validText(bytes, badPrefix(bytes) - 1)?.length ?? 0
  const text = new TextDecoder().decode(bytes)
  const line = text.slice(0, offset).split('\n').length
  const message = `Line ${line} has a character that is not UTF-8: the file is saved in another encoding`
  return refused({ file, text }, 'not-utf8', offset, message, saveAsUtf8)
}

const saveAsUtf8 = 'Save the file as UTF-8 ("Save as", encoding UTF-8), not as ANSI, GBK or Unicode'

/** How many bytes it takes at least to see that they are not UTF-8: no longer beginning is any better. */
function badPrefix(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (validText(bytes, middle) === undefined) bad = middle
    else good = middle
  }
  return bad
}

/** The text of the first bytes, a character cut short at their end left out; undefined when they are not UTF-8. */
function validText(bytes: Uint8Array, count: number): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, count), { stream: true })
  } catch {
    return undefined
  }
}

function refused(source: Source, code: DiagnosticCode, offset: number, message: string, hint: string): Decoded {
  const span = { file: source.file, start: offset, end: Math.min(offset + 1, source.text.length) }
  return { source, diagnostics: [{ severity: 'error', code, message, span, hint }] }
}
