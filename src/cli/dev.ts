import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createColors } from 'picocolors'
import { runCases } from '../cases/run-cases.ts'
import { withSuggestedTests } from '../cases/suggest-tests.ts'
import { unstableRewrites } from '../cases/unstable.ts'
import type { Compiled } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { visibleLines } from '../language/show/visible.ts'
import { check } from '../lint/check.ts'
import { type Loaded, RuleStore } from '../store/store.ts'
import { watchRules } from '../store/watch.ts'
import { sortDiagnostics } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { render } from './check.ts'
import { replace } from './fmt.ts'
import type { ExitCode, Io } from './io.ts'
import { readFilesOf } from './load.ts'
import { renderFailures } from './render-cases.ts'
import { schemaFile, schemaText } from './schema.ts'
import { wrap } from './wrap.ts'

/**
 * Show one screen for a folder and refresh it on each save: errors, or failing tests, or that all is well.
 *
 * Also updates the folder's JSON schema for editors, if it has one.
 */
export function dev(dir: string, io: Io): Promise<ExitCode> {
  return onEachSave(dir, io, async (compiled, files) => {
    await refreshSchema(dir, files)
    const screen = await screenOf(compiled, dir, io)
    const status = `${io.now().toTimeString().slice(0, 8)}  ${dir}  (Ctrl-C to stop)`
    io.out(`${io.isTerminal ? clearScreen : ''}${visibleLines(`${fitted(screen, io)}${status}`)}\n`)
  })
}

/**
 * Call `show` for a folder now and after each save, until the user stops the command.
 *
 * Throws FolderUnreadable and WrongFolder if the folder cannot be read at the start, as its name may be misspelt;
 * later, that is only reported.
 */
export async function onEachSave(
  dir: string,
  io: Io,
  show: (compiled: Compiled, files: readonly SourceFile[]) => Promise<unknown>,
): Promise<ExitCode> {
  await readFilesOf(dir)
  let compiled: Compiled = { ruleSet: null, diagnostics: [], sources: new Map() }
  let shown: Promise<unknown> = Promise.resolve()
  const store = new RuleStore<RuleSet>({
    dir,
    compile: files => {
      compiled = check(files)
      return compiled
    },
    now: () => io.now(),
    onReload: loaded => {
      const each = compiled
      shown = shown.then(() => (unreadable(loaded) ? io.err(`${loaded.error?.message}\n`) : show(each, loaded.files)))
    },
  })
  await store.reload()
  const watch = watchRules(store, error => io.err(`${String(error)}\n`))
  await io.untilStopped()
  await watch.stop()
  await shown
  return 0
}

const clearScreen = '\u001b[2J\u001b[H'

function unreadable(loaded: Loaded<RuleSet>): loaded is Loaded<RuleSet> & { ok: false } {
  return !loaded.ok && loaded.error !== undefined
}

async function screenOf(compiled: Compiled, dir: string, io: Io): Promise<string> {
  const { ruleSet, diagnostics } = compiled
  if (ruleSet === null) return render(compiled, dir, 'pretty', io)
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const results = await runCases(ruleSet)
  const failed = results.filter(({ status }) => status !== 'passed').length
  if (failed > 0) {
    const counts = colors.red(`${failed} of ${results.length} tests fail`)
    return `${renderFailures(ruleSet, results, colors)}${counts}\n`
  }
  const found = sortDiagnostics([...diagnostics, ...unstableRewrites(results)])
  const verdict = results.length === 0 ? colors.yellow('There are no tests') : colors.green(passed(results.length))
  const suggested = await withSuggestedTests({ ...compiled, diagnostics: found })
  return `${render(suggested, dir, 'pretty', io)}${verdict}\n`
}

function passed(count: number): string {
  return count === 1 ? 'The only test passes' : `All ${count} tests pass`
}

/** The part of a screen that fits the terminal, and how many lines are left out. What to fix first comes first. */
function fitted(screen: string, io: Io): string {
  const size = io.size?.()
  if (size === undefined) return screen
  const lines = wrap(screen, size.columns).split('\n')
  // One line for the status, one for the cursor below it.
  const room = Math.max(size.rows - 3, 5)
  if (lines.length - 1 <= room) return lines.join('\n')
  return `${[...lines.slice(0, room), `… and ${lines.length - 1 - room} more lines`].join('\n')}\n`
}

/** The schema lists the names in the rules, which change as rules are written. */
async function refreshSchema(dir: string, files: readonly SourceFile[]): Promise<void> {
  if (!(await readdir(dir)).includes(schemaFile)) return
  const path = join(dir, schemaFile)
  const text = schemaText(files)
  if ((await readFile(path, 'utf8')) !== text) await replace(path, text)
}
