import { Command, CommanderError, Option } from 'commander'
import type { CheckOptions } from './cli/check.ts'
import { defaultFolder, type ExitCode, type Io, print, UsageError, withNarrowErr } from './cli/io.ts'
import { type TestOptions, testFormats } from './cli/test-run.ts'
import { visibleLines } from './language/show/visible.ts'
import { addRecordCommands, type Run, stateFlag } from './record-commands.ts'
import type { Flags } from './serve/config.ts'
import { version } from './version.ts'

const checkFormats = ['pretty', 'json', 'github'] as const satisfies readonly CheckOptions['format'][]

/**
 * Run the `hookwarden` command line and return its exit code.
 *
 * 0: success. 1: findings, such as errors in rules. 2: wrong usage, or an internal error. Never throws. Each command
 * loads its own modules when it is called: loading everything takes longer than most commands run.
 */
export async function main(argv: readonly string[], given: Io): Promise<ExitCode> {
  // Messages on standard error quote arguments, file names and file contents.
  const io: Io = { ...given, err: text => given.err(visibleLines(text)) }
  const edge = withNarrowErr(io)
  let code: ExitCode = 0
  const run = (work: Promise<ExitCode>) =>
    work.then(found => {
      code = found
    })
  try {
    await (await build(argv, edge, run)).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    return await failed(error, argv, edge)
  }
}

/** The `--rules` flag of commands that also take the folder as an argument. */
type Where = { rules?: string; state?: string }

type CheckFlags = Where & { json?: true; format: CheckOptions['format']; strict?: true; tests?: true }

type TestFlags = Where & { json?: true; format: TestOptions['format']; mutate?: true; watch?: true }

type TryFlags = Where & { at?: string; json?: true; engine?: true; saveTest?: string; after?: string }

async function build(argv: readonly string[], io: Io, run: Run): Promise<Command> {
  const program = new Command('hookwarden')
    .description("Decides an instant messaging server's webhooks with rules written in YAML.")
    .version(version)
    .configureOutput({ writeOut: text => print(text, io), writeErr: io.err, ...helpWidths(io) })
    // Below commander's default: narrow columns read better than lines that the terminal breaks.
    .configureHelp({ minWidthToWrap: 20 })
    .exitOverride()
    .showHelpAfterError('(run hookwarden --help for the list of commands)')
  // In the order in which an author needs them.
  const authoring = [addInit, addCheck, addTest, addTry, addDev, addFmt, addExplain, addList, addCallbacks, addSchema]
  for (const add of [...authoring, addRecordCommands]) add(program, io, run)
  await addServe(program, argv, io, run)
  return program.addHelpText('after', '\nGet started: hookwarden init my-rules')
}

function helpWidths(io: Io): { getOutHelpWidth(): number; getErrHelpWidth(): number } {
  const columns = () => io.size?.()?.columns ?? 80
  return { getOutHelpWidth: columns, getErrHelpWidth: () => io.errColumns?.() ?? columns() }
}

/** Add a command that works on one rules folder: its argument, the value of `--rules`, or `rules`. */
function addFolderCommand(program: Command, name: string, about: string, folder = 'the rules folder'): Command {
  return program
    .command(name)
    .description(about)
    .argument('[dir]', `${folder} (default: "${defaultFolder}")`)
    .option('--rules <dir>', 'same as [dir]')
}

function folderOf(dir: string | undefined, { rules }: Where): string {
  if (dir !== undefined && rules !== undefined && dir !== rules) {
    throw new UsageError(`Two folders given, ${dir} and --rules ${rules}: keep one`)
  }
  return rules ?? dir ?? defaultFolder
}

function addInit(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'init', 'create a small rules folder to start from', 'the folder to create').action(
    async (dir: string | undefined, where: Where) => {
      const { init } = await import('./cli/init.ts')
      return run(init(folderOf(dir, where), io))
    },
  )
}

