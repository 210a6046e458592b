import { columnOf, enclosing, type IndentedKey, nearestColumn } from '../columns.ts'
import { after, type Broken, before, type Lexeme } from '../lexemes.ts'
import { oddBlankAfterColon, oddBlankAfterDash, oddIndent } from './blanks.ts'
import { blankAfterColon, blankAfterDash, bracketInKey, equalsSign, fullWidthColonAt } from './colons.ts'
import { moveLines } from './reindent.ts'
import { errorTrap, mending, type Trap } from './trap.ts'
import { gluedEntries, gluedHash, mustBeQuoted, reservedStart } from './traps.ts'
import { cite } from './wording.ts'

/** A dash that is not aligned with the other dashes of its list. */
export function misplacedDash(broken: Broken, index: number): Trap {
  const dash = broken.all[index] as Lexeme
  const here = columnOf(broken.text, dash.start)
  const other = nearestColumn(
    enclosing(broken, index).filter(({ isDash }) => isDash),
    here,
  )
  if (other === undefined) {
    const hint = 'Put the list under a key with nothing after its colon'
    return errorTrap('bad-indent', dash.start, 1, 'A list cannot start here', hint)
  }
  const message = `This dash is in column ${here + 1}, but the dashes of its list are in column ${other.column + 1}`
  const hint = `Put it under the dash on line ${other.line}`
  const fixes = [{ label: hint, edits: moveLines(broken.text, dash.start, other.column) }]
  return errorTrap('glued-entries', dash.start, 1, message, { hint, fixes })
}

/** A line whose indentation fits none of the lines above. */
export function misplacedLine(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const { start, end } = all[index] as Lexeme
  const above = all[before(all, index)]
  const raw = text.slice(start, end)
  if (above?.type === 'block-text' && all[after(all, index)]?.type !== 'map-value-ind') return outsideBlock(raw, start)
  const places = enclosing(broken, index)
  const here = columnOf(text, start)
  const dash = places.find(({ isDash, column }) => isDash && column === here)
  if (dash !== undefined && dash.key === raw) {
    const message = `There is no dash before this ${cite(raw)}, which starts a list item`
    const hint = `Start the list item with a dash: - ${raw}:`
    const [, ...below] = moveLines(text, start, here + 2)
    const dashed = { start, end: start, text: '- ' }
    // Its other lines are aligned with the key or with the dash.
    const fixes = [[dashed], [dashed, ...below]].map(edits => ({ label: 'Start it with a dash', edits }))
    return errorTrap('missing-dash', start, raw.length, message, { hint, fixes })
  }
  return badIndent(
    text,
    start,
    raw,
    nearestColumn(
      places.filter(({ isDash }) => !isDash),
      here,
    ),
  )
}

function badIndent(text: string, start: number, raw: string, under: IndentedKey | undefined): Trap {
  const [line = raw] = raw.split('\n')
  const message = `The line ${cite(`${line}:`)} starts in column ${columnOf(text, start) + 1}, where no key above starts`
  const { length } = line.trimEnd()
  if (under === undefined) {
    const hint = 'Indent lines that belong together by the same number of spaces'
    return errorTrap('bad-indent', start, length, message, hint)
  }
  const hint = `Put it in column ${under.column + 1}, under ${cite(under.key)} on line ${under.line}`
  const fixes = [{ label: hint, edits: moveLines(text, start, under.column) }]
  return errorTrap('bad-indent', start, length, message, { hint, fixes })
}

/** A comment that splits a text. */
function commentAbove({ text, all }: Broken, index: number): Trap | undefined {
  const comment = all[index - 1]
  const value = all[index - 2]
  const next = all[index]
  if (comment?.type !== 'comment' || value?.type !== 'scalar' || next?.type !== 'scalar') return undefined
  const hash = comment.isFirst ? undefined : gluedHash({ text, ...value, inFlow: false }, 'error')
  if (hash !== undefined) return hash
  const owner = all[before(all, index - 2)]?.type === 'map-value-ind' ? all[index - 4] : undefined
  if (owner === undefined || columnOf(text, next.start) <= columnOf(text, owner.start)) return undefined
  const cited = cite(text.slice(next.start, next.end))
  const message = `${cited} is cut off from the text above by the comment between them`
  const hint = 'Move the comment, or put the whole text in quotes'
  return errorTrap('yaml-syntax', next.start, firstLine(text, next).length, message, hint)
}

/** A line that a chat or a mail broke off the comment above it. */
function wrappedComment({ text, all }: Broken, index: number): Trap | undefined {
  const [comment, line] = [all[index - 1], all[index]]
  if (comment?.type !== 'comment' || !comment.isFirst || line?.type !== 'scalar' || line.depth > 0) return undefined
  const raw = firstLine(text, line)
  if (!/^[^\s:]+ \S/.test(raw) || columnOf(text, line.start) > columnOf(text, comment.start)) return undefined
  const message = `There is no colon after ${cite(raw)}`
  const mend = mending(`If it continues the comment above: # ${raw}`, line.start, line.start, '# ', 'Write # before it')
  return errorTrap('missing-colon', line.start, raw.length, message, mend)
}

function firstLine(text: string, { start, end }: { start: number; end: number }): string {
  const [line = ''] = text.slice(start, end).split('\n', 1)
  return line.trimEnd()
}

