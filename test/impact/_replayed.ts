import type { RuleSet } from '../../src/compile/ruleset.ts'
import { ImpactRun, type RunData } from '../../src/impact/impact-run.ts'
import { readRecorded } from '../../src/impact/recorded.ts'
import { type Selection, selects } from '../../src/impact/selection.ts'
import { linesBy, type Received } from './_recorded.ts'

/** What a run, or each of several parts of one, finds in the record that a service with the first rules leaves. */
export async function replayed(
  base: RuleSet,
  draft: RuleSet,
  calls: readonly Received[],
  selections: readonly (Selection | undefined)[] = [undefined],
): Promise<RunData[]> {
  const lines = await linesBy(base, calls)
  const since = calls[0]?.at ?? 0
  return Promise.all(
    selections.map(async selection => {
      const sampledBy = selection?.kind === 'sample' ? selection.by : undefined
      const isMine = selects(selection, [base, draft])
      const run = new ImpactRun({
        ...{
          base,
          draft,
          since,
          warmFrom: since,
          whoIsProtected: new Map(),
          areNamesKnown: false,
          app: '0.2.0',
          sampledBy,
        },
        rulesThen: async () => base,
      })
      for (const [place, { envelope, content }] of lines.entries()) {
        const { id } = JSON.parse(envelope)
        const read = readRecorded({ at: calls[place]?.at ?? 0, id, text: envelope, content, dir: '' })
        const isOwn = read.kind === 'decision' && isMine(read)
        await run.add(read, '', isOwn)
      }
      return run.data
    }),
  )
}
