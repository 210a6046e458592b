import type { Judged } from '../compile/judged.ts'
import { groupOf, type Literal, type Needed } from '../compile/needed.ts'
import type { OwnOften } from '../compile/without-counts.ts'
import { keyOf } from './literal.ts'

/** Numbers the needs of rules: the same number means the same need, however it is written. */
export class NeedNumbers {
  readonly #numbers = new Map<string, number>()
  readonly #known = new Map<Judged, Map<boolean, number>>()

  /** Every need of a rule, once. */
  of({ literals, choices }: Needed): ReadonlySet<number> {
    return new Set([...literals, ...choices].map(({ judged, wanted }) => this.#numberOf(judged, wanted)))
  }

  #numberOf(judged: Judged, wanted: boolean): number {
    const { condition, parts } = judged
    switch (condition.kind) {
      case 'often':
        if (condition.of.kind === 'rule') return this.#number(ownCountKey(condition.of))
        return this.#numberOfTest(judged, wanted)
      case 'test':
      case 'since':
      case 'time':
        return this.#numberOfTest(judged, wanted)
      case 'use':
        return this.#numberOf(parts[0] as Judged, wanted)
      case 'not':
        return this.#numberOf(parts[0] as Judged, !wanted)
      case 'all':
      case 'any':
      case 'none': {
        const { isEach, wantedOfParts } = groupOf(condition.kind, wanted)
        const numbers = () => parts.map(part => this.#numberOf(part, wantedOfParts)).sort()
        return this.#remember(judged, wanted, () => `${isEach ? 'all' : 'any'} ${numbers()}`)
      }
    }
  }

  #numberOfTest(judged: Judged, wanted: boolean): number {
    const literal: Literal = { judged: judged as Literal['judged'], wanted, place: judged.condition.span }
    return this.#remember(judged, wanted, () => keyOf(literal))
  }

  #remember(judged: Judged, wanted: boolean, spell: () => string): number {
    const known = this.#known.get(judged) ?? new Map<boolean, number>()
    this.#known.set(judged, known)
    const number = known.get(wanted) ?? this.#number(spell())
    known.set(wanted, number)
    return number
  }

  #number(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }
}

/** What own counts have in common that can be compared: rules with the same key may hide each other. */
function ownCountKey({ different, counting }: OwnOften['of']): string {
  return `own count ${counting} ${different?.text ?? ''}`
}
