import type { Test } from '../language/condition.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, testsOfRule, warning } from './finding.ts'
import { isNegative } from './literal.ts'

/** Values that no part of an address ever has, since addresses are normalised. */
export function impossibleParts({ rule, needed }: Examined): Diagnostic[] {
  return testsOfRule(rule).flatMap(judged => {
    const test = judged.condition
    const values = valuesOf(test)
    const wrong = values.find(value => rightPart(test, value) !== value)
    if (wrong === undefined) return []
    const literal = needed.literals.find(each => each.judged === judged && !isNegative(each))
    const isDead = literal !== undefined && values.every(value => rightPart(test, value) !== value)
    const { kind } = test.field.part
    const message = `No address has the ${kind} "${wrong}"${isDead ? ', so this rule never fires' : ''}`
    const right = rightPart(test, wrong)
    const hint = right === undefined ? 'Write it as it appears in an address' : `Write ${right}`
    return [warning(isDead ? 'never-fires' : 'meant-otherwise', test.span, message, hint)]
  })
}

/** How many entries of a list are checked. */
const maxValues = 200

/** A longer value is not an address, and is slow to parse. */
const longestValue = 10_000

/** The values that a part is compared with as a whole. */
function valuesOf({ word, operand }: Test): readonly string[] {
  if (!['is', 'is not', 'one of', 'not one of', 'in list', 'not in list'].includes(word)) return []
  const values = operand.kind === 'value' ? [operand.value] : operand.kind === 'values' ? operand.values : []
  const texts = values.slice(0, maxValues).filter(value => typeof value === 'string')
  return texts.filter(({ length }) => length <= longestValue)
}

/** A value as the part of an address that it was meant to be; undefined if unclear. */
function rightPart({ field }: Test, value: string): string | undefined {
  switch (field.part.kind) {
    case 'scheme':
      return /^([a-z][a-z0-9+.-]*)(?::(?:\/\/)?)?$/.exec(value.toLowerCase())?.[1]
    case 'host':
      return hostIn(value)
    case 'path':
      return value.startsWith('/') ? value : `/${value}`
    case 'extension':
      return /^\.?([^./]+)$/.exec(value.toLowerCase())?.[1]
    default:
      return value
  }
}

function hostIn(value: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  const host = URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, '') : ''
  return host === '' ? undefined : host
}
