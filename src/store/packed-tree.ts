import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { Entry, Node, ScalarNode } from '../yaml/node.ts'
import type { ParsedYaml } from '../yaml/parse.ts'
import type { Source, Span } from '../yaml/source.ts'
import type { Steps } from '../yaml/steps.ts'

/**
 * A tree as numbers that point into its text: a tenth of the size, and moved to another thread without a copy.
 *
 * A node is its kind (an index into `kinds`), start and end. A scalar continues with the place of its value, a list or
 * mapping with the number of its items or entries. Each value of a mapping is preceded by the start, end and place of
 * its key. Place 0 means that the value is written literally in the text; place n is the n-th piece of `values`, whose
 * ends are in `ends`. Moving one long text takes no time, while many separate values would have to be copied.
 */
export type PackedTree = { numbers: Int32Array; values: string; ends: Int32Array }

/** A parsed file in a compact form to keep and send; the tree is null if there is none. */
export type PackedYaml = { tree: PackedTree | null; diagnostics: readonly Diagnostic[] }

const kinds = ['plain', 'quoted', 'block', 'list', 'map', 'broken'] as const

/** Pack a parsed text. */
export function pack({ root, diagnostics }: ParsedYaml, text: string): PackedYaml {
  return { tree: root && new Packer(text).pack(root), diagnostics }
}

class Packer {
  readonly #text: string
  readonly #numbers: number[] = []
  readonly #places = new Map<ScalarNode['value'], number>()

  constructor(text: string) {
    this.#text = text
  }

  pack(root: Node): PackedTree {
    this.#add(root)
    const pieces = [...this.#places.keys()].map(asPiece)
    let end = 0
    const ends = Int32Array.from(pieces, piece => {
      end += piece.length
      return end
    })
    return { numbers: Int32Array.from(this.#numbers), values: pieces.join(''), ends }
  }

  #add(node: Node): void {
    const { start, end } = node.span
    const kind = kinds.indexOf(node.kind === 'scalar' ? node.style : node.kind)
    this.#numbers.push(kind, start, end)
    switch (node.kind) {
      case 'broken':
        return
      case 'scalar':
        this.#numbers.push(this.#placeOf(node.value, literal(node.style, this.#text, node.span)))
        return
      case 'list':
        this.#numbers.push(node.items.length)
        for (const item of node.items) this.#add(item)
        return
      case 'map':
        this.#numbers.push(node.entries.length)
        for (const { key, keySpan, value } of node.entries) {
          const place = this.#placeOf(key, this.#text.slice(keySpan.start, keySpan.end))
          this.#numbers.push(keySpan.start, keySpan.end, place)
          this.#add(value)
        }
    }
  }

  #placeOf(value: ScalarNode['value'], written: string): number {
    if (value === written) return 0
    const place = this.#places.get(value) ?? this.#places.size + 1
    this.#places.set(value, place)
    return place
  }
}

/** A value as a text whose first character shows its type. */
function asPiece(value: ScalarNode['value']): string {
  return typeof value === 'string' ? `"${value}` : String(value)
}

/** The value of a piece. Not JSON, which has no infinity. */
function pieceValue(piece: string): ScalarNode['value'] {
  if (piece.startsWith('"')) return piece.slice(1)
  if (piece === 'null') return null
  return piece === 'true' || piece === 'false' ? piece === 'true' : Number(piece)
}

/** The text of a scalar as written, without its quotes. */
function literal(style: ScalarNode['style'], text: string, { start, end }: Pick<Span, 'start' | 'end'>): string {
  return style === 'quoted' ? text.slice(start + 1, end - 1) : text.slice(start, end)
}

/** How many nodes are created in about a millisecond. */
const nodesInPiece = 2_000

/** Unpack a parsed text. Yields after each batch of nodes, so that the caller can let other work run. */
export function* unpack({ tree, diagnostics }: PackedYaml, source: Source): Steps<ParsedYaml> {
  return { root: tree && (yield* treeOf(tree, source)), diagnostics }
}

function* treeOf(tree: PackedTree, source: Source): Steps<Node> {
  const unpacking = new Unpacking(tree, source)
  for (let made = 1; unpacking.goOn(); made++) if (made % nodesInPiece === 0) yield
  return unpacking.root
}

/** A list or mapping being filled; the root is the only item of a list around it. */
type Open = { left: number; items: Node[] } | { left: number; entries: Entry[] }

class Unpacking {
  readonly #tree: PackedTree
  readonly #source: Source
  readonly #around: Node[] = []
  /** The innermost is the last. */
  readonly #open: Open[] = [{ left: 1, items: this.#around }]
  /** Keys repeat, so each is kept once instead of as many slices of the text. */
  readonly #keys = new Map<string, string>()
  readonly #values = new Map<number, ScalarNode['value']>()
  #at = 0

  constructor(tree: PackedTree, source: Source) {
    this.#tree = tree
    this.#source = source
  }

  /** The tree, once complete. */
  get root(): Node {
    return this.#around[0] as Node
  }

  /** Create the next node; false if there is none. */
  goOn(): boolean {
    let into = this.#open.at(-1)
    while (into?.left === 0) {
      this.#open.pop()
      into = this.#open.at(-1)
    }
    if (into === undefined) return false
    into.left -= 1
    if ('items' in into) into.items.push(this.#node())
    // The order matters: each call reads the next numbers.
    else into.entries.push({ keySpan: this.#span(), key: this.#key(), value: this.#node() })
    return true
  }

  #node(): Node {
    const kind = kinds[this.#next()] as (typeof kinds)[number]
    const span = this.#span()
    switch (kind) {
      case 'broken':
        return { kind, span }
      case 'list': {
        const items: Node[] = []
        this.#open.push({ left: this.#next(), items })
        return { kind, items, span }
      }
      case 'map': {
        const entries: Entry[] = []
        this.#open.push({ left: this.#next(), entries })
        return { kind, entries, span }
      }
      default: {
        const { text } = this.#source
        const raw = text.slice(span.start, span.end)
        const place = this.#next()
        const value = place === 0 ? literal(kind, text, span) : this.#value(place)
        return { kind: 'scalar', value, raw, style: kind, span }
      }
    }
  }

  #span(): Span {
    return { file: this.#source.file, start: this.#next(), end: this.#next() }
  }

  /** The key whose span was read last. */
  #key(): string {
    const { numbers } = this.#tree
    const [start, end, place] = [numbers[this.#at - 2], numbers[this.#at - 1], this.#next()]
    const key = place === 0 ? this.#source.text.slice(start, end) : (this.#value(place) as string)
    const known = this.#keys.get(key)
    if (known === undefined) this.#keys.set(key, key)
    return known ?? key
  }

  #value(place: number): ScalarNode['value'] {
    const known = this.#values.get(place)
    if (known !== undefined) return known
    const { values, ends } = this.#tree
    const value = pieceValue(values.slice(ends[place - 2] ?? 0, ends[place - 1]))
    this.#values.set(place, value)
    return value
  }

  #next(): number {
    return this.#tree.numbers[this.#at++] as number
  }
}
