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
    const what = isLink(test) ? `link is "${wrong}"` : `address has the ${kind} "${wrong}"`
    const message = `No ${what}${isDead ? ', so this rule never fires' : ''}`
    return [warning(isDead ? 'never-fires' : 'meant-otherwise', test.span, message, hintFor(test, wrong))]
  })
}

function hintFor(test: Test, wrong: string): string {
  const right = rightPart(test, wrong)
  if (isLink(test)) {
    const isHost = hostIn(wrong) === wrong.toLowerCase()
    return isHost
      ? `Write hosted on: ${valuesOf(test).length > 1 ? '…' : wrong}`
      : `Links are complete addresses${right === undefined ? '' : `: write ${right}`}`
  }
  return right === undefined ? 'Write it as it appears in an address' : `Write ${right}`
}

/** Whether a test is of a whole link in a text. */
function isLink({ field }: Test): boolean {
  return field.ofItem === 'itself' && field.kind === 'url'
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
function rightPart(test: Test, value: string): string | undefined {
  if (isLink(test)) return linkIn(value)
  switch (test.field.part.kind) {
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

/** An address as `.links` has it: with a scheme, and no slash alone at its end. */
function linkIn(value: string): string | undefined {
  if (value.endsWith('*')) return value
  const address = /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`
  if (!URL.canParse(address)) return undefined
  const { href, pathname, search, hash } = new URL(address)
  return pathname === '/' && search === '' && hash === '' ? href.replace(/\/$/, '') : href
}

function hostIn(value: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  const host = URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, '') : ''
  return host === '' ? undefined : host
}
