import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import { limits, shownCount } from './limits.ts'
import type { Source, SourceFile } from './source.ts'
import { atOnce } from './steps.ts'

/** The largest file that is read, in bytes: twenty times a list of 100,000 words. */
export const maxFileBytes = 16 * 1024 * 1024

/** A file as text; if something is wrong with it, `source` is cut short, and only for display. */
export type Decoded = { source: Source; diagnostics: Diagnostic[] }

/** Files never change, so each is decoded once. */
const known = new WeakMap<SourceFile, Decoded>()

/** How many bytes are decoded in a millisecond or less. */
const bytesInPiece = 256 * 1024

/** Like `decodeInSteps`, in one go. */
export function decode(file: SourceFile): Decoded {
  return atOnce(decodeInSteps(file))
}

/**
 * Decodes strict UTF-8 without its BOM.
 *
 * Invalid UTF-8 is one error, at the first invalid byte; the text is then a best guess of everything up to there and
 * shortly after. A text is used as is, except for its BOM and the limits. Pauses after each piece, so that the caller
 * can let other work run.
 */
export function* decodeInSteps(file: SourceFile): Generator<undefined, Decoded> {
  const decoded = known.get(file) ?? (yield* decodeAnew(file))
  known.set(file, decoded)
  return decoded
}

function* decodeAnew({ file, content }: SourceFile): Generator<undefined, Decoded> {
  if (content.length > maxFileBytes) return tooLarge(file, content.length)
  if (typeof content === 'string') return decodeText(file, content)
  const utf16 = utf16Of(content)
  if (utf16 !== undefined) return savedAsUtf16(file, content, utf16)
  let text = ''
  let lines = 1
  for (let start = 0; start < content.length; ) {
    const end = endOfPiece(content, start)
    const piece = content.subarray(start, end)
    const decoded = textOf(piece, start === 0)
    if (decoded === undefined) return notUtf8(file, text, lines, piece)
    text += decoded
    lines += newlinesIn(piece)
    if (lines > limits.linesOfFile) return tooManyLines(file)
    start = end
    yield
  }
  return { source: { file, text }, diagnostics: [] }
}

function decodeText(file: string, content: string): Decoded {
  let lines = 1
  for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) {
    if (++lines > limits.linesOfFile) return tooManyLines(file)
  }
  return { source: { file, text: withoutBom(content) }, diagnostics: [] }
}

/** Where a piece ends, so that no character is split; invalid bytes may be. */
function endOfPiece(bytes: Uint8Array, start: number): number {
  const full = start + bytesInPiece
  if (full >= bytes.length) return bytes.length
  for (let end = full; end > full - 4; end--) if (((bytes[end] as number) & 0xc0) !== 0x80) return end
  return full
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === 0x0a) count++
  return count
}

function tooLarge(file: string, length: number): Decoded {
  const message = `This file has ${megabytes(length)} MiB, but the maximum is ${megabytes(maxFileBytes)} MiB`
  return refused({ file, text: '' }, 'too-large', 0, message, 'Split it into several files')
}

function tooManyLines(file: string): Decoded {
  const message = `This file has more than ${shownCount(limits.linesOfFile)} lines`
  return refused({ file, text: '' }, 'too-large', 0, message, 'Split it into several files')
}

function megabytes(bytes: number): number {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10
}

function withoutBom(text: string): string {
  return text.startsWith('\u{feff}') ? text.slice(1) : text
}

/** The byte order of a UTF-16 mark at the start, which no UTF-8 file can start with. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

function savedAsUtf16(file: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, bytesInPiece))
  const message = 'This file is saved as UTF-16 (called Unicode in some editors), not as UTF-8'
  return refused({ file, text }, 'not-utf8', 0, message, saveAsUtf8)
}

/** `before` is what could be decoded, ending on this line; the piece after it is not UTF-8. */
function notUtf8(file: string, before: string, line: number, piece: Uint8Array): Decoded {
  const isFirst = before === ''
  const good = beginning(piece, badPrefix(piece) - 1, isFirst) ?? ''
  const text = before + new TextDecoder('utf-8', { ignoreBOM: !isFirst }).decode(piece)
  const message = `Line ${line + good.split('\n').length - 1} has a character that is not UTF-8: the file was saved in another encoding`
  return refused({ file, text }, 'not-utf8', before.length + good.length, message, saveAsUtf8)
}

const saveAsUtf8 = 'Save the file as UTF-8 ("Save as", encoding UTF-8), not as ANSI, GBK or Unicode'

/** The number of bytes in the shortest prefix that is not UTF-8. */
function badPrefix(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (beginning(bytes, middle, true) === undefined) bad = middle
    else good = middle
  }
  return bad
}
/** Bytes as text; undefined if they are not UTF-8. Only the start of a file can have a BOM. */
function textOf(bytes: Uint8Array, isFirst: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: !isFirst }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The text of the first bytes, without a character cut off at their end; undefined if they are not UTF-8. */
function beginning(bytes: Uint8Array, count: number, isFirst: boolean): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: !isFirst })
    return decoder.decode(bytes.subarray(0, count), { stream: true })
  } catch {
    return undefined
  }
}

function refused(source: Source, code: DiagnosticCode, offset: number, message: string, hint: string): Decoded {
  const span = { file: source.file, start: offset, end: Math.min(offset + 1, source.text.length) }
  return { source, diagnostics: [{ severity: 'error', code, message, span, hint }] }
}
