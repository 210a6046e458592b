import type { RuleDraft } from '../../state/draft-lines.ts'
import type { DraftFileShown, DraftShown } from './answers.ts'

/** A draft as the page gets it, given the version of the rules in force. */
export function shownDraft(draft: RuleDraft, inForce: string | null): DraftShown {
  const { id, name, base, revision, madeAt, madeBy, savedAt, savedBy, end } = draft
  return {
    ...{ id, name, base, isBaseInForce: base === inForce, revision, madeAt, madeBy, savedAt, savedBy },
    files: shownFiles(draft, 0),
    ...(end !== undefined && { end }),
  }
}

/** The files that a draft changed after a revision. */
export function shownFiles({ changes }: RuleDraft, after: number): readonly DraftFileShown[] {
  return [...changes]
    .filter(([, { revision }]) => revision > after)
    .map(([file, { text, revision, at, who }]) => ({ file, isRemoved: text === null, revision, at, who }))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
}
