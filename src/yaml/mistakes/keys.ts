import { type CST, isAlias, isMap, isScalar, type ParsedNode, type Pair as YamlPair } from 'yaml'
import { placeAt, type Source } from '../source.ts'
import { oddBlankAfterColon, oddBlankAfterDash, oddBlankInKey, oddIndent } from './blanks.ts'
import { blankAfterColon, blankAfterDash, bracketInKey, equalsSign, fullWidthColonAt } from './colons.ts'
import { isAnchorOrTag, isNothing, type MarkedText, refusedAlias, refusedMark } from './refused.ts'
import { errorTrap, mending, type Trap } from './trap.ts'
import { fullWidthBracket, fullWidthComma, mustBeQuoted, reservedStart } from './traps.ts'
import { cite, quoted } from './wording.ts'

/** One `key: value` as YAML read it. */
export type Pair = {
  key: string
  keyNode: ParsedNode
  start: number
  end: number
  isPlain: boolean
  /** The tokens before the key. */
  keySigns: readonly CST.SourceToken[]
  /** The tokens between key and value. */
  signs: readonly CST.SourceToken[]
  /** Null when no colon follows the key. */
  value: ParsedNode | null
}

/** A pair of the library in the form needed here. A key is a text, whatever else YAML could read it as. */
export function pairOf({ key: keyNode, value, srcToken }: YamlPair<ParsedNode, ParsedNode | null>): Pair {
  const token = srcToken as CST.CollectionItem | undefined
  const isText = isScalar(keyNode)
  return {
    key: isText ? String(keyNode.value) : '',
    keyNode,
    start: keyNode.range[0],
    end: keyNode.range[1],
    isPlain: isText && keyNode.type === 'PLAIN',
    keySigns: token?.start ?? [],
    signs: token?.sep ?? [],
    value,
  }
}

/** The first problem that makes the keys of a mapping unreadable. */
export function mapTrap(
  written: MarkedText,
  pairs: readonly Pair[],
  isFlow: boolean,
  range: readonly [number, number, ...number[]],
): Trap | undefined {
  const { text } = written
  const only = pairs.length === 1 ? pairs[0] : undefined
  if (only !== undefined && only.value === null && isFlow && !isScalar(only.keyNode)) {
    return doubledBraces(text, only, range)
  }
  for (const pair of pairs) {
    const trap = refusedKey(written, pair) ?? (pair.isPlain ? plainKeyTrap(text, pair, isFlow) : undefined)
    if (trap !== undefined) return trap
  }
  return strayKey(text, pairs, range)
}

/** `{{nickName}}` is a text, `{{ nickName: x }}` has doubled braces. */
function doubledBraces(
  text: string,
  { start, end, keyNode }: Pair,
  range: readonly [number, number, ...number[]],
): Trap {
  const isText = !isMap(keyNode) || keyNode.items.every(({ value }) => value === null)
  if (isText) return mustBeQuoted(text.slice(range[0], range[1]), range[0])
  const message = 'The brackets are doubled here'
  return errorTrap('key-not-text', start, end - start, message, `Write: ${cite(text.slice(start, end)).slice(1, -1)}`)
}

/** A key that is not a text. */
function refusedKey(written: MarkedText, { keyNode, start, end, keySigns, signs }: Pair): Trap | undefined {
  const { text } = written
  const explicit = keySigns.find(({ type }) => type === 'explicit-key-ind')
  if (explicit !== undefined) {
    return mustBeQuoted(text.slice(explicit.offset, Math.max(end, explicit.offset + 1)), explicit.offset)
  }
  const mark = keySigns.find(isAnchorOrTag)
  if (mark !== undefined) return refusedMark(written, mark, keyNode)
  if (isAlias(keyNode)) return refusedAlias(written, keyNode.range)
  if (isNothing(keyNode)) return missingKey(text, signs.find(({ type }) => type === 'map-value-ind')?.offset ?? start)
  if (isScalar(keyNode)) return undefined
  const message = `A key must be a text, got ${cite(text.slice(start, end))}`
  return errorTrap('key-not-text', start, end - start, message, `Put it in quotes: ${quoted(text.slice(start, end))}`)
}

/** A colon without a key before it, such as the one in `[spam]: no`. */
function missingKey(text: string, colon: number): Trap {
  const line = text.slice(text.lastIndexOf('\n', colon) + 1, colon)
  const hint = /[\]}][ \t]*$/.test(line)
    ? 'Put the whole text in quotes'
    : 'Write the key before it, or delete the colon'
  return errorTrap('key-not-text', colon, 1, 'There is no key before this colon', hint)
}

function plainKeyTrap(text: string, { key, start, end }: Pair, isFlow: boolean): Trap | undefined {
  if (key === '<<') return mergeKey(start)
  const raw = text.slice(start, end)
  const colon = raw.indexOf('：')
  if (colon !== -1) return fullWidthColonAt(raw, colon, start)
  const odd = oddBlankInKey(raw, start)
  if (odd !== undefined) return odd
  if (isFlow) return reservedStart(raw, start)
  return (
    oddIndent(raw, start) ??
    reservedStart(raw, start) ??
    bracketInKey(raw, start) ??
    blankAfterDash(raw, start) ??
    oddBlankAfterDash(raw, start)
  )
}

function mergeKey(start: number): Trap {
  const hint = 'Write out the lines, or name a condition under "conditions:" and refer to it with "use:"'
  return errorTrap('merge-key', start, 2, 'Rule files do not support merging with <<', hint)
}

