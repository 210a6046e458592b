import { createRequire } from 'node:module'
import { Command, CommanderError, Option } from 'commander'
import { listCallbacks } from './cli/callbacks.ts'
import { type CheckOptions, check, formats } from './cli/check.ts'
import { dev, onEachSave } from './cli/dev.ts'
import { explainChange, explainRules } from './cli/explain.ts'
import { fmt } from './cli/fmt.ts'
import { init } from './cli/init.ts'
import { type ExitCode, type Io, UsageError } from './cli/io.ts'
import { list } from './cli/list.ts'
import { schema } from './cli/schema.ts'
import { showTests, type TestOptions, test, testFormats } from './cli/test.ts'
import { tryPayload } from './cli/try.ts'
import { addServeOptions, type Flags, readConfig } from './config.ts'
import { visibleLines } from './language/display.ts'
import { FolderUnreadable } from './store/folder-unreadable.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

/**
 * The `hookwarden` command: parse the arguments, run one command, answer its exit code.
 *
 * 0: fine. 1: findings, such as errors in rules. 2: our failure, or wrong usage. Never throws.
 */
export async function main(argv: readonly string[], given: Io): Promise<ExitCode> {
  // What is said there quotes arguments, names of files and texts in them.
  const io: Io = { ...given, err: text => given.err(visibleLines(text)) }
  let code: ExitCode = 0
  const run = (work: Promise<ExitCode>) =>
    work.then(found => {
      code = found
    })
  try {
    await build(io, run).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    return failed(error, io)
  }
}

type CheckFlags = { json?: true; format: CheckOptions['format']; strict?: true; tests?: true }

type TestFlags = { json?: true; format: TestOptions['format']; mutate?: true; watch?: true }

type TryFlags = { rules: string; at?: string; json?: true; engine?: true; saveTest?: string }

type Run = (work: Promise<ExitCode>) => Promise<void>

function build(io: Io, run: Run): Command {
  const program = new Command('hookwarden')
    .description("Decides an instant messaging server's webhooks by rules written in YAML.")
    .version(version)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride()
    .showHelpAfterError('(hookwarden --help lists the commands)')
  // In the order in which an author meets them.
  const adders = [
    addInit,
    addCheck,
    addTest,
    addTry,
    addDev,
    addFmt,
    addExplain,
    addList,
    addCallbacks,
    addSchema,
    addServe,
  ]
  for (const add of adders) add(program, io, run)
  return program.addHelpText('after', '\nBegin with: hookwarden init my-rules')
}

function addInit(program: Command, io: Io, run: Run): void {
  program
    .command('init')
    .description('lay down a small rules folder to start from')
    .argument('[dir]', 'the folder to make', 'rules')
    .action((dir: string) => run(init(dir, io)))
}

function addCheck(program: Command, io: Io, run: Run): void {
  program
    .command('check')
    .description('say everything that is wrong with a rules folder')
    .argument('[dir]', 'the rules folder', 'rules')
    .addOption(new Option('--format <format>', 'how findings are written').choices(formats).default('pretty'))
    .option('--json', 'the same as --format json')
    .option('--strict', 'take warnings for errors')
    .option('--tests', 'run the tests, too')
    .action((dir: string, { json, format, strict, tests }: CheckFlags) =>
      run(check({ dir, format: json ? 'json' : format, isStrict: strict === true, withTests: tests === true }, io)),
    )
}

function addTest(program: Command, io: Io, run: Run): void {
  program
    .command('test')
    .description('run the tests beside the rules, and show what they leave unseen')
    .argument('[dir]', 'the rules folder', 'rules')
    .addOption(new Option('--format <format>', 'how results are written').choices(testFormats).default('pretty'))
    .option('--json', 'the same as --format json')
    .option('--watch', 'run them again on each save')
    .option('--mutate', 'make small changes to the rules, and list those that no test notices')
    .action((dir: string, { json, format, mutate, watch }: TestFlags) => {
      const options = { dir, format: json ? 'json' : format, mutate: mutate === true } as const
      return run(watch ? onEachSave(dir, io, compiled => showTests(compiled, options, io)) : test(options, io))
    })
}

