import { createRequire } from 'node:module'
import { Command, CommanderError, Option } from 'commander'
import type { CheckOptions } from './cli/check.ts'
import { defaultFolder, type ExitCode, type Io, print, UsageError, withNarrowErr } from './cli/io.ts'
import { type TestOptions, testFormats } from './cli/test-run.ts'
import { visibleLines } from './language/show/visible.ts'
import type { Flags } from './serve/config.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

const checkFormats = ['pretty', 'json', 'github'] as const satisfies readonly CheckOptions['format'][]

/**
 * The `hookwarden` command: parse the arguments, run one command, return its exit code.
 *
 * 0: fine. 1: findings, such as errors in rules. 2: our failure, or wrong usage. Never throws. What a command needs is
 * loaded only when that command is called: loading everything takes longer than most commands do.
 */
export async function main(argv: readonly string[], given: Io): Promise<ExitCode> {
  // What is said there quotes arguments, names of files and texts in them.
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

/** Where the rules are, for commands that take the folder by its flag or by an argument. */
type Where = { rules?: string }

type CheckFlags = Where & { json?: true; format: CheckOptions['format']; strict?: true; tests?: true }

type TestFlags = Where & { json?: true; format: TestOptions['format']; mutate?: true; watch?: true }

type TryFlags = Where & { at?: string; json?: true; engine?: true; saveTest?: string }

type Run = (work: Promise<ExitCode>) => Promise<void>

async function build(argv: readonly string[], io: Io, run: Run): Promise<Command> {
  const program = new Command('hookwarden')
    .description("Decides an instant messaging server's webhooks by rules written in YAML.")
    .version(version)
    .configureOutput({ writeOut: text => print(text, io), writeErr: io.err, ...helpWidths(io) })
    // Narrower columns than commander's own still read better than lines that the terminal breaks.
    .configureHelp({ minWidthToWrap: 20 })
    .exitOverride()
    .showHelpAfterError('(hookwarden --help lists the commands)')
  // In the order in which an author meets them.
  const adders = [addInit, addCheck, addTest, addTry, addDev, addFmt, addExplain, addList, addCallbacks, addSchema]
  for (const add of adders) add(program, io, run)
  await addServe(program, argv, io, run)
  return program.addHelpText('after', '\nBegin with: hookwarden init my-rules')
}

function helpWidths(io: Io): { getOutHelpWidth(): number; getErrHelpWidth(): number } {
  const columns = () => io.size?.()?.columns ?? 80
  return { getOutHelpWidth: columns, getErrHelpWidth: () => io.errColumns?.() ?? columns() }
}

/** A command on one rules folder, which is its argument, the value of `--rules`, or `rules`. */
function addFolderCommand(program: Command, name: string, about: string, folder = 'the rules folder'): Command {
  return program
    .command(name)
    .description(about)
    .argument('[dir]', `${folder} (default: "${defaultFolder}")`)
    .option('--rules <dir>', 'the same as [dir]')
}

function folderOf(dir: string | undefined, { rules }: Where): string {
  if (dir !== undefined && rules !== undefined && dir !== rules) {
    throw new UsageError(`Two folders are named, ${dir} and --rules ${rules}: keep one`)
  }
  return rules ?? dir ?? defaultFolder
}

function addInit(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'init', 'lay down a small rules folder to start from', 'the folder to make').action(
    async (dir: string | undefined, where: Where) => {
      const { init } = await import('./cli/init.ts')
      return run(init(folderOf(dir, where), io))
    },
  )
}

function addCheck(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'check', 'say everything that is wrong with a rules folder')
    .addOption(new Option('--format <format>', 'how findings are written').choices(checkFormats).default('pretty'))
    .option('--json', 'the same as --format json')
    .option('--strict', 'take warnings for errors')
    .option('--tests', 'run the tests, too')
    .action(async (dir: string | undefined, { json, format, strict, tests, ...where }: CheckFlags) => {
      const { checkRules } = await import('./cli/check.ts')
      const options = { format: json ? 'json' : format, isStrict: strict === true, withTests: tests === true } as const
      return run(checkRules({ dir: folderOf(dir, where), ...options }, io))
    })
}

