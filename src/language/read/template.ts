import type { Callback } from '../../callbacks/callback.ts'
import { callbacks as allCallbacks } from '../../callbacks/catalogue.ts'
import { replacing, write } from '../../yaml/fix.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { ScalarNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import { type FieldRef, findField } from '../field.ts'
import { itemFields, readTextField } from '../item.ts'
import type { Template } from '../rule.ts'
import { readField } from './field.ts'
import { groupNamed, waitName } from './match-name.ts'
import type { Draft, Scope } from './scope.ts'

/**
 * Reads the braces of a text; undefined if they are invalid (reported).
 *
 * `{{` and `}}` are literal braces, and so is a lone `}`. `text` is the value of `node`.
 */
export function readBraces(text: string, node: ScalarNode, reporter: Reporter): Draft | undefined {
  const pieces: (string | { name: string; span: Span })[] = []
  const place = placesWithin(node, text)
  let isWhole = true
  let plain = ''
  let at = 0
  let braces = 0
  for (const { 0: found, index } of text.matchAll(/\{\{|\}\}|\{[^{}]*\}|\{/g)) {
    if (++braces > limits.braces) return refuseTooMany(node, reporter)
    plain += text.slice(at, index)
    at = index + found.length
    if (found === '{{' || found === '}}') {
      if (found === '{{') warnOfTwo(text, index, place, reporter)
      plain += found.charAt(0)
      continue
    }
    const span = place(index, at)
    const name = readName(found, span, reporter)
    if (name === undefined) isWhole = false
    else {
      warnOfDollar(text, index, { name, found }, { place, reporter })
      pieces.push(plain, { name, span })
    }
    plain = ''
  }
  return isWhole ? [...pieces, plain + text.slice(at)].filter(piece => piece !== '') : undefined
}

function refuseTooMany({ span }: ScalarNode, reporter: Reporter): undefined {
  const message = `This text has more than ${shownCount(limits.braces)} pairs of braces`
  reporter.error('too-large', span, message, 'Write a shorter text')
}

/** A draft with its fields looked up in all callbacks of a scope; undefined if one is unknown (reported). */
export function fillIn(draft: Draft, scope: Pick<Scope, 'callbacks' | 'item' | 'reporter'>): Template | undefined {
  const pieces = draft.map(piece => {
    if (typeof piece === 'string') return piece
    const field = readTextField(piece.name, piece.span, scope)
    if (field?.kind !== 'list' || itemFields(field.field).length === 0) return field
    const message = `"${piece.name}" is a list of objects, which a text cannot show`
    scope.reporter.error('bad-template', piece.span, message, 'Name a field that holds one value')
    return undefined
  })
  return pieces.some(piece => piece === undefined) ? undefined : (pieces as (string | FieldRef)[])
}

/** Reports fields of a draft that no callback has, whoever may use it. */
export function checkDraft(draft: Draft, callbacks: readonly Callback[] | undefined, reporter: Reporter): void {
  const candidates = callbacks === undefined || callbacks.length === 0 ? allCallbacks : callbacks
  for (const piece of draft) {
    if (typeof piece === 'string' || piece.name === waitName || groupNamed(piece.name) !== undefined) continue
    if (allCallbacks.some(callback => findField(piece.name, callback)) || refuseWait(piece, reporter)) continue
    const [first] = candidates
    if (first !== undefined) readField(piece.name, piece.span, [first], reporter)
  }
}

/** Whether a name that is no field is meant as `{wait}`; if so, it is reported. */
export function refuseWait({ name, span }: { name: string; span: Span }, reporter: Reporter): boolean {
  if (!/^(?:wait\w*|seconds|retry\w*|retry after|time left|remaining)$/i.test(name) || name === waitName) return false
  if (allCallbacks.some(callback => findField(name, callback))) return false
  const isPlace = span.end - span.start === name.length + 2
  const advice = { hint: 'Write {wait} for the seconds to wait', fixes: isPlace ? [replacing(span, '{wait}')] : [] }
  reporter.error('unknown-field', span, `There is no field "${name}"`, advice)
  return true
}

/** The span of a part of a text; the whole text if the part cannot be located in the source. */
export function spanWithin(node: ScalarNode, text: string, start: number, end: number): Span {
  return placesWithin(node, text)(start, end)
}

type PlaceOf = (start: number, end: number) => Span

/** Like `spanWithin`, for many parts of a text that is slow to compare. */
function placesWithin({ span, raw }: ScalarNode, text: string): PlaceOf {
  const shift = raw === text ? 0 : raw.slice(1, -1) === text ? 1 : undefined
  return (start, end) => {
    const first = shift === undefined ? placeIn(raw, text, start, end) : start + shift
    if (first === undefined) return span
    return { file: span.file, start: span.start + first, end: span.start + first + end - start }
  }
}

/** In a longer text no part is located: that takes time proportional to its length. */
const longestSearched = 8_192

/** The position of a part of a text in a source written over several lines, or with escapes. */
function placeIn(raw: string, text: string, start: number, end: number): number | undefined {
  if (text.length > longestSearched) return undefined
  const part = text.slice(start, end)
  const written = raw.split(part)
  if (part === '' || written.length !== text.split(part).length) return undefined
  const before = text.slice(0, start).split(part).length
  return written.slice(0, before).join(part).length
}

/** Other template languages put two braces around a name; here that prints the name. */
function warnOfTwo(text: string, at: number, place: PlaceOf, reporter: Reporter): void {
  const pattern = /\{\{\s*([\p{L}\p{N}_.]+(?: [\p{L}\p{N}_.]+)*)\s*\}\}?/uy
  pattern.lastIndex = at
  const [found, name = ''] = pattern.exec(text) ?? []
  if (found === undefined || !isKnown(name)) return
  const message = `${found} prints as {${name}}, not as the value of the field`
  const span = place(at, at + found.length)
  reporter.warning('bad-template', span, message, write(span, `{${name}}`))
}

/** Other template languages put a dollar before it; here that is printed. */
function warnOfDollar(
  text: string,
  at: number,
  { name, found }: { name: string; found: string },
  { place, reporter }: { place: PlaceOf; reporter: Reporter },
): void {
  if (text[at - 1] !== '$' || !isKnown(name)) return
  const span = place(at - 1, at + found.length)
  reporter.warning('bad-template', span, `The $ before ${found} is printed as is`, write(span, found))
}

function isKnown(name: string): boolean {
  return name === waitName || allCallbacks.some(callback => findField(name, callback))
}

const howTo = 'Write {nickName} for the value of a field, and {{ and }} for braces'

function readName(found: string, span: Span, reporter: Reporter): string | undefined {
  if (!found.endsWith('}')) {
    reporter.error('bad-template', span, 'This brace is not closed', howTo)
    return undefined
  }
  const name = found.slice(1, -1).trim()
  if (/^[\p{L}_][\p{L}\p{N}_]*( [\p{L}\p{N}_]+)*(\.[^\s."]+( [^\s."]+)*)*$/u.test(name)) return name
  reporter.error('bad-template', span, `There is no field name in ${found}`, howTo)
  return undefined
}
