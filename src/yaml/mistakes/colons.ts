import { errorTrap, mending, type Trap } from './trap.ts'
import { cite } from './wording.ts'

/** A full-width colon after a likely key of the language: latin letters at the start. */
export function fullWidthColon(raw: string, start: number): Trap | undefined {
  const found = /^[A-Za-z][\w.-]*(?: [\w.-]+){0,4} ?：/.exec(raw)
  return found === null ? undefined : fullWidthColonAt(raw, found[0].length - 1, start)
}

/** The full-width colon at an index of a text. */
export function fullWidthColonAt(raw: string, index: number, start: number): Trap {
  const key = raw.slice(0, index).split('\n').at(-1)?.trim() ?? ''
  const [value = ''] = raw.slice(index + 1).split('\n', 1)
  const hint = `Write an ordinary colon and a space: ${key}: ${/^[^[{]+$/.test(value) ? value.trim() : '…'}`
  const at = start + index
  const mend = mending(hint, at, at + 1, /^\s/.test(value) ? ':' : ': ', 'Write an ordinary colon and a space')
  return errorTrap('full-width-colon', at, 1, `The colon after ${cite(key)} is full-width (：)`, mend)
}

/** A bracket that opens inside a key: `when { nickName`, `when:{ nickName`, where a colon or a space is missing. */
export function bracketInKey(raw: string, start: number): Trap | undefined {
  const at = raw.search(/[{[]/)
  if (at < 1 || isBalanced(raw)) return undefined
  const head = raw.slice(0, at).trimEnd()
  if (head.endsWith('：')) return fullWidthColonAt(raw, head.length - 1, start)
  const key = head.replace(/:$/, '').trimEnd()
  const hint = `Write: ${key}: ${raw[at]} …`
  if (head.endsWith(':')) {
    const mend = mending(hint, start + head.length, start + head.length, ' ')
    return errorTrap('missing-blank', start + head.length - 1, 1, `There is no space after ${cite(head)}`, mend)
  }
  const mend = mending(hint, start + head.length, start + at, ': ')
  return errorTrap('missing-colon', start, head.length, `There is no colon after ${cite(head)}`, mend)
}

function isBalanced(raw: string): boolean {
  const count = (signs: RegExp) => raw.match(signs)?.length ?? 0
  return count(/[{[]/g) === count(/[}\]]/g)
}

/** A colon without a space between key and value: `nickName:admin`, but not `https://…`. */
export function blankAfterColon(raw: string, start: number): Trap | undefined {
  const found = /^([A-Za-z][\w.-]*(?: [\w.-]+){0,4}):(?=[^\s/:\\])/.exec(raw)
  if (found?.[1] === undefined) return undefined
  const [line = ''] = raw.split('\n')
  const value = line.slice(found[0].length).trim()
  const message = `There is no space after the colon in ${cite(line)}`
  const at = start + found[0].length
  return errorTrap('missing-blank', at - 1, 1, message, mending(`Write: ${found[1]}: ${value}`, at, at, ' '))
}

/** Another sign in place of the colon: `nickName = admin`. */
export function equalsSign(raw: string, start: number): Trap | undefined {
  const [, key, sign = '', value = ''] = /^([A-Za-z][\w.-]*)([ \t]*(?:={1,3}|:=|=>|->)[ \t]*)([^\n]*)/.exec(raw) ?? []
  if (key === undefined) return undefined
  const message = `There is no colon after ${cite(key)}`
  const at = start + key.length
  const mend = mending(`Write: ${key}: ${value.trim() || '…'}`, at, at + sign.length, ': ')
  return errorTrap('missing-colon', start, key.length, message, mend)
}

/** A colon without a space, outside prose: the only word of its line, or before a bracket or a quote. */
export function gluedPair(raw: string, start: number): Trap | undefined {
  return /^[\w.-]+:(?:[^\s[{"'][^ \t]*(?:[\r\n]|$)|[[{"'])/.test(raw) ? blankAfterColon(raw, start) : undefined
}

/** A dash without a space, as in `-admin` (but a number may start so), or a character that only looks like a dash. */
export function blankAfterDash(raw: string, start: number): Trap | undefined {
  if (/^[－–—•]\s/.test(raw)) return oddDash(raw, start)
  if (!/^-[\p{L}"'[{]/u.test(raw)) return undefined
  const [line = ''] = raw.split('\n')
  const mend = mending(`Write: - ${line.slice(1).trim()}`, start + 1, start + 1, ' ')
  return errorTrap('missing-blank', start, 1, `There is no space after the dash in ${cite(line)}`, mend)
}

function oddDash(raw: string, start: number): Trap {
  const message = `The dash ${raw[0]} is not an ordinary dash, so it does not start a list item`
  return errorTrap(
    'missing-dash',
    start,
    1,
    message,
    mending('Write an ordinary dash (-) and a space', start, start + 1, '-'),
  )
}
