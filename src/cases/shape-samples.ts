import { type ShapePart, shapeParts } from '../language/shape-parts.ts'
import { type Demand, numbersIn } from './candidates.ts'

/**
 * Texts that may pass tests of shape: in capitals, in several scripts, and with the asked number of emoji, lines or words.
 *
 * None where nothing is asked about shape. Pure.
 */
export function shapeSamples(demands: readonly Demand[]): readonly string[] {
  const asked = demands.filter(({ test }) => test.word === 'only emoji' || partOf(test.field.part) !== undefined)
  if (asked.length === 0) return []
  const counts = numbersIn(asked).filter(count => count > 0 && count <= mostRepeated)
  const repeated = asked.flatMap(({ test }) => counts.flatMap(count => repeat(partOf(test.field.part), count)))
  return [
    ...new Set([...usual, ...scripts, ...scripts.map((_, at) => scripts.slice(0, at + 2).join(' ')), ...repeated]),
  ]
}

/** A longer text shows no more in a test. */
const mostRepeated = 1000

const usual = ['HELLO THERE', 'HELLO THERE ANN', 'Hello', '😀', '😀😀😀', '12', 'hello\nthere', 'hello there']
const scripts = ['hello', 'привет', '你好', 'مرحبا', 'สวัสดี', 'नमस्ते', '안녕', 'γεια', 'שלום', 'こんにちは', 'カタカナ']

function repeat(part: ShapePart | undefined, count: number): readonly string[] {
  switch (part) {
    case undefined:
    case 'emoji':
      return ['😀'.repeat(count), `hello ${'😀'.repeat(count)}`]
    case 'capitals':
      return count > 100 ? [] : [`${'A'.repeat(count)}${'a'.repeat(100 - count)}`]
    case 'lines':
      return [Array(count).fill('a').join('\n')]
    case 'words':
      return [Array(count).fill('hi').join(' ')]
    case 'longest run':
      return ['o'.repeat(count), `n${'o'.repeat(count)}`]
    case 'stacked marks':
      return [`o${'\u0334\u0323\u0301\u0317'.repeat(count).slice(0, count)}`]
    case 'gist':
    case 'gist.length':
      return ['o'.repeat(count)]
    case 'scripts':
    case 'mentions':
      return []
  }
}

function partOf(part: Demand['test']['field']['part']): ShapePart | undefined {
  const { kind } = part.kind === 'count' ? part.of.part : part
  return kind in shapeParts ? (kind as ShapePart) : undefined
}
