import type { RuleSet } from '../compile/ruleset.ts'
import { cutApart, type Selection } from '../impact/selection.ts'
import { UsageError } from './io.ts'

/** Flags that say which calls are decided. */
export type SelectionFlags = { part?: string; sample?: string; by?: string; until?: string }

/** Read them; undefined for all calls. Throws UsageError. */
export function readSelection({ part, sample, by, until }: SelectionFlags): Selection | undefined {
  if (part !== undefined && sample !== undefined) throw new UsageError('Take --part or --sample, not both')
  if (by !== undefined && sample === undefined)
    throw new UsageError('--by belongs to --sample: --sample 1% --by userID')
  if (part !== undefined && until === undefined) {
    throw new UsageError(
      'Give all parts the same time, as in --until 2026-11-30: without it, each ends when it is started',
    )
  }
  if (part !== undefined) return readPart(part)
  if (sample === undefined) return undefined
  if (by !== 'userID' && by !== 'groupID') {
    throw new UsageError(`Say what the sample is taken of: --sample ${sample} --by userID, or --by groupID`)
  }
  return { kind: 'sample', share: readShare(sample), by: by === 'userID' ? 'user' : 'group' }
}

function readPart(text: string): Selection {
  const [, number, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []
  const [part, parts] = [Number(number), Number(of)]
  if (part >= 1 && part <= parts) return { kind: 'part', number: part, of: parts }
  throw new UsageError(`--part must be like 3/64, the third of 64 parts, not "${text}"`)
}

function readShare(text: string): number {
  const [, number] = /^(\d{1,2}(?:\.\d{1,4})?) ?%$/.exec(text) ?? []
  const share = Number(number) / 100
  if (share > 0) return share
  throw new UsageError(`--sample must be a share such as 1%, not "${text}"`)
}

/** Throws UsageError for a sample that would take calls away from a count. */
export function mustBeWhole(selection: Selection | undefined, ruleSets: readonly RuleSet[]): void {
  if (selection?.kind !== 'sample') return
  const counters = cutApart(selection.by, ruleSets)
  if (counters.length === 0) return
  const field = `${selection.by}ID`
  const named = [...new Set(counters)].slice(0, 5).join(', ')
  throw new UsageError(
    `A sample by ${field} would take calls away from what is counted by something else: ${named}. Leave --sample out; --part K/N divides the work and keeps counts whole`,
  )
}
