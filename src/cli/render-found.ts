import type { FoundEntry } from '../decide/trace.ts'
import { shown, visible } from '../language/show/visible.ts'
import type { ReadAs } from '../text/lookalike/explain.ts'

/** How many characters are listed one by one. */
const mostListed = 12

/** What a list found in a value, and which characters were read as which, on a line each. */
export function renderFound({ exception, read = [], ...found }: FoundEntry): string[] {
  const covered = exception && `no hit, since it is inside the exception ${foundText(exception)}`
  const lines = [`found ${foundText(found)}`, ...(covered ? [covered] : [])]
  if (read.length === 0) return lines
  const more = read.length > mostListed ? `, and ${read.length - mostListed} more` : ''
  return [...lines, `read ${read.slice(0, mostListed).map(readText).join(', ')}${more}`]
}

function foundText({ entry, file, line, text }: FoundEntry): string {
  const place = file === undefined ? '' : ` (${visible(file)}:${line})`
  const within = text === undefined ? '' : ` in ${shown(text)}`
  return `${shown(entry)}${place}${within}`
}

/** `а U+0430 as a`; an invisible character is shown as its code point only. */
function readText({ from, codePoint, to }: ReadAs): string {
  const sign = /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(from) ? `${visible(from)} ${codePoint}` : codePoint
  return `${sign} as ${to === '' ? 'nothing' : visible(to)}`
}
