import { type Country, countryNamed, isCountry } from '../../text/kinds/country.ts'
import { plans } from '../../text/kinds/plans.ts'
import { write } from '../../yaml/fix.ts'
import type { Node, ScalarNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Operand } from '../condition.ts'
import { describeNode } from './shape.ts'

/** `true` for any country, the code of one, or a list of codes; what is wrong with it is reported. */
export function readCountries({ name }: { name: string }, node: Node, reporter: Reporter): Operand | undefined {
  if (node.kind === 'broken') return undefined
  // No call waits for them.
  plans()
  if (node.kind === 'scalar' && node.value === true) return { kind: 'none' }
  const nodes = node.kind === 'list' ? node.items : [node]
  if (nodes.length === 0) {
    reporter.error('empty', node.span, 'This list names no country', 'Write true for any country')
    return undefined
  }
  const countries = nodes.map(each => readCountry(name, each, reporter))
  return countries.includes(undefined) ? undefined : { kind: 'countries', countries: countries as Country[] }
}

function readCountry(name: string, node: Node, reporter: Reporter): Country | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return refuse(name, node, reporter)
  const code = node.value.toLowerCase()
  if (isCountry(code)) return code
  const meant = countryNamed(node.value)
  const hint = 'Write the two letters of a country, as in cn or us, or true for any country'
  const advice = meant === undefined ? hint : write(node.span, meant)
  reporter.error('wrong-value', node.span, `There is no country with the code "${node.value}"`, advice)
  return undefined
}

/** Norway is `no`, which YAML 1.2 reads as a text; `false` is none. */
function refuse(name: string, node: Exclude<Node, { kind: 'broken' }>, reporter: Reporter): undefined {
  const message = `Expected true, a country code or several after "${name}", got ${describeNode(node)}`
  const isFalse = (node as ScalarNode).value === false
  const hint = isFalse ? `Write not: { ${name}: true }` : `Write ${name}: true, or ${name}: [cn, us]`
  reporter.error('wrong-value', node.span, message, hint)
  return undefined
}
