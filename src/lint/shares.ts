import { isNeverSent } from '../callbacks/fields.ts'
import { exampleField } from '../language/read/count-keys.ts'
import type { Rule } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { write } from '../yaml/fix.ts'
import { type Examined, warning } from './finding.ts'
import { perCall } from './per-call.ts'

/** Shares and fuses that do not do what they seem to. */
export function oddShares({ rule: { rule } }: Examined): readonly (Diagnostic | undefined)[] {
  return [wholeShare(rule), drawnByNothing(rule), idleFuse(rule)]
}

/** Nobody and everybody are no share. */
function wholeShare({ share }: Rule): Diagnostic | undefined {
  if (share === undefined || (share.percent > 0 && share.percent < 100)) return undefined
  const { percent, by, span } = share
  const [mode, who] = percent === 0 ? ['shadow', 'in force for nobody'] : ['enforce', `in force for every ${by.text}`]
  const other =
    percent === 0 ? 'a share above 0 %' : `a smaller share; calls without ${by.text} are in shadow until then`
  return warning('whole-share', span, `With ${percent} % this rule is ${who}`, `Write mode: ${mode}, or ${other}`)
}

/** A field that is new in every call, or that no call has. */
function drawnByNothing({ share, callbacks }: Rule): Diagnostic | undefined {
  if (share === undefined) return undefined
  const { by, bySpan } = share
  const advice = write(bySpan, exampleField({ callbacks }))
  if (perCall.has(by.field.name)) {
    const message = `Each call has its own ${by.text}, so every call is drawn anew, and nobody stays in or out`
    return warning('meant-otherwise', bySpan, message, advice)
  }
  const isEmpty = callbacks.every(({ fields }) =>
    fields.some(field => field.name === by.field.name && isNeverSent(field)),
  )
  if (!isEmpty) return undefined
  const message = `The IM server never sends "${by.text}", so no call is in this share`
  return warning('meant-otherwise', bySpan, message, advice)
}

/** Only rules that refuse have a fuse. */
function idleFuse({ fuse, outcome, fuseSpan }: Rule): Diagnostic | undefined {
  if (fuse !== 'off' || outcome.kind === 'reject' || fuseSpan === undefined) return undefined
  return warning('meant-otherwise', fuseSpan, 'Only a rule that refuses has a fuse', 'Remove "fuse"')
}
