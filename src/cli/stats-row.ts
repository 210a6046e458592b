/** The widths of the table, which is 80 columns wide. */
export const statsWidth = { all: 80, rule: 21, number: 8, line: 25 }

/** A row of the table. A name that is too long has a line of its own. */
export function statsRow(name: string, numbers: readonly string[], line: string): string {
  const head = name.length > statsWidth.rule ? `${name}\n${' '.repeat(statsWidth.rule)}` : name.padEnd(statsWidth.rule)
  return `${head}${numbers.map(text => text.padStart(statsWidth.number)).join('')}  ${line}`.trimEnd()
}

/** A count as people read it. */
export function wholeNumber(count: number): string {
  return count.toLocaleString('en-US')
}