function addTest(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'test', 'run the tests beside the rules, and show what they leave unseen')
    .addOption(new Option('--format <format>', 'how results are written').choices(testFormats).default('pretty'))
    .option('--json', 'the same as --format json')
    .option('--watch', 'run them again on each save')
    .option('--mutate', 'make small changes to the rules, and list those that no test notices')
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
    .description('decide one payload, as the IM server sends it, and say why')
    .argument('<payload>', 'its JSON file, - for standard input, or the name of a callback')
    .argument('[values...]', 'after the name of a callback: key=text, or key:=JSON')
    .option('--rules <dir>', 'the rules folder', defaultFolder)
    .option('--at <time>', 'when the call comes, as in "2026-03-01 23:30" (default: now)')
    .option('--json', 'the whole report as JSON')
    .option('--engine', 'also what json-rules-engine itself says of every rule')
    .option('--save-test <rule>', 'add the call, with what comes of it, to the tests of a rule')
    .addHelpText('after', '\nFor example: hookwarden try beforeAddFriend fromUserID=u-1 reqMsg="hi" ex:=null')
    .action(async (payload: string, values: string[], { rules, json, ...others }: TryFlags) => {
      const { tryPayload } = await import('./cli/try.ts')
      return run(tryPayload({ payload, values, dir: folderOf(rules, {}), json: json === true, ...others }, io))
    })
}

function addDev(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'dev', 'watch a rules folder: check and test it on each save').action(
    async (dir: string | undefined, where: Where) => {
      const { dev } = await import('./cli/dev.ts')
      return run(dev(folderOf(dir, where), io))
    },
  )
}

function addFmt(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'fmt', 'bring rule files into one layout; comments stay')
    .option('--check', 'write nothing; exit 1 when a file is not in that layout')
    .action(async (dir: string | undefined, { check: isCheck, ...where }: Where & { check?: true }) => {
      const { fmt } = await import('./cli/fmt.ts')
      return run(fmt({ dir: folderOf(dir, where), isCheck: isCheck === true }, io))
    })
}

function addExplain(program: Command, io: Io, run: Run): void {
  program
    .command('explain')
    .description('say what rules mean, in sentences')
    .argument('[dir]', `the rules folder (default: "${defaultFolder}"); with --diff, the one before the change`)
    .argument('[rule]', 'the id of one rule; with --diff, the folder after the change')
    .option('--rules <dir>', 'the rules folder; with --diff, the one after the change')
    .option('--diff', 'say what a change means: hookwarden explain --diff OLD NEW')
    .action(async (dir: string | undefined, rule: string | undefined, { rules, diff }: Where & { diff?: true }) => {
      const { explainFolder } = await import('./cli/explain.ts')
      return run(explainFolder({ dir, rule, rules, isDiff: diff === true }, io))
    })
}

function addList(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'list', 'print the rules in the order in which they decide')
    .option('--json', 'as JSON')
    .action(async (dir: string | undefined, { json, ...where }: Where & { json?: true }) => {
      const { listRules } = await import('./cli/list.ts')
      return run(listRules(folderOf(dir, where), json === true, io))
    })
}

function addCallbacks(program: Command, io: Io, run: Run): void {
  program
    .command('callbacks')
    .description('print what the IM server asks and tells, what of it is about some words, or all about one callback')
    .argument('[word...]', 'a callback, as in beforeSetGroupMemberInfo, or words of a name, a field or a meaning')
    .option('--rules <dir>', 'only those that the rules of this folder decide')
    .option('--json', 'as JSON')
    .action(async (words: string[], { json, rules }: Where & { json?: true }) => {
      const { listCallbacks } = await import('./cli/callbacks.ts')
      const options = { words: words.join(' '), isJson: json === true, ...(rules !== undefined && { rules }) }
      return run(listCallbacks(options, io))
    })
}

function addSchema(program: Command, io: Io, run: Run): void {
  addFolderCommand(program, 'schema', 'write rules.schema.json, from which editors complete, explain and underline')
    .option('--stdout', 'print it instead')
    .action(async (dir: string | undefined, { stdout, ...where }: Where & { stdout?: true }) => {
      const { schema } = await import('./cli/schema.ts')
      return run(schema({ dir: folderOf(dir, where), toStdout: stdout === true }, io))
    })
}

/** Its many options are loaded only when the command line names it. */
async function addServe(program: Command, argv: readonly string[], io: Io, run: Run): Promise<void> {
  const command = program
    .command('serve')
    .description("answer the IM server's webhooks; rules reload while it runs")
    .argument('[dir]', 'the same as --rules')
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
  // Commander has said what it had to say; it also ends --help and --version so.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  io.err(`hookwarden: ${await messageOf(error, argv)}\n`)
  return 2
}

async function messageOf(error: unknown, argv: readonly string[]): Promise<string> {
  if (error instanceof UsageError) return error.message
  const { folderHint, WrongFolder } = await import('./cli/load.ts')
  const { FolderUnreadable } = await import('./store/folder-unreadable.ts')
  if (error instanceof WrongFolder) return [error.message, folderHint(error, argv)].join('\n').trimEnd()
  if (error instanceof FolderUnreadable) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
