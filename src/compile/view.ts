import type { Slot } from './slot.ts'

/** The values of a call, each perhaps still being looked up. */
export type Values = ReadonlyMap<string, unknown>

/**
 * The facts of one call at one moment: its values, those as received, and the time.
 *
 * Never changed: a rewrite makes another view. What rules look at is worked out once and kept.
 */
export class View {
  /** In ms since 1970; NaN when what holds at any time is asked, and tests of the time are unknown. */
  readonly at: number
  readonly values: Values
  readonly received: Values
  /** True when some value has yet to be looked up. */
  readonly hasPending: boolean
  readonly #derived = new Map<Slot, unknown>()
  #characters: number | undefined

  constructor(values: Values, at: number, received: Values = values) {
    this.values = values
    this.at = at
    this.received = received
    this.hasPending = isPendingIn(values) || (received !== values && isPendingIn(received))
  }

  /** How long its texts are together, in UTF-16 code units, one more for each value. */
  get characters(): number {
    this.#characters ??= sizeOf(this.values)
    return this.#characters
  }

  /** What a slot holds; null is absent. Only for a slot that is not pending. */
  value(slot: Slot): unknown {
    const known = this.#derived.get(slot)
    if (known !== undefined) return known
    const derived = derive(slot, slot.via === undefined ? this.#base(slot) : this.value(slot.via))
    this.#derived.set(slot, derived)
    return derived
  }

  /** True when the value has yet to be looked up. */
  isPending(slot: Slot): boolean {
    return this.#base(slot) instanceof Promise
  }

  /** What a slot holds, looked up where need be. Throws what the look-up throws. */
  async lookUp(slot: Slot): Promise<unknown> {
    const from = slot.via === undefined ? await this.#base(slot) : await this.lookUp(slot.via)
    return derive(slot, from)
  }

  /** This view with every value looked up. Throws what a look-up throws. */
  async settled(): Promise<View> {
    if (!this.hasPending) return this
    const values = await settle(this.values)
    return new View(values, this.at, this.received === this.values ? values : await settle(this.received))
  }

  #base({ field }: Slot): unknown {
    return (field.original ? this.received : this.values).get(field.field.name)
  }
}

function sizeOf(values: Values): number {
  let size = values.size
  for (const value of values.values()) if (typeof value === 'string') size += value.length
  return size
}

function isPendingIn(values: Values): boolean {
  for (const value of values.values()) if (value instanceof Promise) return true
  return false
}

function derive(slot: Slot, from: unknown): unknown {
  return from === null || from === undefined ? null : (slot.derive(from) ?? null)
}

async function settle(values: Values): Promise<Values> {
  return new Map(await Promise.all([...values].map(async ([field, value]) => [field, await value] as const)))
}
