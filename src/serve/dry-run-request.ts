import { readInstant } from '../language/clock.ts'
import { quoteUntrusted } from '../protocol/untrusted-text.ts'
import type { SourceFile } from '../yaml/source.ts'

/**
 * A requested dry run. Without `files` it uses the rules in force; without `at` (ms since 1970), the current time.
 *
 * `after` is a list of earlier calls as tests have them, in JSON; with `isLive`, counts are those of the service.
 */
export type Wanted = {
  ok: true
  payload: unknown
  at?: number
  engine: boolean
  files?: readonly SourceFile[]
  after?: string
  isLive: boolean
}

type Refused = { ok: false; problem: string }

/** The body has room for long lists. YAML has its own limit, since it takes a hundred times as long to parse. */
export const bodyLimits = { bodyBytes: 8 * 1024 * 1024, files: 1000, yamlCharacters: 512 * 1024 }

/** Read the body of a dry run; returns the request, or what is wrong with it. Never throws. */
export function readDryRun(bytes: Uint8Array): Wanted | Refused {
  const parsed = readJson(bytes)
  return parsed === undefined ? refused('The body is not valid JSON') : readWanted(parsed.body)
}

function readJson(bytes: Uint8Array): { body: unknown } | undefined {
  const text = new TextDecoder().decode(bytes)
  if (text === '') return { body: text }
  try {
    return { body: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function readWanted(body: unknown): Wanted | Refused {
  if (!isObject(body)) return refused('The body must be a JSON object with "payload"')
  const { payload, at, files, engine = false, after, counts, ...others } = body
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    return refused(`Unknown key ${quoteUntrusted(unknown)}; the keys are payload, at, files, engine, after and counts`)
  if (payload === undefined) return refused('"payload" is missing: add the request as the IM server would send it')
  const instant = typeof at === 'string' ? readInstant(at) : undefined
  if (at !== undefined && instant === undefined) {
    return refused('"at" must be a date and time with an offset, like "2026-03-01T22:30:00Z"')
  }
  if (typeof engine !== 'boolean') return refused('"engine" must be true or false')
  if (after !== undefined && !Array.isArray(after)) {
    return refused('"after" must be a list of earlier calls, like [{ "ago": "9 seconds", "times": 5 }]')
  }
  if (counts !== undefined && counts !== 'live') return refused('"counts" must be "live", or left out')
  if (counts === 'live' && (after ?? files ?? at) !== undefined) {
    return refused(
      '"counts": "live" asks what the rules in force have counted by now: leave out "after", "files" and "at"',
    )
  }
  const sources = files === undefined ? { ok: true as const } : readFiles(files)
  if (!sources.ok) return sources
  return {
    ...sources,
    payload,
    engine,
    isLive: counts === 'live',
    ...(instant !== undefined && { at: instant }),
    ...(after !== undefined && { after: JSON.stringify(after) }),
  }
}

function readFiles(files: unknown): { ok: true; files: readonly SourceFile[] } | Refused {
  if (!isObject(files)) return refused('"files" must be an object that maps paths to texts')
  const entries = Object.entries(files)
  if (entries.length > bodyLimits.files) return refused(`"files" must not have more than ${bodyLimits.files} files`)
  let yamlCharacters = 0
  const sources: SourceFile[] = []
  for (const [file, content] of entries) {
    if (!isRulePath(file))
      return refused(`A path in "files" must be ….yaml, ….yml or lists/….txt, not ${quoteUntrusted(file)}`)
    if (typeof content !== 'string') return refused(`${quoteUntrusted(file)} in "files" must be text`)
    if (!file.endsWith('.txt')) yamlCharacters += content.length
    sources.push({ file, content })
  }
  if (yamlCharacters > bodyLimits.yamlCharacters)
    return refused(`"files" is too long: at most ${bodyLimits.yamlCharacters} characters of YAML are allowed`)
  return { ok: true, files: sources.sort((a, b) => (a.file < b.file ? -1 : 1)) }
}

/** Whether a path could be in a rules folder: relative, not leading out of it, not hidden. */
export function isRulePath(file: string): boolean {
  const segments = file.split('/')
  if (segments.some(segment => segment === '' || segment.startsWith('.')) || /[\\\p{Cc}]/u.test(file)) return false
  return /\.ya?ml$/.test(file) || (segments.length === 2 && segments[0] === 'lists' && file.endsWith('.txt'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refused(problem: string): Refused {
  return { ok: false, problem }
}