function addTry(program: Command, io: Io, run: Run): void {
  program
    .command('try')
    .description('decide one payload, as the IM server sends it, and say why')
    .argument('<payload>', 'its JSON file; - reads standard input')
    .option('--rules <dir>', 'the rules folder', 'rules')
    .option('--at <time>', 'when the call comes, as in 2026-03-01T23:30:00+08:00 (default: now)')
    .option('--json', 'the whole report as JSON')
    .option('--engine', 'also what json-rules-engine itself says of every rule')
    .option('--save-test <rule>', 'add the call, with what comes of it, to the tests of a rule')
    .action((payload: string, { rules: dir, json, ...others }: TryFlags) =>
      run(tryPayload({ payload, dir, json: json === true, ...others }, io)),
    )
}

function addDev(program: Command, io: Io, run: Run): void {
  program
    .command('dev')
    .description('watch a rules folder: check and test it on each save')
    .argument('[dir]', 'the rules folder', 'rules')
    .action((dir: string) => run(dev(dir, io)))
}

function addFmt(program: Command, io: Io, run: Run): void {
  program
    .command('fmt')
    .description('bring rule files into one layout; comments stay')
    .argument('[dir]', 'the rules folder', 'rules')
    .option('--check', 'write nothing; exit 1 when a file is not in that layout')
    .action((dir: string, { check: isCheck }: { check?: true }) => run(fmt({ dir, isCheck: isCheck === true }, io)))
}

function addExplain(program: Command, io: Io, run: Run): void {
  program
    .command('explain')
    .description('say what rules mean, in sentences')
    .argument('[dir]', 'the rules folder; with --diff, the one before the change', 'rules')
    .argument('[rule]', 'the id of one rule; with --diff, the folder after the change')
    .option('--diff', 'say what a change means: hookwarden explain --diff OLD NEW')
    .action((dir: string, rule: string | undefined, { diff }: { diff?: true }) =>
      run(diff ? explainDiff(dir, rule, io) : explainRules(dir, rule, io)),
    )
}

function addList(program: Command, io: Io, run: Run): void {
  program
    .command('list')
    .description('print the rules in the order in which they decide')
    .argument('[dir]', 'the rules folder', 'rules')
    .option('--json', 'as JSON')
    .action((dir: string, { json }: { json?: true }) => run(list(dir, json === true, io)))
}

function addCallbacks(program: Command, io: Io, run: Run): void {
  program
    .command('callbacks')
    .description('print what the IM server asks and tells, or all about one callback')
    .argument('[name]', 'a callback, as in beforeSetGroupMemberInfo')
    .option('--json', 'as JSON')
    .action((name: string | undefined, { json }: { json?: true }) =>
      run(Promise.resolve(listCallbacks(name, json === true, io))),
    )
}

function addSchema(program: Command, io: Io, run: Run): void {
  program
    .command('schema')
    .description('write rules.schema.json, from which editors complete, explain and underline')
    .argument('[dir]', 'the rules folder', 'rules')
    .option('--stdout', 'print it instead')
    .action((dir: string, { stdout }: { stdout?: true }) => run(schema({ dir, toStdout: stdout === true }, io)))
}

async function explainDiff(before: string, after: string | undefined, io: Io): Promise<ExitCode> {
  if (after === undefined) throw new UsageError('--diff takes two folders: hookwarden explain --diff OLD NEW')
  return explainChange(before, after, io)
}

function addServe(program: Command, io: Io, run: Run): void {
  const command = program.command('serve').description("answer the IM server's webhooks; rules reload while it runs")
  addServeOptions(command).action((flags: Flags) => run(serve(flags, io)))
}

async function serve(flags: Flags, io: Io): Promise<ExitCode> {
  const read = readConfig(flags, io.env)
  if (!read.ok) throw new UsageError(read.problems.join('\n'))
  // Only who serves needs an HTTP server.
  const service = await import('./main.ts')
  return service.serve(read.config, io)
}

function failed(error: unknown, io: Io): ExitCode {
  // Commander has said what it had to say; it also ends --help and --version so.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError || error instanceof FolderUnreadable) io.err(`hookwarden: ${error.message}\n`)
  else io.err(`hookwarden: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 2
}