function addCheck(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'check', 'report every error and warning in a rules folder')
    .addOption(new Option('--format <format>', 'output format').choices(checkFormats).default('pretty'))
    .option('--json', 'same as --format json')
    .option('--strict', 'treat warnings as errors')
    .option('--tests', 'also run the tests')
    .addOption(stateFlag())
    .action(async (dir: string | undefined, { json, format, strict, tests, ...where }: CheckFlags) => {
      const { checkRules } = await import('./cli/check.ts')
      const { state } = where
      const flags = { isStrict: strict === true, withTests: tests === true, ...(state !== undefined && { state }) }
      const options = { format: json ? 'json' : format, ...flags } as const
      return run(checkRules({ dir: folderOf(dir, where), ...options }, io))
    })
}

function addTest(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'test', 'run the tests in the rule files and report what they do not cover')
    .addOption(new Option('--format <format>', 'output format').choices(testFormats).default('pretty'))
    .option('--json', 'same as --format json')
    .option('--watch', 'run the tests again on each save')
    .option('--mutate', 'make small changes to the rules and list those that no test catches')
    .action(async (given: string | undefined, { json, format, mutate, watch, ...where }: TestFlags) => {
      const { showTests, test } = await import('./cli/test.ts')
      const dir = folderOf(given, where)
      const options = { dir, format: json ? 'json' : format, mutate: mutate === true } as const
      if (!watch) return run(test(options, io))
      const { onEachSave } = await import('./cli/dev.ts')
      return run(onEachSave(dir, io, compiled => showTests(compiled, options, io)))
    })
}

function addTry(program: Command, io: Io, run: Run): void {
  program
    .command('try')
    .description('evaluate one payload, as the IM server sends it, and explain the decision')
    .argument('<payload>', 'a JSON file, - for standard input, or a callback name')
    .argument('[values...]', 'fields, after a callback name: key=text or key:=JSON')
    .option('--rules <dir>', 'the rules folder', defaultFolder)
    .option('--at <time>', 'when the call arrives, such as "2026-03-01 23:30" (default: now)')
    .option('--after <file>', 'earlier calls, a list as `after` of a test has it, in YAML or JSON')
    .option('--json', 'print the whole report as JSON')
    .option('--engine', 'also show what json-rules-engine returns for every rule')
    .option('--save-test <rule>', 'save the call as a test of a rule')
    .addHelpText('after', '\nExample: hookwarden try beforeAddFriend fromUserID=u-1 reqMsg="hi" ex:=null')
    .action(async (payload: string, values: string[], { rules, json, ...others }: TryFlags) => {
      const { tryPayload } = await import('./cli/try.ts')
      return run(tryPayload({ payload, values, dir: folderOf(rules, {}), json: json === true, ...others }, io))
    })
}

function addDev(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'dev', 'watch a rules folder; check and test it on each save').action(
    async (dir: string | undefined, where: Where) => {
      const { dev } = await import('./cli/dev.ts')
      return run(dev(folderOf(dir, where), io))
    },
  )
}

function addFmt(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'fmt', 'format rule files; comments are kept')
    .option('--check', 'write nothing; exit 1 if a file is not formatted')
    .action(async (dir: string | undefined, { check: isCheck, ...where }: Where & { check?: true }) => {
      const { fmt } = await import('./cli/fmt.ts')
      return run(fmt({ dir: folderOf(dir, where), isCheck: isCheck === true }, io))
    })
}

function addExplain(program: Command, io: Io, run: Run): void {
  program
    .command('explain')
    .description('describe the rules in plain sentences')
    .argument('[dir]', `the rules folder (default: "${defaultFolder}"); with --diff, the folder before the change`)
    .argument('[rule]', 'the id of one rule; with --diff, the folder after the change')
    .option('--rules <dir>', 'the rules folder; with --diff, the folder after the change')
    .option('--diff', 'describe what changed: hookwarden explain --diff OLD NEW')
    .addOption(stateFlag())
    .action(async (dir: string | undefined, rule: string | undefined, flags: Where & { diff?: true }) => {
      const { rules, state, diff } = flags
      const { explainFolder } = await import('./cli/explain.ts')
      return run(explainFolder({ dir, rule, rules, isDiff: diff === true, state }, io))
    })
}

