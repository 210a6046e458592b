import type { FieldRef } from './field.ts'
import type { Scope } from './scope.ts'
import type { Span } from './source.ts'

/** What a test is about: a field, where the test stands, whether letters count exactly, what it is read against. */
export type Subject = { field: FieldRef; span: Span; isExact: boolean; scope: Scope }
