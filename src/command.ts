import { createRequire } from 'node:module'
import { Command, CommanderError, Option } from 'commander'
import { type CheckOptions, check, formats } from './cli/check.ts'
import { type ExitCode, type Io, UsageError } from './cli/io.ts'
import { tryPayload } from './cli/try.ts'
import { addServeOptions, type Flags, readConfig } from './config.ts'
import { FolderUnreadable } from './store/folder-unreadable.ts'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

/**
 * The `hookwarden` command: parse the arguments, run one command, answer its exit code.
 *
 * 0: fine. 1: findings, such as errors in rules. 2: our failure, or wrong usage. Never throws.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
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

type Run = (work: Promise<ExitCode>) => Promise<void>

function build(io: Io, run: Run): Command {
  const program = new Command('hookwarden')
    .description("Decides an instant messaging server's webhooks by rules written in YAML.")
    .version(version)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride()
    .showHelpAfterError('(hookwarden --help lists the commands)')
  addServe(program, io, run)
  program
    .command('check')
    .description('say everything that is wrong with a rules folder')
    .argument('[dir]', 'the rules folder', 'rules')
    .addOption(new Option('--format <format>', 'how findings are written').choices(formats).default('pretty'))
    .option('--json', 'the same as --format json')
    .action((dir: string, { json, format }: { json?: true; format: CheckOptions['format'] }) =>
      run(check({ dir, format: json ? 'json' : format }, io)),
    )
  program
    .command('try')
    .description('decide one payload, as the IM server sends it, and say why')
    .argument('<payload>', 'its JSON file; - reads standard input')
    .option('--rules <dir>', 'the rules folder', 'rules')
    .option('--at <time>', 'when the call comes, as in 2026-03-01T23:30:00+08:00 (default: now)')
    .option('--json', 'the whole report as JSON')
    .action((payload: string, { rules, at, json }: { rules: string; at?: string; json?: true }) =>
      run(tryPayload({ payload, dir: rules, json: json === true, ...(at !== undefined && { at }) }, io)),
    )
  return program
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
