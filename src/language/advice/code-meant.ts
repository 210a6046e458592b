import { type Advice, beforeSpan, replacing, write } from '../../yaml/fix.ts'
import { isFlow } from '../../yaml/layout.ts'
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts'
import { inYaml } from '../../yaml/quoted.ts'
import type { Misplaced } from '../read/mapping.ts'
import { inBraces } from '../read/shape.ts'

/**
 * Where a code is written: as the value of `reject`, where only a number or a name fits, or after `code`, with the text
 * between that entry and the next.
 */
export type CodePlace = 'refusal' | 'alone' | { between: string }

/** A code and a text written as one value. */
type Both = { code: string; message: string }

/** Splits a code with its message, as in `5001 No links` or `No links (5001)`; undefined for other texts. */
function bothIn(text: string): Both | undefined {
  const said = text.trim()
  if (said.length > 1_000) return undefined
  const [, first, after] = /^(?:code[\s:=]*)?([5-9]\d{3})(?!\d)\s*[,:;.|–—=-]*\s*(.*)$/s.exec(said) ?? []
  if (first !== undefined && after !== undefined) {
    return { code: first, message: after.startsWith('#') ? '' : unquoted(after) }
  }
  const [, before = '', last] = /^(.*?)[\s,:;–—-]*[([]?(?<!\d)([5-9]\d{3})[)\]]?$/s.exec(said) ?? []
  return last === undefined ? undefined : { code: last, message: unquoted(before) }
}

function unquoted(text: string): string {
  return /^(["'`“]).*["'`”]$/s.test(text) ? text.slice(1, -1) : text
}

/** Advice for a text where a code belongs, if it contains a code; undefined otherwise. */
export function codeMeant(node: ScalarNode, place: CodePlace): Advice | undefined {
  const { value, span } = node
  const both = typeof value === 'string' ? bothIn(value.normalize('NFKC')) : undefined
  if (both === undefined) return undefined
  const { code, message } = both
  if (message === '' || place === 'alone') return write(span, code)
  const hint = `Write code: ${code}, message: ${inYaml(message)}`
  if (place === 'refusal') return write(span, `{ code: ${code}, message: ${inYaml(message)} }`)
  return { hint, fixes: [replacing(span, `${code}${place.between}message: ${inYaml(message)}`, hint)] }
}

/** A number with thousands separators, as in `5,001`; undefined for other values. */
export function groupedCode(node: ScalarNode): Advice | undefined {
  const bare = /^[5-9][,.'’ _]\d{3}$/.test(node.raw) ? node.raw.replaceAll(/\D/g, '') : undefined
  return bare === undefined ? undefined : write(node.span, bare)
}

/** Advice for a list after `reject`: `[5001, No links]`; undefined for other lists. */
export function listedCode(node: Node): Advice | undefined {
  if (node.kind !== 'list' || node.items.length !== 2) return undefined
  const [first, second] = node.items
  const code = isCode(first) ? first : isCode(second) ? second : undefined
  const text = code === first ? second : first
  if (code?.kind !== 'scalar' || text?.kind !== 'scalar' || typeof text.value !== 'string') return undefined
  return write(node.span, `{ code: ${code.value}, message: ${inBraces(text)} }`)
}

function isCode(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && /^[5-9]\d{3}$/.test(String(node.value))
}

/** A code used as a key with its message as value: `{ 5001: No links }`; undefined for other keys. */
export function keyedCode({ key, value }: Entry, all: readonly Entry[], map: Node['span']): Misplaced | undefined {
  if (!/^[5-9]\d{3}$/.test(key)) return undefined
  const shown = value.kind === 'scalar' ? inBraces(value) : '…'
  const written = `{ code: ${key}, message: ${shown} }`
  const advice = { hint: `Write ${written}`, meant: 'code' }
  return all.length > 1 || shown === '…' ? advice : { ...advice, fixes: [replacing(map, written)] }
}

/** Whether a code and a message are swapped. */
export function swapped(code: Entry | undefined, message: Entry | undefined): boolean {
  return (
    code?.value.kind === 'scalar' &&
    typeof code.value.value === 'string' &&
    !isCode(code.value) &&
    isCode(message?.value)
  )
}

/** Advice for a swapped code and message. */
export function swapAdvice(code: Entry, message: Entry): Advice {
  const hint = 'Swap them'
  const [text, number] = [code.value, message.value]
  const [written, digits] = [
    text.kind === 'scalar' ? text.raw : '…',
    number.kind === 'scalar' ? String(number.value) : '…',
  ]
  const edits = [
    { span: text.span, text: digits },
    { span: number.span, text: written },
  ]
  const isShort = !written.includes('\n')
  return {
    hint: `${hint}: code: ${digits}, message: ${isShort ? written : '…'}`,
    fixes: isShort ? [{ label: hint, edits }] : [],
  }
}

/** Advice for a mapping with the texts of a code but no code; `example` is the fallback. */
export function withoutCode(map: MapNode, text: string): Advice {
  const [first] = map.entries
  const [only] = map.entries.length === 1 ? map.entries : []
  const shown = only?.value.kind === 'scalar' ? `${only.key}: ${inBraces(only.value)}` : 'message: …'
  const hint = `Write { code: 5001, ${shown} }`
  if (first === undefined || !isFlow(map, text)) return { hint }
  return { hint, fixes: [replacing(beforeSpan(first.keySpan), 'code: 5001, ', 'Write code: 5001 before it')] }
}
