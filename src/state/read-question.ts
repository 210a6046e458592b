import type { AnyQuestion } from './questions.ts'

/** A question as it came over the wire; undefined if it is none. */
export function readQuestion(body: unknown): AnyQuestion | undefined {
  if (!isObject(body)) return undefined
  const { ask } = body
  const isKnown = typeof ask === 'string' && Object.hasOwn(checks, ask)
  return isKnown && checks[ask as AnyQuestion['ask']](body) ? (body as AnyQuestion) : undefined
}

type Body = { readonly [key: string]: unknown }

const mostTexts = 100
const mostSegments = 500

const checks: { readonly [ask in AnyQuestion['ask']]: (body: Body) => boolean } = {
  lines: ({ kind, since, until, bytes }) =>
    (kind === 'envelope' || kind === 'content') && isTime(since) && isTime(until) && isList(bytes, isTextOrTexts),
  tail: ({ known }) => known === undefined || isList(known, isKnownSegment, mostSegments),
  names: ({ names }) => isList(names, isText),
  first: ({ until }) => isTime(until),
  history: () => true,
  versions: () => true,
  rules: ({ version }) => isVersion(version),
  holds: () => true,
  hold: ({ hold }) =>
    isObject(hold) && isSomebody(hold) && [hold.until, hold.since, hold.case].every(isText) && isDate(hold.until),
  'end hold': body => isSomebody(body) && (body.case === undefined || isText(body.case)),
  forget: body => isSomebody(body) && (body.group === undefined || isText(body.group)),
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSomebody({ field, value }: Body): boolean {
  return (field === 'userID' || field === 'groupID') && isText(value)
}

/** Ids have at most 64 characters in the server; patterns of bytes are an id with its key. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1000
}

function isTextOrTexts(value: unknown): boolean {
  return isText(value) || (isList(value, isText) && value.length > 0)
}

function isList(value: unknown, isItem: (item: unknown) => boolean, most = mostTexts): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= most && value.every(isItem)
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}

/** Whether a text can be the version of rules: it becomes the name of a file. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{1,64}$/.test(value)
}

/** Whether something says how many bytes of a segment are known. */
export function isKnownSegment(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [name, bytes] = value
  return isText(name) && isTime(bytes) && bytes >= 0
}
