import type { FieldRef } from '../language/field.ts'

/** How a value is looked at: as it is, made comparable, counted, as a host, or searched for patterns. */
export type Form = 'plain' | 'folded' | 'folded whole' | 'graphemes' | 'code points' | 'host' | 'searched'

/**
 * A fact that conditions look at: a field or a part of it, in one form.
 *
 * However many rules look at it, it is worked out once for each call.
 */
export type Slot = {
  /** Unique: the same text is the same fact. */
  id: string
  field: FieldRef
  /** The slot that this one is worked out from; without it, the field's value. */
  via?: Slot
  /** The fact from what it is worked out from, which is there; null is absent. Pure. */
  derive(value: unknown): unknown
}
