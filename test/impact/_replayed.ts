import type { RuleSet } from '../../src/compile/ruleset.ts'
import { ImpactRun, type RunData } from '../../src/impact/impact-run.ts'
import { readRecorded } from '../../src/impact/recorded.ts'
import { Side } from '../../src/impact/side.ts'
import { linesBy, type Received } from './_recorded.ts'

/** What a run finds in the record that a service with the first rules leaves of some calls. */
export async function replayed(base: RuleSet, draft: RuleSet, calls: readonly Received[]): Promise<RunData> {
  const lines = await linesBy(base, calls)
  const since = calls[0]?.at ?? 0
  const side = new Side(draft, since)
  const run = new ImpactRun({
    ...{ base, draft, since, warmFrom: since, whoIsProtected: new Map(), areNamesKnown: false, app: '0.2.0' },
    rulesThen: async () => base,
  })
  for (const [place, { envelope, content }] of lines.entries()) {
    const read = readRecorded({
      at: calls[place]?.at ?? 0,
      id: JSON.parse(envelope).id,
      text: envelope,
      content,
      dir: '',
    })
    await run.add(read, '', true, ({ at }, call, without) => side.decide(call, at, without))
  }
  return run.data
}
