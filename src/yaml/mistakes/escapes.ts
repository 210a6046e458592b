import { errorTrap, type Mend, mending, type Trap } from './trap.ts'
import { cite } from './wording.ts'

/**
 * The first backslash of a double-quoted text that YAML rejects, or reads as an invisible character.
 *
 * `raw` is the text with its quotes. One report is enough: the fix is the same for all.
 */
export function badEscape(raw: string, start: number): Trap[] {
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', at + 2)) {
    const length = escapeLength(raw, at)
    if (length !== undefined && !surprising.has(raw.charAt(at + 1))) continue
    const written = raw.slice(at, at + 2)
    const message =
      length === undefined
        ? `${cite(written)} is not a valid escape in double quotes`
        : `${cite(written)} in double quotes means ${surprising.get(raw.charAt(at + 1))}, not these two characters`
    return [errorTrap('backslash', start + at, written.length, message, inSingleQuotes(raw, start))]
  }
  return []
}

/** Escapes of one letter that no author of rules intends: a pattern was meant, or a path. */
const surprising = new Map([
  ['0', 'a null character'],
  ['a', 'a bell character'],
  ['b', 'a backspace'],
  ['e', 'an escape character'],
  ['f', 'a form feed'],
  ['v', 'a vertical tab'],
  ['N', 'a next-line character'],
  ['L', 'a line separator'],
  ['P', 'a paragraph separator'],
  ['_', 'a no-break space'],
])

/** The length of the escape at an index; undefined if it is not valid. YAML 1.2, section 5.7. */
function escapeLength(raw: string, at: number): number | undefined {
  const letter = raw.charAt(at + 1)
  const digits = hexDigits.get(letter)
  if (digits === undefined) return '0abefvNLP_nrt "/\\\t\r\n'.includes(letter) ? 2 : undefined
  const code = raw.slice(at + 2, at + 2 + digits)
  const isCode = code.length === digits && /^[0-9a-fA-F]+$/.test(code) && Number.parseInt(code, 16) <= 0x10ffff
  return isCode ? 2 + digits : undefined
}

const hexDigits = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

function inSingleQuotes(raw: string, start: number): Mend {
  const meant = raw.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
  const hint = 'Use single quotes, where a backslash is literal'
  if (meant.includes('\n')) return { hint, fixes: [] }
  const text = `'${meant.replaceAll("'", "''")}'`
  return mending(meant.length > 100 ? hint : `${hint}: ${text}`, start, start + raw.length, text, 'Use single quotes')
}
