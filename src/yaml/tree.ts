import { type CST, isAlias, isMap, isScalar, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import { badEscape } from './mistakes/escapes.ts'
import { mapTrap, type Pair, pairOf, withoutRepeats } from './mistakes/keys.ts'
import { isClosed, unclosedQuote } from './mistakes/quotes.ts'
import {
  blockTrap,
  isAnchorOrTag,
  isNothing,
  type MarkedText,
  marksIn,
  nothingTrap,
  refusedAlias,
  refusedMark,
  withoutUsedAnchors,
} from './mistakes/refused.ts'
import type { Trap } from './mistakes/trap.ts'
import { beginsLine, plainTraps } from './mistakes/traps.ts'
import type { Entry, Node } from './node.ts'
import { lineStarts, type Source, type Span } from './source.ts'

/** A file being read, and the problems found in it so far. */
type Scene = Source & MarkedText & { starts: readonly number[]; traps: Trap[] }

/** The position of a value. */
type Slot = {
  role: 'root' | 'item' | 'value'
  inFlow: boolean
  /** The tokens before it: its dash or colon, marks, spaces, comments. */
  signs: readonly CST.SourceToken[]
  /** What to point at when there is nothing: the key or the dash. */
  owner: { start: number; end: number }
}

/**
 * The tree of a valid YAML document, and everything in it that the author cannot have meant.
 *
 * Such a place is `broken`. The root is null for an empty document. `signs` are before the contents. Recursion is as
 * deep as the document, which is limited before.
 */
export function readTree(
  { file, text }: Source,
  contents: ParsedNode | null,
  signs: readonly CST.SourceToken[],
): { root: Node | null; traps: Trap[] } {
  if (contents === null || (isNothing(contents) && !signs.some(isAnchorOrTag))) return { root: null, traps: [] }
  const scene = { file, text, marks: marksIn(text), starts: lineStarts(text), traps: [] }
  const slot = { role: 'root', inFlow: false, signs, owner: { start: 0, end: 0 } } as const
  const root = readNode(scene, contents, slot)
  return { root, traps: withoutUsedAnchors(text, scene.traps) }
}

function readNode(scene: Scene, node: ParsedNode, slot: Slot): Node {
  const mark = slot.signs.find(isAnchorOrTag)
  if (mark !== undefined) {
    scene.traps.push(refusedMark(scene, mark, node))
    return broken(scene, mark.offset, Math.max(node.range[1], mark.offset + mark.source.length))
  }
  if (isAlias(node)) {
    scene.traps.push(refusedAlias(scene, node.range))
    return broken(scene, node.range[0], node.range[1])
  }
  if (isScalar(node)) return readScalar(scene, node, slot)
  return isMap(node) ? readMap(scene, node, slot) : readList(scene, node, slot)
}

function readScalar(scene: Scene, node: Scalar.Parsed, slot: Slot): Node {
  const start = node.range[0]
  const end = endOfScalar(scene.text, node)
  const traps = scalarTraps(scene.text, node, end, slot)
  scene.traps.push(...traps)
  if (traps.some(({ severity }) => severity === 'error')) return broken(scene, start, end)
  const span = spanOf(scene, start, end)
  // The core schema returns nothing else.
  const value = node.value as string | number | boolean | null
  return { kind: 'scalar', value, raw: scene.text.slice(start, end), style: styleOf(node), span }
}

/** A block text extends to the next entry; only the end of its last line counts. */
function endOfScalar(text: string, node: Scalar.Parsed): number {
  const [start, end] = node.range
  return styleOf(node) === 'block' ? start + text.slice(start, end).trimEnd().length : end
}

function styleOf({ type }: Scalar.Parsed): 'plain' | 'quoted' | 'block' {
  if (type === 'PLAIN') return 'plain'
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 'quoted' : 'block'
}

function scalarTraps(text: string, node: Scalar.Parsed, end: number, { role, inFlow, signs, owner }: Slot): Trap[] {
  const start = node.range[0]
  if (isNothing(node)) return [nothingTrap(text, signs, owner, inFlow)]
  switch (styleOf(node)) {
    case 'quoted':
      return quotedTraps(text.slice(start, end), start)
    case 'block':
      return blockTrap(text.slice(start, end), node, owner)
    case 'plain': {
      const ownLine = role !== 'item' && beginsLine(text, start)
      return plainTraps({ text, start, end, isItem: role === 'item', inFlow, ownLine })
    }
  }
}

/** At the end of a text, the library takes an escaped or doubled quote for the closing one. */
function quotedTraps(raw: string, start: number): Trap[] {
  if (!isClosed(raw)) return [unclosedQuote(raw, start)]
  return raw.startsWith('"') ? badEscape(raw, start) : []
}

function readList(scene: Scene, node: YAMLSeq.Parsed, { inFlow }: Slot): Node {
  const isFlow = node.flow === true
  const tokens = itemTokens(node)
  const items = node.items.map((item, index) => {
    const signs = tokens[index]?.start ?? []
    const start = signs.find(({ type }) => type === 'seq-item-ind')?.offset ?? item.range[0]
    const owner = { start, end: start + 1 }
    return readNode(scene, item, { role: 'item', inFlow: isFlow || inFlow, signs, owner })
  })
  const [start, end] = node.range
  return { kind: 'list', items, span: spanOf(scene, start, isFlow ? end : lastEnd(items, start + 1)) }
}

/** The tokens of each item; the library also keeps comments and the space after a last comma as items. */
function itemTokens({ srcToken }: YAMLSeq.Parsed): CST.CollectionItem[] {
  const items: CST.CollectionItem[] = srcToken !== undefined && 'items' in srcToken ? srcToken.items : []
  return items.filter(
    ({ start, key, sep, value }) =>
      key || sep || value || start.some(sign => isAnchorOrTag(sign) || sign.type === 'seq-item-ind'),
  )
}

function readMap(scene: Scene, node: YAMLMap.Parsed, { role, inFlow }: Slot): Node {
  const isFlow = node.flow === true
  const pairs = node.items.map(pairOf)
  const trap = mapTrap(scene, pairs, isFlow, node.range)
  if (trap !== undefined) {
    scene.traps.push(trap)
    return broken(scene, node.range[0], node.range[1])
  }
  const { kept, traps } = withoutRepeats(scene, pairs, { isFlow, isEntry: role === 'item' })
  scene.traps.push(...traps)
  const entries = kept.map(pair => readEntry(scene, pair, isFlow || inFlow))
  const [start, end] = node.range
  const values = entries.map(({ value }) => value)
  return { kind: 'map', entries, span: spanOf(scene, start, isFlow ? end : lastEnd(values, start)) }
}

function readEntry(scene: Scene, { key, start, end, value, signs }: Pair, inFlow: boolean): Entry {
  const slot = { role: 'value', inFlow, signs, owner: { start, end } } as const
  // Without a colon there is no value either, and that was reported for the whole mapping.
  const node = value === null ? broken(scene, end, end) : readNode(scene, value, slot)
  return { key, keySpan: spanOf(scene, start, end), value: node }
}

/** The end of the content, which the library extends to the next entry. */
function lastEnd(nodes: readonly Node[], otherwise: number): number {
  return nodes.at(-1)?.span.end ?? otherwise
}

function broken(scene: Scene, start: number, end: number): Node {
  return { kind: 'broken', span: spanOf(scene, start, end) }
}

function spanOf({ file }: Scene, start: number, end: number): Span {
  return { file, start, end }
}
