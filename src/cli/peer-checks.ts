import { isHold } from '../state/holds.ts'
import type { LinesFoot, LinesHead, PlaceAnswers, TailFoot } from '../state/questions.ts'
import { isKnownSegment } from '../state/read-question.ts'

/** Something read that is an object. */
type Parsed = { readonly [key: string]: unknown }

/** Lists in an answer may have so many items. */
const mostItems = 100_000

/** Whether something read is the answer to a question of a kind. */
export function isAnswerTo(ask: keyof PlaceAnswers, value: unknown): boolean {
  return checks[ask](value)
}

/** Whether something read is the foot of lines. */
export function isLinesFoot(value: unknown): value is LinesFoot {
  if (!isParsedObject(value) || ![value.foreign, value.newer, value.cut].every(isCount)) return false
  return isList(value.unreadable, each => isParsedObject(each) && isText(each.path) && isText(each.reason))
}

/** Whether something read is the foot of lines that were added. */
export function isTailFoot(value: unknown): value is TailFoot {
  return isParsedObject(value) && isList(value.known, isKnownSegment)
}

const checks: { readonly [ask in keyof PlaceAnswers]: (value: unknown) => boolean } = {
  names: value => isList(value, isText, 200),
  first: value => value === null || Number.isSafeInteger(value),
  history: value => isParsedObject(value) && isCount(value.foreign) && isList(value.lines, isHistoryLine),
  versions: value => isList(value, isText),
  rules: value =>
    value === null ||
    isList(value, each => isParsedObject(each) && isText(each.file) && typeof each.content === 'string'),
  holds: value => isList(value, isWholeHold),
  hold: value => value === null,
  'end hold': value => isList(value, isWholeHold),
  forget: isForgotten,
}

/** Whether something read is the head of lines. */
export function isLinesHead(value: unknown): value is LinesHead {
  const isInstance = (each: unknown) =>
    isParsedObject(each) && isText(each.instance) && isList(each.hours, hour => Number.isSafeInteger(hour))
  return isParsedObject(value) && isList(value.instances, isInstance, 1000)
}

function isForgotten(value: unknown): boolean {
  if (!isParsedObject(value) || ![value.decisions, value.contents, value.segments].every(isCount)) return false
  const isLeft = (each: unknown) => isParsedObject(each) && isText(each.path) && isText(each.reason)
  const isNamed = (each: unknown) =>
    isParsedObject(each) && isText(each.file) && isCount(each.times) && isList(each.within, isText)
  const { counts, sharedCounts, notShared, isServing, left, named } = value
  return (
    (counts === null || isCount(counts)) &&
    (sharedCounts === undefined || isCount(sharedCounts)) &&
    (notShared === undefined || isText(notShared)) &&
    typeof isServing === 'boolean' &&
    isList(left, isLeft) &&
    isList(named, isNamed)
  )
}

function isHistoryLine(value: unknown): boolean {
  if (!isParsedObject(value) || value.v !== 1 || !isText(value.version) || !isText(value.at)) return false
  const isTextOrNull = (each: unknown) => each === null || typeof each === 'string'
  return (
    [value.before, value.who, value.why].every(isTextOrNull) &&
    (value.commit === undefined || isText(value.commit)) &&
    (value.isCommittedLater === undefined || value.isCommittedLater === true) &&
    isList(value.sentences, each => typeof each === 'string')
  )
}

function isWholeHold(value: unknown): boolean {
  return isHold(value) && [value.field, value.until, String(value.case)].every(isText)
}

/** Whether something read is an object. */
export function isParsedObject(value: unknown): value is Parsed {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isList(value: unknown, isItem: (item: unknown) => boolean, most = mostItems): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= most && value.every(isItem)
}
