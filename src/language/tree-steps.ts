import type { Node, ScalarNode } from './node.ts'
import type { Span } from './source.ts'

/**
 * One step of a walk through a tree, in the order of the text: small plain data, so that a tree may be sent to another
 * thread in pieces. Numbers are where it starts and ends; a scalar that is written as it reads has null for its text.
 */
export type TreeStep =
  | readonly ['scalar', ScalarNode['value'], string | null, ScalarNode['style'], number, number]
  | readonly ['map' | 'list' | 'broken', number, number]
  | readonly ['key', string, number, number]
  | readonly ['end']

/** The steps that a tree can be built from again. Pure. */
export function* stepsOf(node: Node): Generator<TreeStep> {
  const { start, end } = node.span
  switch (node.kind) {
    case 'scalar':
      yield ['scalar', node.value, node.raw === node.value ? null : node.raw, node.style, start, end]
      return
    case 'broken':
      yield ['broken', start, end]
      return
    case 'list':
      yield ['list', start, end]
      for (const item of node.items) yield* stepsOf(item)
      yield ['end']
      return
    case 'map':
      yield ['map', start, end]
      for (const { key, keySpan, value } of node.entries) {
        yield ['key', key, keySpan.start, keySpan.end]
        yield* stepsOf(value)
      }
      yield ['end']
  }
}

/** Puts the tree of one file together, step by step. */
export class TreeBuilder {
  readonly #file: string
  /** Where the next node goes: into the list or mapping that is open, and before all into the root. */
  readonly #open: ((node: Node) => void)[] = []
  /** Keys are few, and each arrives as a text of its own. */
  readonly #keys = new Map<string, string>()
  #key = ''
  #keySpan: Span = { file: '', start: 0, end: 0 }
  #root: Node | null = null

  constructor(file: string) {
    this.#file = file
  }

  /** The tree so far; null before the first step. */
  get root(): Node | null {
    return this.#root
  }

  add(step: TreeStep): void {
    switch (step[0]) {
      case 'scalar': {
        const [kind, value, written, style, start, end] = step
        const raw = written ?? String(value)
        this.#put({ kind, value, raw, style, span: this.#span(start, end) })
        return
      }
      case 'broken':
        this.#put({ kind: 'broken', span: this.#span(step[1], step[2]) })
        return
      case 'list': {
        const items: Node[] = []
        this.#put({ kind: 'list', items, span: this.#span(step[1], step[2]) })
        this.#open.push(node => items.push(node))
        return
      }
      case 'map': {
        const entries: { key: string; keySpan: Span; value: Node }[] = []
        this.#put({ kind: 'map', entries, span: this.#span(step[1], step[2]) })
        // Spelt out: a spread gives each entry a hidden class of its own, larger than the entry.
        this.#open.push(value => entries.push({ key: this.#key, keySpan: this.#keySpan, value }))
        return
      }
      case 'key':
        this.#key = this.#shared(step[1])
        this.#keySpan = this.#span(step[2], step[3])
        return
      case 'end':
        this.#open.pop()
    }
  }

  #put(node: Node): void {
    const into = this.#open.at(-1)
    if (into === undefined) this.#root = node
    else into(node)
  }

  #shared(key: string): string {
    const known = this.#keys.get(key)
    if (known === undefined) this.#keys.set(key, key)
    return known ?? key
  }

  #span(start: number, end: number): Span {
    return { file: this.#file, start, end }
  }
}
