/** One line of a draft's journal. Times are ISO 8601; `revision` grows by one with each line. */
export type DraftLine = { v: 1; revision: number; at: string; who: string } & (
  | { kind: 'made'; id: string; name: string; base: string }
  | { kind: 'saved'; file: string; text: string | null }
  /** It has another base, and these are all of its changes from there. */
  | { kind: 'based'; base: string; files: Readonly<Record<string, string | null>> }
  | { kind: 'named'; name: string }
  | { kind: 'published'; version: string }
  | { kind: 'discarded' }
  | { kind: 'reopened' }
)

/** What a draft changes in a file: its text, or null if the draft removes it. */
export type DraftChange = { text: string | null; revision: number; at: string; who: string }

/** A draft: changes to the rules of the version `base`. `end` is present once it was published or discarded. */
export type RuleDraft = {
  id: string
  name: string
  base: string
  revision: number
  madeAt: string
  madeBy: string
  savedAt: string
  savedBy: string
  changes: ReadonlyMap<string, DraftChange>
  end?: { kind: 'published'; version: string; at: string } | { kind: 'discarded'; at: string }
}

/** A draft with one more line. Undefined if the line does not belong to it. */
export function withLine(draft: RuleDraft | undefined, line: DraftLine): RuleDraft | undefined {
  const { at, who, revision } = line
  if (line.kind === 'made') {
    const { id, name, base } = line
    return { id, name, base, revision, madeAt: at, madeBy: who, savedAt: at, savedBy: who, changes: new Map() }
  }
  if (draft === undefined) return undefined
  const next = { ...draft, revision, savedAt: at, savedBy: who }
  const { end, ...open } = next
  switch (line.kind) {
    case 'saved': {
      const { file, text } = line
      return { ...next, changes: new Map(draft.changes).set(file, { text, revision, at, who }) }
    }
    case 'based': {
      const changes = Object.entries(line.files).map(([file, text]) => [file, { text, revision, at, who }] as const)
      return { ...next, base: line.base, changes: new Map(changes) }
    }
    case 'named':
      return { ...next, name: line.name }
    case 'published':
      return { ...next, end: { kind: 'published', version: line.version, at } }
    case 'discarded':
      return { ...next, end: { kind: 'discarded', at } }
    case 'reopened':
      return open
  }
}

/** The lines of a journal. A line that was cut by a crash is left out: nobody was told that it is saved. */
export function draftLinesIn(text: string): readonly DraftLine[] {
  return text.split('\n').flatMap(each => {
    const line = parsed(each)
    return line?.v === 1 && typeof line.revision === 'number' ? [line] : []
  })
}

function parsed(text: string): DraftLine | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as DraftLine | undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
