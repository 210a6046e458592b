import type { RecordedDecision, RecordedEvent } from './record-line.ts'

/** Which decisions somebody looks for. Users and groups by all names that the record may have for them. */
export type WantedDecisions = {
  user?: readonly string[]
  group?: readonly string[]
  rule?: string
  code?: number
  callback?: string
  /** Only where a rule in shadow matched. */
  isShadow?: boolean
}

/** Texts that the lines of all wanted decisions have in them, those that say most first; of a list, one of them. Pure. */
export function bytesOfWanted(wanted: WantedDecisions): readonly (string | readonly string[])[] {
  const { user, group, rule, code, callback, isShadow } = wanted
  return [
    ...[user, group].filter(names => names !== undefined).map(names => names.map(name => JSON.stringify(name))),
    ...(rule === undefined ? [] : [`"rule":${JSON.stringify(rule)}`]),
    ...(code === undefined ? [] : [`"code":${code},`]),
    ...(isShadow ? ['"mode":"shadow"'] : []),
    ...(callback === undefined ? [] : [`"callback":${JSON.stringify(callback)}`]),
  ]
}

/** Whether a line of the record is one of the wanted decisions. Pure. */
export function isWantedDecision(
  record: RecordedDecision | RecordedEvent,
  wanted: WantedDecisions,
): record is RecordedDecision {
  if (record.kind === 'event') return false
  const { user, group, rule, code, callback, isShadow } = wanted
  const { users, groups, matches, changes } = record
  if (user !== undefined && !user.some(name => users.includes(name))) return false
  if (group !== undefined && !group.some(name => groups.includes(name))) return false
  if (rule !== undefined && ![record, ...matches, ...changes].some(each => each.rule === rule)) return false
  if (code !== undefined && record.code !== code) return false
  if (callback !== undefined && record.callback !== callback) return false
  return !isShadow || matches.some(({ mode }) => mode === 'shadow')
}