function addList(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'list', 'list the rules in the order they run')
    .option('--json', 'print JSON')
    .addOption(stateFlag())
    .action(async (dir: string | undefined, { json, ...where }: Where & { json?: true }) => {
      const { listRules } = await import('./cli/list.ts')
      return run(listRules({ dir: folderOf(dir, where), json: json === true, state: where.state }, io))
    })
}

function addCallbacks(program: Command, io: Io, run: Run): void {
  program
    .command('callbacks')
    .description('list the callbacks that the IM server sends, search them, or show one in detail')
    .argument(
      '[word...]',
      'a callback such as beforeSetGroupMemberInfo, or words to find in names, fields and descriptions',
    )
    .option('--rules <dir>', 'only callbacks that the rules in this folder decide')
    .option('--json', 'print JSON')
    .action(async (words: string[], { json, rules }: Where & { json?: true }) => {
      const { listCallbacks } = await import('./cli/callbacks.ts')
      const options = { words: words.join(' '), isJson: json === true, ...(rules !== undefined && { rules }) }
      return run(listCallbacks(options, io))
    })
}

function addSchema(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'schema', 'write rules.schema.json, which gives editors completion, help and error marks')
    .option('--stdout', 'print it instead of writing the file')
    .action(async (dir: string | undefined, { stdout, ...where }: Where & { stdout?: true }) => {
      const { schema } = await import('./cli/schema.ts')
      return run(schema({ dir: folderOf(dir, where), toStdout: stdout === true }, io))
    })
}

/** Add `serve`. Its many options are loaded only if the command line names it. */
async function addServe(program: Command, argv: readonly string[], io: Io, run: Run): Promise<void> {
  const command = program
    .command('serve')
    .description("answer the IM server's webhooks; changed rules load while it runs")
    .argument('[dir]', 'same as --rules')
  if (!argv.includes('serve')) return
  const { addServeOptions } = await import('./serve/config.ts')
  addServeOptions(command).action((dir: string | undefined, flags: Flags) => run(serve(dir, flags, io)))
}

async function serve(dir: string | undefined, flags: Flags, io: Io): Promise<ExitCode> {
  const { rules } = flags
  const folder = dir === undefined ? rules : folderOf(dir, typeof rules === 'string' ? { rules } : {})
  const { readConfig } = await import('./serve/config.ts')
  const read = readConfig({ ...flags, ...(folder !== undefined && { rules: folder }) }, io.env)
  if (!read.ok) throw new UsageError(read.problems.join('\n'))
  const service = await import('./main.ts')
  try {
    return await service.serve(read.config, io)
  } catch (error) {
    const { orWrongFolder } = await import('./cli/load.ts')
    throw await orWrongFolder(error, read.config.rules)
  }
}

async function failed(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  // Commander has already printed its message. It also throws after --help and --version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  io.err(`hookwarden: ${await messageOf(error, argv)}\n`)
  return 2
}

async function messageOf(error: unknown, argv: readonly string[]): Promise<string> {
  if (error instanceof UsageError) return error.message
  const { folderHint, WrongFolder } = await import('./cli/load.ts')
  const { FolderUnreadable } = await import('./store/folder-unreadable.ts')
  if (error instanceof WrongFolder) return [error.message, folderHint(error, argv)].join('\n').trimEnd()
  const { StateInUse, StateRefused, StateUnusable } = await import('./state/state-errors.ts')
  const isForPeople = [FolderUnreadable, StateInUse, StateRefused, StateUnusable].some(known => error instanceof known)
  if (isForPeople && error instanceof Error) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
