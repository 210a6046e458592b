const blocks = '▁▂▃▄▅▆▇█'

/** Numbers as a line of blocks, at most `width` of them: several numbers that share a block are added up. */
export function sparkline(numbers: readonly number[], width: number): string {
  const each = Math.ceil(numbers.length / width)
  const sums: number[] = []
  for (let at = 0; at < numbers.length; at += each) sums.push(sumOf(numbers.slice(at, at + each)))
  const most = Math.max(...sums)
  return sums.map(sum => blockFor(sum, most)).join('')
}

/** Zero is a dot, so that it looks different from a small number. */
function blockFor(sum: number, most: number): string {
  return sum === 0 ? '·' : blocks.charAt(Math.min(blocks.length - 1, Math.floor((sum / most) * blocks.length)))
}

/** The sum of numbers. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
