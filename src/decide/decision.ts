/**
 * What a field can hold once read: a fact of one call. `null` is absent.
 *
 * Items of lists that are objects have all that they came with, so that they can be sent back whole.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }

/** A value that changed, before and after. */
export type Change = { field: string; from: Value; to: Value; rule: string }

/** A rule that matched, whether or not it decided. */
export type Match = {
  rule: string
  stage: 'rewrite' | 'exempt' | 'reject'
  mode: 'enforce' | 'shadow'
  /** True when an exemption kept a matching reject from deciding. */
  exempted: boolean
}

/** What the rules say of one call. Which rules matched is in it so that logs and reports need no second look. */
export type Decision = { matches: readonly Match[]; changes: readonly Change[] } & Verdict

/** The part of a decision that the IM server is told. `rewrites` has only the fields that really changed. */
export type Verdict =
  | { kind: 'allow'; rewrites: ReadonlyMap<string, Value> }
  | { kind: 'reject'; code: number; rule: string; message: string; detail: string }
