/** How many lines around a change are shown. */
const around = 3

/** Beyond this many changed lines, what lies between the first and the last of them is one change. */
const mostChanged = 2_000

type Line = { sign: ' ' | '-' | '+'; text: string }

/** What changes in a file, as `git apply` and `patch` take it; null is a file that is not there. Empty if nothing changes. */
export function unifiedDiff(file: string, before: string | null, after: string | null): string {
  const [a, b] = [linesOf(before), linesOf(after)]
  const hunks = hunksOf(linesBetween(a, b))
  if (hunks.length === 0 && (before === null) === (after === null)) return ''
  const head = [
    `--- ${before === null ? '/dev/null' : `a/${file}`}`,
    `+++ ${after === null ? '/dev/null' : `b/${file}`}`,
  ]
  return `${[...head, ...hunks].join('\n')}\n`
}

/** The lines of a text, each with its line feed, so that a last one without it is told. */
function linesOf(text: string | null): string[] {
  return text === null || text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
}

/** Lines that stay, go and come, from the longest common subsequence of what differs. */
function linesBetween(a: readonly string[], b: readonly string[]): Line[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [gone, come] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const same = (lines: readonly string[]): Line[] => lines.map(text => ({ sign: ' ', text }))
  return [...same(a.slice(0, start)), ...changed(gone, come), ...same(a.slice(a.length - end))]
}

function changed(gone: readonly string[], come: readonly string[]): Line[] {
  if (gone.length * come.length > mostChanged * mostChanged) {
    return [...gone.map((text): Line => ({ sign: '-', text })), ...come.map((text): Line => ({ sign: '+', text }))]
  }
  const width = come.length + 1
  const common = new Uint16Array((gone.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] as number
  for (let i = gone.length - 1; i >= 0; i -= 1) {
    for (let j = come.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = gone[i] === come[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < gone.length || j < come.length) {
    if (i < gone.length && j < come.length && gone[i] === come[j]) {
      lines.push({ sign: ' ', text: gone[i] as string })
      i += 1
      j += 1
    } else if (j >= come.length || (i < gone.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: gone[i++] as string })
    } else lines.push({ sign: '+', text: come[j++] as string })
  }
  return lines
}

function hunksOf(lines: readonly Line[]): string[] {
  const changes = lines.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]))
  const spans: { from: number; to: number }[] = []
  for (const at of changes) {
    const last = spans.at(-1)
    if (last !== undefined && at - around <= last.to + around) last.to = at
    else spans.push({ from: at, to: at })
  }
  return spans.map(({ from, to }) => hunkOf(lines, Math.max(from - around, 0), Math.min(to + around + 1, lines.length)))
}

function hunkOf(lines: readonly Line[], from: number, to: number): string {
  const before = lines.slice(0, from)
  const shown = lines.slice(from, to)
  const range = (without: Line['sign']) => {
    const length = shown.filter(({ sign }) => sign !== without).length
    const start = before.filter(({ sign }) => sign !== without).length + (length === 0 ? 0 : 1)
    return `${start},${length}`
  }
  const texts = shown.map(({ sign, text }) =>
    text.endsWith('\n') ? `${sign}${text.slice(0, -1)}` : `${sign}${text}\n\\ No newline at end of file`,
  )
  return [`@@ -${range('+')} +${range('-')} @@`, ...texts].join('\n')
}
