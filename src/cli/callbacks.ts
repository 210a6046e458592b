import { createColors } from 'picocolors'
import type { Callback, Field } from '../callbacks/callback.ts'
import { callbacks, findCallback } from '../callbacks/catalogue.ts'
import { rulesOf } from '../cases/run-cases.ts'
import { suggestCallback } from '../language/advice/suggest-callback.ts'
import { toldInShort, toldWhole } from '../protocol/told-callback.ts'
import { render } from './check.ts'
import { type FoundCallback, findCallbacks } from './find-callbacks.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { load } from './load.ts'
import { type Page, renderCallback } from './render-callback.ts'
import { hang } from './wrap.ts'

/** Options of `hookwarden callbacks`: a name or search words; with `rules`, only callbacks that those rules decide. */
export type CallbacksOptions = { words: string; isJson: boolean; rules?: string }

/**
 * Print all callbacks, those that match some words, or one in detail.
 *
 * Throws FolderUnreadable, WrongFolder and UsageError.
 */
export async function listCallbacks({ words, isJson, rules }: CallbacksOptions, io: Io): Promise<ExitCode> {
  const counts = rules === undefined ? undefined : await countRules(rules, io)
  if (counts === null) return 1
  const page = {
    colors: createColors(io.isTerminal && io.env.NO_COLOR === undefined),
    columns: io.size?.()?.columns ?? Number.POSITIVE_INFINITY,
  }
  const one = findCallback(words)
  if (one !== undefined && (counts === undefined || counts.has(one))) {
    if (isJson) printJson(toldWhole(one), io)
    else print(renderCallback(one, page), io)
    return 0
  }
  const found = (one === undefined ? findCallbacks(words) : []).filter(
    ({ callback }) => counts === undefined || counts.has(callback),
  )
  if (found.length === 0) throw new UsageError(nothingFound(words, rules))
  if (isJson) printJson({ callbacks: found.map(({ callback }) => toldInShort(callback)) }, io)
  else print(listed(found, counts, page), io)
  return 0
}

/** How many rules of a folder decide each callback; null if the rules have errors, which are printed. */
async function countRules(dir: string, io: Io): Promise<ReadonlyMap<Callback, number> | null> {
  const compiled = await load(dir)
  if (compiled.ruleSet === null) {
    print(render(compiled, dir, 'pretty', io), io)
    return null
  }
  const rules = rulesOf(compiled.ruleSet).filter(({ mode }) => mode !== 'disabled')
  const counted = callbacks.map(callback => {
    return [callback, rules.filter(({ rule }) => rule.callbacks.includes(callback)).length] as const
  })
  return new Map(counted.filter(([, count]) => count > 0))
}

function nothingFound(words: string, rules: string | undefined): string {
  if (rules === undefined) return `There is no callback "${words}". ${suggestCallback(words)}`
  return `The rules in ${rules} decide no callback${words === '' ? '' : ` that matches "${words}"`}`
}

const titles = {
  before: 'Sent before an action; rules can reject or rewrite it:',
  after: 'Sent after an action; rules can only watch it, in mode shadow:',
}

function listed(
  found: readonly FoundCallback[],
  counts: ReadonlyMap<Callback, number> | undefined,
  page: Page,
): string {
  const width = Math.max(...found.map(({ callback }) => callback.name.length))
  const blocks = (['before', 'after'] as const).flatMap(phase => {
    const own = found.filter(({ callback }) => callback.phase === phase)
    const rows = own.flatMap(each => rowsOf(each, counts?.get(each.callback), width, page))
    return own.length === 0 ? [] : [[page.colors.bold(titles[phase]), ...rows].join('\n')]
  })
  return `${blocks.join('\n\n')}\n\nRun hookwarden callbacks NAME to see one in detail.\n`
}

/** A callback on one line, with the fields that matched below it. */
function rowsOf(
  { callback, fields }: FoundCallback,
  count: number | undefined,
  width: number,
  { columns }: Page,
): string[] {
  const rules = count === undefined ? '' : ` (${count} ${count === 1 ? 'rule' : 'rules'})`
  const head = `  ${callback.name.padEnd(width)}  `
  const below = fields.map(field => hang(' '.repeat(head.length), `${field.name}: ${aboutOf(field)}`, columns))
  return [hang(head, `${callback.about}${rules}`, columns), ...below]
}

function aboutOf({ about, names }: Field): string {
  return names === undefined ? about : `${about} (${[...names.keys()].join(', ')})`
}