/** Inside `{ }`, text without a colon after it. */
function strayKey(
  text: string,
  pairs: readonly Pair[],
  range: readonly [number, number, ...number[]],
): Trap | undefined {
  const index = pairs.findIndex(({ value }) => value === null)
  const stray = pairs[index]
  if (stray === undefined) return undefined
  const raw = text.slice(stray.start, stray.end)
  if (stray.isPlain) {
    const { start } = stray
    const trap =
      fullWidthComma(raw, start, 'error') ??
      oddBlankAfterColon(raw, start) ??
      blankAfterColon(raw, start) ??
      equalsSign(raw, start)
    if (trap !== undefined) return trap
  }
  const before = pairs[index - 1]
  if (before !== undefined) return splitList(text, before, stray) ?? strayComma(text, before, stray)
  if (pairs.length === 1 && stray.isPlain) return mustBeQuoted(text.slice(range[0], range[1]), range[0])
  const list = pairs.every(({ value }) => value === null) ? `: [${text.slice(stray.start, pairs.at(-1)?.end)}]` : ''
  const message = `${cite(raw)} has no colon after it, but { } takes "key: value" pairs`
  return errorTrap('stray-comma', stray.start, raw.length, message, `Write a list in brackets${list}`)
}

/** A list in full-width brackets, which YAML ignores: its commas start keys. */
function splitList(text: string, { value }: Pair, stray: Pair): Trap | undefined {
  const raw = value === null ? '' : text.slice(value.range[0], stray.end)
  return /^[［｛【〔〖]/.test(raw) ? fullWidthBracket(raw, value?.range[0] ?? stray.start) : undefined
}

/** Keys that never take a list. */
const textKeys = new Set(['message', 'detail', 'why', 'name', 'with', 'text', 'set'])

function strayComma(text: string, before: Pair, stray: Pair): Trap {
  const raw = text.slice(stray.start, stray.end)
  const message = `${cite(raw)} has no colon after it: inside { } a comma starts a new key`
  const start = before.value?.range[0] ?? before.end
  const both = text.slice(start, stray.end)
  const key = text.slice(before.start, before.end)
  const number = /^\d{1,3}(?:,\d{3})+$/.test(both) ? both.replaceAll(',', '') : undefined
  if (number !== undefined) {
    const mend = mending(`Write ${key}: ${number}`, start, stray.end, number, `Write ${number}`)
    return errorTrap('stray-comma', start, both.length, `The number ${both} has a comma in it`, mend)
  }
  const inParentheses = /^\(([^()]+)\)$/.exec(both)?.[1]
  if (inParentheses !== undefined && !textKeys.has(key)) {
    const list = `[${inParentheses.trim()}]`
    const mend = mending(`Write ${key}: ${list}`, start, stray.end, list, `Write ${list}`)
    return errorTrap('stray-comma', stray.start, raw.length, message, mend)
  }
  const [, values] = /^(?:is )?(?:in|either|(?:one|any) of)\s+([^:[\]{}]+)$/i.exec(both) ?? []
  if (values !== undefined && !textKeys.has(key)) {
    const mend = mending(`Write ${key}: [${values}]`, start, stray.end, `[${values}]`, `Write [${values}]`)
    return errorTrap('stray-comma', stray.start, raw.length, message, mend)
  }
  const asText = /["']/.test(both) ? '' : `, or ${key}: ${quoted(both)} for one text`
  const hint = textKeys.has(key) ? `Write ${key}: ${quoted(both)}` : `Write ${key}: [${both}] for a list${asText}`
  return errorTrap('stray-comma', stray.start, raw.length, message, both.length > 100 ? 'Write a list with [ ]' : hint)
}

/**
 * The pairs without repeated keys, and the problems to report about those.
 *
 * If the first key of a list item is repeated, a dash was forgotten: the rest is the next item.
 */
export function withoutRepeats(
  { file, starts }: Pick<Source, 'file'> & { starts: readonly number[] },
  pairs: readonly Pair[],
  { isFlow, isEntry }: { isFlow: boolean; isEntry: boolean },
): { kept: Pair[]; traps: Trap[] } {
  const next = isFlow ? -1 : pairs.findIndex(({ key }, at) => at > 0 && beginsEntry(key, pairs, at, isEntry))
  const repeat = pairs[next]
  const traps: Trap[] = repeat === undefined ? [] : [missingDash(repeat)]
  const first = new Map<string, Pair>()
  for (const pair of repeat === undefined ? pairs : pairs.slice(0, next)) {
    const earlier = first.get(pair.key)
    if (earlier === undefined) first.set(pair.key, pair)
    else if (repeat === undefined) traps.push(duplicate(pair, `${file}:${show(placeAt(starts, earlier.start))}`))
  }
  return { kept: [...first.values()], traps }
}

function beginsEntry(key: string, pairs: readonly Pair[], at: number, isEntry: boolean): boolean {
  if (key === 'rule') return pairs.slice(0, at).some(pair => pair.key === key)
  return isEntry && key === pairs[0]?.key
}

function missingDash({ key, start, end }: Pair): Trap {
  const message = `There is no dash before this second ${cite(key)}`
  return errorTrap('missing-dash', start, end - start, message, `Start the list item with a dash: - ${key}:`)
}

function duplicate({ key, start, end }: Pair, place: string): Trap {
  const message = `Duplicate key ${cite(key)}`
  return errorTrap('duplicate-key', start, end - start, message, `The first is at ${place}; remove one of them`)
}

function show({ line, column }: { line: number; column: number }): string {
  return `${line}:${column}`
}
