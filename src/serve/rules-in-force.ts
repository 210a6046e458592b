/** What is told of a rule set. `version` is the hash of its content. */
export type RulesInForce = {
  readonly version: string
  readonly counts: {
    readonly total: number
    readonly enforce: number
    readonly shadow: number
    readonly disabled: number
  }
}
