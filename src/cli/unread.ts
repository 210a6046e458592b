import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Compiled } from '../compile/compile.ts'
import { isOurs } from '../language/read/file.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'

/** More files than these in a rules folder are not looked through for slips. */
const mostFiles = 5_000

/** Warnings about files that are near to being read and are not: a wrong ending, or a wrong folder. */
export async function unreadFiles(dir: string): Promise<Diagnostic[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).slice(0, mostFiles)
  const names = files.map(({ parentPath, name }) => relative(dir, join(parentPath, name)).replaceAll('\\', '/'))
  return names.sort().flatMap(file => {
    if (isOurs({ file }) || isLeftover(file)) return []
    const hint = hintFor(file)
    if (hint === undefined) return []
    const message = `The file ${file} is not read`
    return [{ severity: 'warning', code: 'unread-file', message, span: { file, start: 0, end: 0 }, hint }]
  })
}

/** Errors about lists that are not there, with the file that is near and not read, if there is one. */
export function withNearFiles(found: readonly Diagnostic[], unread: readonly Diagnostic[]): readonly Diagnostic[] {
  const near = new Map(unread.map(each => [nameOf(each.span.file), each]))
  return found.map(each => {
    const [, list = ''] = each.code === 'unknown-list' ? (/^There is no list "(.*)"$/.exec(each.message) ?? []) : []
    const file = list === '' ? undefined : near.get(nameOf(list))
    if (file === undefined) return each
    return { ...each, hint: `${file.message}, but may be meant: ${lowerFirst(file.hint ?? '')}. ${each.hint}` }
  })
}

/** What a file and a list have in common: the name without folder and ending. */
function nameOf(file: string): string {
  return file
    .replace(/^.*\//, '')
    .replace(/\..*$/, '')
    .replaceAll(/[\s_-]+/g, ' ')
    .toLowerCase()
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

/** What editors and file systems leave beside a file. */
function isLeftover(file: string): boolean {
  return /(?:^|\/)\.|~$|\.(?:bak|orig|old|rej|swp|swo|tmp)$/i.test(file)
}

function hintFor(file: string): string | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (/\.ya?ml\.\w+$/i.test(file)) return `Rename it to ${name.replace(/\.\w+$/, '')}`
  if (/\.ya?ml$/i.test(file)) return `Rename it to ${name.toLowerCase()}`
  if (file.startsWith('lists/') && !/\.md$/i.test(file))
    return `Rename it to ${name.split('.')[0]}.txt, one entry per line`
  if (/\.txt$/i.test(file)) return `Move it to lists/${name.split('.')[0]?.toLowerCase()}.txt if it is a list`
  if (/^[^/]*\.json$/.test(file) && name !== 'rules.schema.json')
    return 'Write rules in YAML, and move samples to samples/'
  return undefined
}

/** Warnings about rules whose last day is over. */
export function expiredRules({ ruleSet }: Compiled, now: Date): Diagnostic[] {
  const rules = [...(ruleSet?.compiled.values() ?? [])]
  return rules.flatMap(({ id, until, rule: { span } }) => {
    if (until === undefined || until > now.getTime()) return []
    const message = `The rule "${id}" has expired: its "until" is in the past`
    return [{ severity: 'warning', code: 'expired', message, span, hint: 'Remove the rule, or give it a later day' }]
  })
}
