/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

/** Rows as a Markdown table, numbers to three digits. The first row names the columns. */
export function tableOf([head = [], ...rows]: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(told).join(' | ')} |`)
  return `${lines.join('\n')}\n`
}

function told(cell: string | number): string {
  if (typeof cell === 'string') return cell
  if (cell >= 1000) return Math.round(cell).toLocaleString('en')
  return String(Number(cell.toPrecision(3)))
}
