import type { Test } from '../language/condition.ts'
import { kindSamples } from './kind-sample.ts'
import { samplesOf } from './pattern-sample.ts'

/** A test that a value must pass, or must fail. */
export type Demand = { test: Test; wanted: boolean }

/** How many entries of each list are tried. */
const mostEntries = 5

/** The texts named in tests that a value may contain or equal. */
export function textsIn(demands: readonly Demand[]): readonly string[] {
  return [...new Set(demands.flatMap(({ test }) => textsOf(test)))]
}

function textsOf(test: Test): readonly string[] {
  const { operand } = test
  switch (operand.kind) {
    case 'value':
      return typeof operand.value === 'string' ? [operand.value] : []
    case 'values':
      // An entry may stand for all that begins or ends with it.
      return operand.values.slice(0, mostEntries).flatMap(value => {
        const text = typeof value === 'string' ? value.replace(/\*$/, '') : undefined
        return text === undefined ? [] : text.startsWith('*') ? [text.slice(1), text] : [text]
      })
    case 'pattern':
      return samplesOf(operand.pattern.source)
    case 'countries':
    case 'none':
      return kindSamples(test)
    case 'hosts':
      return operand.hosts.slice(0, mostEntries)
    default:
      return []
  }
}

/** The numbers named in tests, and their neighbours. */
export function numbersIn(demands: readonly Demand[]): readonly number[] {
  const named = demands.flatMap(({ test: { operand } }) => {
    switch (operand.kind) {
      case 'number':
        return [operand.value]
      case 'range':
        return [operand.low, operand.high]
      case 'value':
        return typeof operand.value === 'number' ? [operand.value] : []
      case 'values':
        return operand.values.slice(0, mostEntries).filter(value => typeof value === 'number')
      default:
        return []
    }
  })
  return [...new Set([...named, ...named.flatMap(number => [number + 1, number - 1])])]
}

/**
 * Texts that may pass the tests of one text, simplest first: texts named in the tests, combined, and padded to the
 * lengths in the tests. `usual` are typical texts.
 */
export function textCandidates(demands: readonly Demand[], usual: readonly string[]): readonly string[] {
  const [begins, ends] = [named(demands, 'starts with'), named(demands, 'ends with')]
  const inside = demands.flatMap(({ test, wanted }) =>
    wanted && !/^(?:starts|ends) with/.test(test.word)
      ? textsOf(test).slice(0, test.word === 'has all words in' ? mostEntries : 1)
      : [],
  )
  const joined = [inside.join(' '), inside.join('')].map(text => {
    const [first = '', last = ''] = [begins, ends]
    return `${first}${first.endsWith(text) ? '' : text}${last}`
  })
  const whole = joined.filter(text => text !== '')
  const seeds = [
    ...whole.map(realistic),
    ...whole,
    ...textsIn(demands).flatMap(text => [realistic(text), text]),
    ...usual,
    '',
    ' ',
  ]
  const lengths = numbersIn(demands).filter(length => length >= 0 && length <= longest)
  const grown = [...new Set([...joined, ...textsIn(demands), ...usual])].slice(0, mostEntries)
  const long = lengths.flatMap(length =>
    grown.flatMap(seed => [padded(seed, length, ends), padded(`${seed} `, length, ends)]),
  )
  return [...new Set([...seeds, ...long])]
}

/** The start of an id or of an address, completed as in a real value; other texts unchanged. */
function realistic(text: string): string {
  if (text.includes('://')) return 'see http://example.com'
  return /[-_.:@/]$/.test(text) ? `${text}1` : text
}

/** The longest candidate: longer values make no better tests. */
const longest = 2000

function named(demands: readonly Demand[], word: string): string {
  const { test } = demands.find(each => each.wanted && each.test.word.startsWith(word)) ?? {}
  return (test && textsOf(test)[0]) ?? ''
}

/** A text padded or cut to a length; its ending stays at the end. */
function padded(seed: string, length: number, ending: string): string {
  const body = seed.endsWith(ending) ? seed.slice(0, seed.length - ending.length) : seed
  return `${body.slice(0, length)}${'a'.repeat(Math.max(0, length - body.length - ending.length))}${ending}`
}

/** Addresses whose parts may pass the tests of those parts; tests of the whole address count too. */
export function urlCandidates(demands: readonly Demand[]): readonly string[] {
  const of = (part: string) => demands.filter(({ test }) => test.field.part.kind === part)
  const whole = of('whole')
  const hosts = [
    ...textsIn(of('host')).map(host => (host.startsWith('.') ? `example${host}` : host)),
    ...textsIn(whole.filter(({ test }) => test.word === 'hosted on')),
    ...usualHosts,
  ]
  const paths = [
    ...textsIn(of('path')).map(path => (path.startsWith('/') ? path : `/${path}`)),
    ...textsIn(of('extension')).map(extension => `/face.${extension}`),
    '/face.png',
    '/run.exe',
    '/face',
  ]
  const made = [...textsIn(of('scheme')), 'https', 'http', 'ftp'].flatMap(scheme =>
    hosts.flatMap(host => paths.map(path => `${scheme}://${host}${path}`)),
  )
  return [...made, ...textCandidates(whole, []), 'no address']
}

const usualHosts: readonly string[] = ['example.com', 'elsewhere.test']
