import type { Entry, Node } from '../../yaml/node.ts'
import { type Pattern, readPattern } from '../pattern.ts'
import type { PatternProblem } from '../pattern-problem.ts'

/** The patterns of a folder, each compiled once, however many conditions and callbacks it is read for. */
export class Patterns {
  readonly #known = new Map<string, Pattern | PatternProblem>()

  read(source: string): Pattern | PatternProblem {
    const known = this.#known.get(source) ?? readPattern(source)
    this.#known.set(source, known)
    return known
  }

  /** Compiles all patterns in a rule or condition before it is read in one go. Pauses after each. */
  *ready(root: Node): Generator<undefined> {
    const left = [root]
    for (let node = left.pop(), looked = 0; node !== undefined; node = left.pop()) {
      if (++looked % nodesInPiece === 0) yield
      if (node.kind === 'list') for (const item of node.items) left.push(item)
      if (node.kind !== 'map') continue
      const isNative = node.entries.some(({ key, value }) => key === 'operator' && isText(value, 'matches'))
      for (const entry of node.entries) {
        left.push(entry.value)
        const source = patternIn(entry, isNative)
        if (source === undefined || this.#known.has(source)) continue
        this.read(source)
        yield
      }
    }
  }
}

const nodesInPiece = 1_000

function patternIn({ key, value }: Entry, isNative: boolean): string | undefined {
  if (!(isNative ? key === 'value' : haveOne.has(key)) || value.kind !== 'scalar') return undefined
  return typeof value.value === 'string' ? value.value : undefined
}

/** Keys before a pattern. */
const haveOne = new Set(['matches', 'mask pattern', 'find'])

function isText(node: Node, text: string): boolean {
  return node.kind === 'scalar' && node.value === text
}
