import { addressIn } from '../state/admin-address.ts'
import type { HistoryLine } from '../state/history.ts'
import { readRules } from '../state/kept-rules.ts'
import { laterCommits } from '../state/later-commits.ts'
import { defaultFolder, type Io } from './io.ts'

/** A line of the history, perhaps with a commit that came after it. */
export type ToldLine = HistoryLine & { isCommittedLater?: true }

/** For so many lines commits are looked for, the newest ones. */
const mostLines = 50

/**
 * The lines, with who and why of files that were edited first and committed later.
 *
 * `rules` is the rules folder; by default that of the running service, or else the usual one. Throws StateUnusable.
 */
export async function whoCommitted(
  lines: readonly HistoryLine[],
  { dir, rules }: { dir: string; rules: string | undefined },
  io: Io,
): Promise<readonly ToldLine[]> {
  const places = lines
    .flatMap(({ source, who }, at) => (source === 'file' && who === null ? [at] : []))
    .slice(-mostLines)
  if (places.length === 0) return lines
  const folder = rules ?? (await addressIn(dir))?.rules ?? io.env.HOOKWARDEN_RULES ?? defaultFolder
  const wanted = places.map(place => {
    const { at, version } = lines[place] as HistoryLine
    return { at: Date.parse(at), files: async () => (await readRules(dir, version))?.files }
  })
  const commits = await laterCommits(folder, wanted)
  const told: ToldLine[] = [...lines]
  for (const [at, commit] of commits.entries()) {
    const place = places[at] ?? -1
    if (commit !== undefined) told[place] = committed(lines[place] as HistoryLine, commit)
  }
  return told
}

function committed(
  line: HistoryLine,
  { commit, author, subject }: { [key in 'commit' | 'author' | 'subject']: string },
): ToldLine {
  return { ...line, who: author, why: subject, source: 'git', commit, subject, isCommittedLater: true }
}
