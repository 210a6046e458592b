import type { Callback } from '../callbacks/callback.ts'
import type { Value } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import type { Case } from '../language/rule.ts'
import { cellsOf, shown } from '../language/show/visible.ts'
import { graphemes } from '../text/graphemes.ts'
import { itemChanges } from './item-changes.ts'
import type { CaseResult } from './run-case.ts'

/** The name of a case; if it has none, its input. */
export function caseName({ name, given, callback }: Case): string {
  if (name !== undefined) return name
  const values = [...given].map(([field, value]) => `${field} ${numberName(field, value, callback) ?? shown(value)}`)
  return values.length === 0 ? `${callback.name} without fields` : values.join(', ')
}

function numberName(field: string, value: unknown, { fields }: Callback): string | undefined {
  const names = fields.find(({ name }) => name === field)?.names
  return [...(names ?? [])].find(([, number]) => number === value)?.[0]
}

/** What a case expects, in words. */
export function expectedOf({ expect }: Case): string {
  const by = expect.by === undefined ? '' : ` by ${expect.by.id}`
  switch (expect.kind) {
    case 'allow':
      return 'allowed, nothing changed'
    case 'reject':
      return `rejected with ${expect.code}${by}${expect.message === undefined ? '' : saying(expect.message.text)}`
    case 'rewrite':
      return `allowed, with ${valuesText(expect.fields)}${by}`
  }
}

/** The result of a case, in words; with the message if the case expects one. */
export function actualOf(decision: Decision, { expect }: Case): string {
  if (decision.kind === 'reject') {
    const isStated = expect.kind === 'reject' && expect.message !== undefined
    return `rejected with ${decision.code} by ${decision.rule}${isStated ? saying(decision.message) : ''}`
  }
  return decision.rewrites.size === 0 ? 'allowed, nothing changed' : `allowed, with ${valuesText(decision.rewrites)}`
}

function saying(message: string): string {
  return message === '' ? ', without a message' : `, saying ${shown(message)}`
}

/** Why a case did not pass, as lines; empty if it passed. */
export function problemOf({ case: each, status, decision }: CaseResult): string[] {
  if (status === 'passed') return []
  if (status === 'needs time') return ['the result depends on the time: add at: "2026-03-01 23:30"']
  return [`expected  ${expectedOf(each)}`, `actual    ${actualOf(decision, each)}`, ...differences(each, decision)]
}

/** For each text that differs from the expected one: both texts, with carets under the difference. */
function differences({ expect }: Case, decision: Decision): string[] {
  if (expect.kind === 'reject' && decision.kind === 'reject') {
    return textDifference('message', expect.message?.text, decision.message)
  }
  if (expect.kind !== 'rewrite' || decision.kind !== 'allow') return []
  return [...expect.fields].flatMap(([field, wanted]) => {
    const got = decision.rewrites.get(field)
    return (
      itemChanges(field, wanted, got)?.flatMap(({ place, from, to }) => textDifference(place, from, to)) ??
      textDifference(field, wanted, got)
    )
  })
}

function textDifference(field: string, wanted: unknown, got: unknown): string[] {
  if (typeof wanted !== 'string' || typeof got !== 'string' || wanted === got) return []
  return differenceOf(field, wanted, got)
}

function differenceOf(field: string, wanted: string, got: string): string[] {
  const [a, b] = [wanted, got].map(text => graphemes(text).map(spelt)) as [string[], string[]]
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const from = Math.max(0, start - shownBefore)
  const before = widthOf(b.slice(from, start)) + (from > 0 ? 1 : 0)
  const length = Math.max(1, widthOf(b.slice(start, Math.min(b.length - end, from + mostShown))))
  return [
    `${field}`,
    `  expected  ${near(a, from)}`,
    `  actual    ${near(b, from)}`,
    `            ${' '.repeat(before)}${'^'.repeat(length)}`,
  ]
}

/** How much of a long text is shown around the first difference, so that the carets stay under it in any terminal. */
const [mostShown, shownBefore] = [50, 15]

function near(characters: readonly string[], from: number): string {
  const isCut = characters.length > from + mostShown
  return `${from > 0 ? '…' : ''}${characters.slice(from, from + mostShown).join('')}${isCut ? '…' : '|'}`
}

function widthOf(pieces: readonly string[]): number {
  return cellsOf(pieces.join('')).reduce((sum, { width }) => sum + width, 0)
}

/** A character in a form that looks like no other: unusual spaces and decomposed letters become code points. */
function spelt(character: string): string {
  const isOdd = /[^\P{Zs} ]/u.test(character) || character.normalize('NFC') !== character
  return isOdd ? Array.from(character, codePoint).join('') : shown(character).slice(1, -1)
}

function codePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
}

function valuesText(values: ReadonlyMap<string, Value>): string {
  return [...values].map(([field, value]) => `${field} ${shown(value)}`).join(', ')
}
