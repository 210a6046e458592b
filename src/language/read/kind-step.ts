import type { KindName } from '../../text/kinds/find.ts'
import { plans } from '../../text/kinds/plans.ts'
import { isMask } from '../../text/mask.ts'
import type { MapNode, Node } from '../../yaml/node.ts'
import type { RewriteStep } from '../rule.ts'
import type { StepName } from '../vocabulary.ts'
import { readCountries } from './countries.ts'
import type { Scope } from './scope.ts'
import { asText, describeNode } from './shape.ts'

/** The steps that mask what people know by sight. */
export type KindStep = Exclude<Extract<StepName, `mask ${string}`>, 'mask words in' | 'mask links' | 'mask pattern'>

const kindOf: Record<KindStep, KindName> = {
  'mask phone numbers': 'phone number',
  'mask emails': 'email',
  'mask card numbers': 'card number',
  'mask ip addresses': 'ip address',
  'mask crypto addresses': 'crypto address',
}

/** Such a step by its name alone: all of that kind, under stars. Pure. */
export function readKindStep(step: StepName): RewriteStep {
  const name = kindOf[step as KindStep]
  // No call waits for them.
  if (name === 'phone number') plans()
  return { kind: 'mask kind', of: { name }, with: '*' }
}

/** Such a step with what stands behind it, `true` or countries, and perhaps `with`. */
export function readKindMask(
  step: KindStep,
  { entries }: MapNode,
  { scope }: { scope: Scope },
): RewriteStep | undefined {
  const [value, mask] = [step, 'with'].map(name => entries.find(({ key }) => key === name)?.value)
  const { reporter } = scope
  const sign = readSign(mask, scope)
  if (value === undefined || value.kind === 'broken' || sign === undefined) return undefined
  const name = kindOf[step]
  if (name === 'phone number') {
    const operand = readCountries({ name: step }, value, reporter)
    if (operand?.kind === 'countries')
      return { kind: 'mask kind', of: { name, countries: operand.countries }, with: sign }
    return operand && { kind: 'mask kind', of: { name }, with: sign }
  }
  if (value.kind === 'scalar' && value.value === true) return { kind: 'mask kind', of: { name }, with: sign }
  const message = `"${step}" takes only true, got ${describeNode(value)}`
  reporter.error('wrong-value', value.span, message, `Write ${step}, or { ${step}: true, with: "#" }`)
  return undefined
}

/** What a character is masked with; a star where it is left open. What cannot hide one is reported. */
export function readSign(node: Node | undefined, { reporter }: Scope): string | undefined {
  if (node === undefined) return '*'
  const sign = asText(node, 'a mask', reporter)
  if (sign === undefined || isMask(sign)) return sign
  const hint = 'Write a character such as "*"'
  reporter.error('wrong-value', node.span, `"${sign}" cannot mask a character`, hint)
  return undefined
}
