import type { Entry } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import type { FieldRef } from '../field.ts'
import type { Scope } from './scope.ts'

/** What a test is about: a field, where the test stands, whether letters count exactly, what it is read against. */
export type Subject = {
  field: FieldRef
  span: Span
  isExact: boolean
  scope: Scope
  /** The line of the condition that names the field and holds the test; unset where the field has no such line. */
  place?: Place
}

/** An entry of a condition, and whether that stands in braces. */
export type Place = { entry: Entry; inBraces: boolean }
