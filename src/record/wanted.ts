import type { RecordedDraft } from './draft-line.ts'
import type { RecordedDecision, RecordedLine } from './record-line.ts'

/** Which decisions somebody looks for. Users and groups by all names that the record may have for them. */
export type WantedDecisions = {
  user?: readonly string[]
  group?: readonly string[]
  rule?: string
  code?: number
  callback?: string
  /** Only where a rule in shadow matched. */
  isShadow?: boolean
  /** Calls that a draft decided otherwise, by the lines about that. */
  isDraft?: boolean
}

/** Texts that the lines of all wanted decisions have in them, those that say most first; of a list, one of them. Pure. */
export function bytesOfWanted(wanted: WantedDecisions): readonly (string | readonly string[])[] {
  const { user, group, rule, code, callback, isShadow, isDraft } = wanted
  return [
    ...[user, group].filter(names => names !== undefined).map(names => names.map(name => JSON.stringify(name))),
    ...(rule === undefined ? [] : [[`"rule":${JSON.stringify(rule)}`, `"by":${JSON.stringify(rule)}`]]),
    ...(code === undefined ? [] : [`"code":${code},`]),
    ...(isShadow ? ['"mode":"shadow"'] : []),
    ...(isDraft ? ['"kind":"draft"'] : []),
    ...(callback === undefined ? [] : [`"callback":${JSON.stringify(callback)}`]),
  ]
}

/** Whether a line of the record is one of the wanted decisions. Pure. */
export function isWantedDecision(
  record: RecordedLine,
  wanted: WantedDecisions,
): record is RecordedDecision | RecordedDraft {
  if (wanted.isDraft) return record.kind === 'draft' && isWantedDraft(record, wanted)
  if (record.kind !== 'decision') return false
  const { user, group, rule, code, callback, isShadow } = wanted
  const { users, groups, matches, changes } = record
  if (user !== undefined && !user.some(name => users.includes(name))) return false
  if (group !== undefined && !group.some(name => groups.includes(name))) return false
  if (rule !== undefined && ![record, ...matches, ...changes].some(each => each.rule === rule)) return false
  if (code !== undefined && record.code !== code) return false
  if (callback !== undefined && record.callback !== callback) return false
  return !isShadow || matches.some(({ mode }) => mode === 'shadow')
}

function isWantedDraft(
  { users, groups, by, answered, draft, callback: of }: RecordedDraft,
  { user, group, rule, code, callback }: WantedDecisions,
): boolean {
  if (user !== undefined && !user.some(name => users.includes(name))) return false
  if (group !== undefined && !group.some(name => groups.includes(name))) return false
  if (rule !== undefined && ![by, answered.rule, draft.rule].includes(rule)) return false
  if (code !== undefined && ![answered.code, draft.code].includes(code)) return false
  return callback === undefined || of === callback
}
