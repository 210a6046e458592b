import { inYaml } from '../quoted.ts'
import { choosing, errorTrap, type Mend, mending, type Trap } from './trap.ts'
import { cite, putInQuotes, quoted } from './wording.ts'

/** Formatting copied with a text: backticks, bullets, bold type, HTML. */
export function copiedTrap(raw: string, start: number): Trap | undefined {
  if (/^(?:```|~~~)/.test(raw)) return codeFence(raw, start)
  return backticks(raw, start) ?? entities(raw, start) ?? fromChat(raw, start)
}

/** Inline code from a chat. */
function backticks(raw: string, start: number): Trap | undefined {
  const [, inner] = /^`([^`\n]+)`$/.exec(raw) ?? []
  if (inner === undefined) return undefined
  const message = `The backticks around ${cite(inner)} are not quotes here`
  const bare = inYaml(inner)
  const end = start + raw.length
  const mend = choosing(`Write ${bare}, or ${quoted(raw)} to keep the backticks`, [
    { start, end, text: bare, label: `Write ${bare}` },
    { start, end, text: quoted(raw), label: `Write ${quoted(raw)}` },
  ])
  return errorTrap('needs-quotes', start, raw.length, message, mend)
}

const entityTexts: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['#34', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['nbsp', ' '],
])

/** Characters written as HTML entities. */
function entities(raw: string, start: number): Trap | undefined {
  const [, name] = /^&(#?\w{2,6});/.exec(raw) ?? []
  if (name === undefined || !entityTexts.has(name)) return undefined
  const decoded = raw.replaceAll(/&(#?\w{2,6});/g, (whole, each: string) => entityTexts.get(each) ?? whole)
  const [, , inner] = /^(["'])(.*)\1$/.exec(decoded) ?? []
  const meant = inner === undefined ? quoted(decoded) : quoted(inner)
  const message = `&${name}; is HTML for ${entityTexts.get(name)}, but is taken literally here`
  const mend = choosing(`Write ${meant}, or ${quoted(raw)} to keep it`, [
    { start, end: start + raw.length, text: meant, label: `Write ${meant}` },
    { start, end: start + raw.length, text: quoted(raw), label: `Write ${quoted(raw)}` },
  ])
  return errorTrap('needs-quotes', start, raw.length, message, mend)
}

/** Bullets, bold type and quote marks from a chat or an email, copied with the rule. */
function fromChat(raw: string, start: number): Trap | undefined {
  const [, sign, rest = ''] = /^([*+>])[ \t]+([A-Za-z][\w ]*:(?:[ \t][^\n]*)?)(?:\n|$)/.exec(raw) ?? []
  if (sign === '>') {
    const message = 'This line starts with >, as in a quoted email'
    return errorTrap('needs-quotes', start, 1, message, 'Delete the > on each line')
  }
  if (sign !== undefined) {
    const message = `${sign} is not a dash, so it does not start a list item`
    const mend = mending(`Write a dash and a space: - ${rest.trim()}`, start, start + 1, '-', 'Write a dash')
    return errorTrap('missing-dash', start, 1, message, mend)
  }
  const bold = /^\*\*([^*\n]+)\*\*/.exec(raw)
  if (bold === null) return undefined
  const message = `The stars around ${cite(bold[1] ?? '')} do not belong in a rule file`
  const mend = mending(`Write ${bold[1]}`, start, start + bold[0].length, bold[1] ?? '')
  return errorTrap('needs-quotes', start, bold[0].length, message, mend)
}

/** Code fences from a chat or a page, copied with the rule. */
function codeFence(raw: string, start: number): Trap {
  const message = `${cite(raw)} is a Markdown code fence and does not belong in a rule file`
  return errorTrap('needs-quotes', start, raw.length, message, 'Delete this line, and the same line at the end')
}

/** The marks that Git leaves in a file where two versions of it could not be merged. */
export function mergeMark(text: string): Trap | undefined {
  const found = /^(?:<{7}|>{7}) [^\n]*$/m.exec(text)
  if (found === null) return undefined
  const message = 'This file has two versions of the same lines: Git could not merge them'
  const hint = 'Keep the lines of one version, and delete the lines that start with <<<<<<<, ======= and >>>>>>>'
  return errorTrap('yaml-syntax', found.index, found[0].trimEnd().length, message, hint)
}

/** The fix that puts a text in quotes. */
export function quoting(raw: string, start: number, hint = putInQuotes(raw)): Mend {
  return mending(hint, start, start + raw.length, quoted(raw), 'Put it in quotes')
}
