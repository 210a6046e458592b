import { createColors } from 'picocolors'
import { runCases } from '../cases/run-cases.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { type Loaded, RuleStore } from '../store/store.ts'
import { watchRules } from '../store/watch.ts'
import { render } from './check.ts'
import type { ExitCode, Io } from './io.ts'
import { renderFailures } from './render-cases.ts'

/** Show one screen for a folder, anew on each save: its mistakes, else its failing tests, else that all is well. */
export function dev(dir: string, io: Io): Promise<ExitCode> {
  return onEachSave(dir, io, async compiled => {
    const screen = await screenOf(compiled, dir, io)
    io.out(`${io.isTerminal ? clearScreen : ''}${screen}${io.now().toLocaleTimeString()}  ${dir}  (Ctrl-C ends)\n`)
  })
}

/** Show a folder now and on each save, until the user stops it. What goes wrong with the folder is said, too. */
export async function onEachSave(
  dir: string,
  io: Io,
  show: (compiled: Compiled) => Promise<unknown>,
): Promise<ExitCode> {
  let compiled: Compiled = { ruleSet: null, diagnostics: [], sources: new Map() }
  let shown: Promise<unknown> = Promise.resolve()
  const store = new RuleStore<RuleSet>({
    dir,
    compile: files => {
      compiled = compile(files)
      return compiled
    },
    now: () => io.now(),
    onReload: loaded => {
      const each = compiled
      shown = shown.then(() => (unreadable(loaded) ? io.err(`${loaded.error?.message}\n`) : show(each)))
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
  const checked = render(compiled, dir, 'pretty', io)
  if (compiled.ruleSet === null) return checked
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const results = await runCases(compiled.ruleSet)
  const failures = renderFailures(compiled.ruleSet, results, colors)
  if (failures !== '') return failures
  return `${checked}${colors.green(`All ${results.length} tests pass`)}\n`
}
