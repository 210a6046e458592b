import type { Callback } from '../callbacks/callback.ts'
import { rulesOf } from '../cases/run-cases.ts'
import type { Judged } from '../compile/judged.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { daysNamed } from '../language/advice/meant-day.ts'
import { instantOf, localText, offsetText, readInstant, readLocal, readZone, type Zone } from '../language/clock.ts'
import { UsageError } from './io.ts'

/** When a call arrives, in ms since 1970, and the zone it was given in; no zone if it was given with an offset. */
export type AskedTime = { at: number; zone?: Zone }

/**
 * Read a date and time; without an offset, it is in the time zone of the rules for the callback.
 *
 * Throws UsageError if the text is not a date and time, or if the time zone is ambiguous.
 */
export function readAskedTime(text: string, ruleSet: RuleSet, callback: Callback, now: Date): AskedTime {
  const instant = readInstant(text.trim().replace(/ (?=[+-]\d\d|Z$)/i, ''))
  if (instant !== undefined) return { at: instant }
  const local = readLocal(text.trim())
  if (local === undefined) throw new UsageError(`--at must be a date and time, not "${text}". ${timeMeant(text, now)}`)
  const zones = zonesFor(ruleSet, callback)
  const [zone, another] = zones
  if (zone !== undefined && another === undefined) return { at: instantOf(zone, local.local), zone }
  const written = new Date(local.local).toISOString().slice(0, 16)
  const ways = zones.map(each => `${written}${offsetText(each, instantOf(each, local.local))} for ${each.name}`)
  throw new UsageError(
    zone === undefined
      ? `No rule has a time zone, so "${text}" is ambiguous. Add its offset, as in ${written}+08:00 (or ${written}Z for UTC)`
      : `The rules for ${callback.name} use several time zones. Write ${ways.join(', or ')}`,
  )
}

/** The zones of the files that decide a callback, or those that its conditions name, or those of other files. */
function zonesFor(ruleSet: RuleSet, callback: Callback): readonly Zone[] {
  const all = rulesOf(ruleSet)
  const own = all.filter(({ rule }) => rule.callbacks.includes(callback))
  const names = [own.flatMap(ofFile), own.flatMap(ofConditions), all.flatMap(ofFile)].find(found => found.length > 0)
  return [...new Set(names)].flatMap(name => readZone(name) ?? [])
}

function ofFile({ rule: { zone } }: CompiledRule): readonly string[] {
  return zone === undefined ? [] : [zone]
}

function ofConditions({ when, unless }: CompiledRule): readonly string[] {
  return [...inCondition(when), ...(unless === undefined ? [] : inCondition(unless))]
}

function inCondition({ condition, parts }: Judged): readonly string[] {
  return condition.kind === 'time' ? [condition.zone] : parts.flatMap(inCondition)
}

function timeMeant(text: string, now: Date): string {
  const example = 'Write it like "2026-03-01 23:30"'
  const [, date = '', hours, minutes] = /^(.*?)[T ,]*(?:(\d{1,2})[:.](\d{2})(?::\d{2})?)?$/i.exec(text.trim()) ?? []
  const isReal = hours === undefined || (Number(hours) < 24 && Number(minutes) < 60)
  if (/^\d{4}-\d{2}-\d{2}$/.test(date) && readLocal(date) === undefined) return `${date} does not exist. ${example}`
  // A date such as 03/04/2027 can mean two days.
  const [day, another] = date === '' ? [now.toISOString().slice(0, 10)] : daysNamed(date)
  if (day === undefined || another !== undefined || !isReal) return example
  return `Write "${day}${hours === undefined ? '' : ` ${hours.padStart(2, '0')}:${minutes}`}"`
}

/** The time of a call as a report shows it. */
export function timeLine({ at, zone }: AskedTime): string {
  return zone === undefined ? new Date(at).toISOString() : `${localText(zone, at)} ${zone.name}`
}
