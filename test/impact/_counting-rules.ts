import fc from 'fast-check'
import type { SourceFile } from '../../src/yaml/source.ts'
import { lists, ruleBodies } from '../_random.ts'

/** Rules that count their own calls, or those of a named counter. */
const limits = fc.oneof(
  ...['more than', 'at least', 'at most'].map(word =>
    fc.integer({ min: 1, max: 3 }).map(number => ({ [word]: number })),
  ),
)
const spans = fc.constantFrom('1 minute', '10 minutes')
const own = fc
  .tuple(
    fc.constantFrom<unknown>('userID', ['groupID', 'userID'], 'nickName', 'groupID'),
    spans,
    limits,
    fc.constantFrom(undefined, '5 minutes'),
    fc.constantFrom(undefined, 'all', 'refused'),
  )
  .map(([same, span, limit, thenFor, counting]) => ({
    same,
    in: span,
    ...limit,
    ...(thenFor && !('at most' in limit) && { 'then for': thenFor }),
    ...(counting && { counting }),
  }))
const named = fc
  .tuple(fc.constantFrom('sets', 'tries'), spans, limits)
  .map(([of, span, limit]) => ({ of, same: 'userID', in: span, ...limit }))
const outcomes = fc.constantFrom<object>(
  { reject: { code: 5002, message: 'Wait {wait} s' } },
  { reject: 5003 },
  { rewrite: { nickName: 'lower case' } },
)

const countingBodies = fc
  .tuple(fc.oneof(own, named), fc.boolean(), outcomes, fc.constantFrom('enforce', 'enforce', 'shadow'))
  .map(([often, isNamed, outcome, mode]) => {
    const isOwn = !('of' in often)
    const hasWait = isOwn && !('at most' in often) && 'reject' in outcome
    const told = 'reject' in outcome && !hasWait ? { reject: 5002 } : outcome
    return { when: { ...(isNamed && { nickName: { present: true } }), 'how often': often }, ...told, mode }
  })

/** Rules of any kind, many of which count. */
export const countingFiles = fc
  .array(fc.oneof({ weight: 2, arbitrary: countingBodies as fc.Arbitrary<object> }, ruleBodies), {
    minLength: 1,
    maxLength: 5,
  })
  .map(bodies => bodies.map((body, at) => ({ rule: `r${at}`, ...body })))

/** Rules, and a draft of them: some are gone, some are new or changed. */
export const withDrafts = fc
  .tuple(countingFiles, countingFiles, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
  .map(([live, others, isKept]) => {
    const draft = [
      ...live.filter((_, at) => isKept[at]),
      ...others.slice(0, 2).map((body, at) => ({ ...body, rule: `n${at}` })),
    ]
    return [live, draft].map(filesOfRules) as [SourceFile[], SourceFile[]]
  })

/** A file for each rule, so that those that both have are the same, and one for the names that they use. */
function filesOfRules(rules: readonly object[]): SourceFile[] {
  const counters = {
    sets: { callback: 'beforeSetGroupMemberInfo', same: 'userID' },
    tries: {
      callback: 'beforeSetGroupMemberInfo',
      when: { nickName: { present: true } },
      same: 'userID',
      counting: 'all',
    },
  }
  const shared = { callback: 'beforeSetGroupMemberInfo', zone: 'Asia/Shanghai' }
  return [
    { file: 'names.yaml', content: JSON.stringify({ lists, counters }, null, 1) },
    ...rules.map(rule => ({
      file: `rules/${(rule as { rule: string }).rule}.yaml`,
      content: JSON.stringify({ ...shared, rules: [rule] }, null, 1),
    })),
  ]
}
