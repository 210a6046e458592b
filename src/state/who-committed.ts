import type { SourceFile } from '../yaml/source.ts'
import type { HistoryLine, ToldLine } from './history.ts'
import { readRules } from './kept-rules.ts'
import { laterCommits } from './later-commits.ts'
import { StateUnusable } from './state-errors.ts'

/** For so many lines commits are looked for, the newest ones. */
const mostLines = 50

/**
 * The lines, with who and why of files that were edited first and committed later.
 *
 * `dir` is the state folder, `rules` the rules folder. Throws StateUnusable.
 */
export async function whoCommitted(
  lines: readonly HistoryLine[],
  { dir, rules }: { dir: string; rules: string },
): Promise<readonly ToldLine[]> {
  const places = lines
    .flatMap(({ source, who }, at) => (source === 'file' && who === null ? [at] : []))
    .slice(-mostLines)
  if (places.length === 0) return lines
  const wanted = places.map(place => {
    const { at, version } = lines[place] as HistoryLine
    return { at: Date.parse(at), files: () => filesOf(dir, version) }
  })
  const commits = await laterCommits(rules, wanted)
  const told: ToldLine[] = [...lines]
  for (const [at, commit] of commits.entries()) {
    const place = places[at] ?? -1
    if (commit !== undefined) told[place] = committed(lines[place] as HistoryLine, commit)
  }
  return told
}

/** The files of a version; undefined if they are gone or damaged, and nobody can be found for them. */
async function filesOf(dir: string, version: string): Promise<readonly SourceFile[] | undefined> {
  try {
    return (await readRules(dir, version))?.files
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error
    return undefined
  }
}

function committed(
  line: HistoryLine,
  { commit, author, subject }: { [key in 'commit' | 'author' | 'subject']: string },
): ToldLine {
  return { ...line, who: author, why: subject, source: 'git', commit, subject, isCommittedLater: true }
}