function outsideBlock(raw: string, start: number): Trap {
  const [line = raw] = raw.split('\n')
  const message = `The line ${cite(line)} is indented less than the text it belongs to`
  const hint = 'Indent all lines of the text by the same number of spaces, deeper than its key'
  return errorTrap('bad-indent', start, line.trimEnd().length, message, hint)
}

/** A line that is read as a key but has no colon. */
export function lineWithoutColon(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const { start, end } = all[index] as Lexeme
  const raw = text.slice(start, end)
  if (all[before(all, index)]?.type === 'block-text') return outsideBlock(raw, start)
  if (/^[*&!|>?[{]/.test(raw)) return mustBeQuoted(lineOf(text, start), start)
  const hash = gluedHash({ text, start, end, inFlow: false }, 'error')
  return (
    keyTrap(raw, start) ??
    hash ??
    commentAbove(broken, index) ??
    wrappedComment(broken, index) ??
    entryWithoutDash(broken, index) ??
    missingColon(raw, start)
  )
}

/** The problem with the lines of a text that runs into the next key. */
function keyTrap(raw: string, start: number): Trap | undefined {
  const lines = linesOf(raw, start)
  const mends = [
    oddIndent,
    oddBlankAfterDash,
    fullWidthColonIn,
    blankAfterColon,
    oddBlankAfterColon,
    bracketInKey,
    reservedStart,
  ]
  for (const line of lines.length > 1 ? lines.slice(0, -1) : lines) {
    for (const mend of mends) {
      const trap = mend(line.raw, line.start)
      if (trap !== undefined) return trap
    }
  }
  const last = lines.at(-1)
  const odd = last === undefined ? undefined : oddIndent(last.raw, last.start)
  return odd ?? gluedEntries(raw, start) ?? blankAfterDash(raw, start)
}

function fullWidthColonIn(raw: string, start: number): Trap | undefined {
  const index = raw.indexOf('：')
  return index === -1 ? undefined : fullWidthColonAt(raw, index, start)
}

/** A line without a dash below the items of a list of texts. */
function entryWithoutDash(broken: Broken, index: number): Trap | undefined {
  const { start, end } = broken.all[index] as Lexeme
  const raw = broken.text.slice(start, end)
  if (raw.includes('\n') || enclosing(broken, index)[0]?.isDash !== true) return undefined
  const message = `There is no dash before ${cite(raw)}, unlike the list items above`
  return errorTrap('missing-dash', start, raw.length, message, mending(`Write: - ${raw}`, start, start, '- '))
}

function lineOf(text: string, start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end === -1 ? text.length : end).trimEnd()
}

function missingColon(raw: string, start: number): Trap {
  const [line = raw] = raw.split('\n')
  const key = line.trimEnd()
  const equals = equalsSign(key, start)
  if (equals !== undefined) return equals
  const [, comment] = /^(?:\/\/|--|;|\/\*)\s*(.*)$/.exec(key) ?? []
  if (comment !== undefined) {
    const message = `There is no colon after ${cite(key)}`
    const hint = `Start a comment with #: # ${comment}`
    return errorTrap(
      'missing-colon',
      start,
      key.length,
      message,
      mending(hint, start, start + key.length, `# ${comment}`),
    )
  }
  const hint = 'Write a colon and a space after a key; indent the line deeper if it belongs to the text above'
  return errorTrap('missing-colon', start, key.length, `There is no colon after ${cite(key)}`, hint)
}

/** A `key:` line below a complete value, indented deeper than its key. */
export function deeperLine(broken: Broken, index: number): Trap {
  const { text, all } = broken
  const { start, end } = all[index] as Lexeme
  const raw = text.slice(start, end)
  const outer = all[before(all, before(all, index))]
  const owner = outer === undefined ? '' : text.slice(outer.start, outer.end)
  const lines = linesOf(raw, start)
  const last = lines.at(-1) ?? { raw, start }
  const trap =
    gluedEntries(raw, start) ?? oddIndent(last.raw, last.start) ?? (outer && blankAfterDash(owner, outer.start))
  if (trap !== undefined) return trap
  const [number, entry] = /^\d{1,3}[.)][ \t]+(.+)$/.exec(owner) ?? []
  if (outer !== undefined && number !== undefined) {
    const message = `A number such as ${cite(number.split(' ', 1)[0] ?? '')} does not start a list item`
    const sign = number.length - (entry ?? '').length
    const mend = mending(`Write a dash and a space: - ${entry}: …`, outer.start, outer.start + sign, '- '.padEnd(sign))
    return errorTrap('missing-dash', outer.start, number.length, message, mend)
  }
  const message = `The line ${cite(`${last.raw}:`)} is indented deeper than ${cite(owner)}, which already has a value on its line`
  const column = columnOf(text, outer?.start ?? start)
  const hint = `Put it in column ${column + 1}; if it belongs to the text above, put the whole text in quotes`
  const fixes = [{ label: `Put it in column ${column + 1}`, edits: moveLines(text, last.start, column) }]
  return errorTrap('bad-indent', last.start, last.raw.length, message, { hint, fixes })
}

/** The non-empty lines of a text without surrounding spaces; odd spaces are kept. */
function linesOf(raw: string, start: number): { raw: string; start: number }[] {
  const found: { raw: string; start: number }[] = []
  let offset = start
  for (const line of raw.split('\n')) {
    let lead = 0
    while (isBlank(line[lead])) lead++
    let end = line.length
    while (end > lead && isBlank(line[end - 1])) end--
    if (end > lead) found.push({ raw: line.slice(lead, end), start: offset + lead })
    offset += line.length + 1
  }
  return found
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r'
}
