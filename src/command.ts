import { Command, CommanderError, Option } from 'commander'
import type { CheckOptions } from './cli/check.ts'
import type { ForgetOptions } from './cli/forget.ts'
import type { HoldOptions } from './cli/hold.ts'
import type { ImpactOptions } from './cli/impact.ts'
import { defaultFolder, type ExitCode, type Io, print, UsageError, withNarrowErr } from './cli/io.ts'
import type { LogOptions } from './cli/log.ts'
import type { RecordFlags } from './cli/records-asked.ts'
import { type TestOptions, testFormats } from './cli/test-run.ts'
import { visibleLines } from './language/show/visible.ts'
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

type Run = (work: Promise<ExitCode>) => Promise<void>

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
  const asking = [
    addHistory,
    addRollback,
    addPause,
    addResume,
    addLog,
    addStats,
    addTimeline,
    addImpact,
    addHold,
    addForget,
  ]
  for (const add of [...authoring, ...asking]) add(program, io, run)
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

/** The flag of every command that reads what the service keeps. */
function stateFlag(): Option {
  return new Option('--state <dir>', 'the state folder of the service (default: ".hookwarden", env: HOOKWARDEN_STATE)')
}

function addHistory(program: Command, io: Io, run: Run): void {
  program
    .command('history')
    .description('list the rule sets that came into force: when, by whom, why, and what changed')
    .argument('[versions...]', 'with --diff, two versions: hookwarden history --diff OLD NEW')
    .option('--diff', 'describe what changed from one version to another')
    .option('--json', 'print JSON')
    .addOption(stateFlag())
    .action(async (versions: string[], { diff, json, state }: { diff?: true; json?: true; state?: string }) => {
      const { showHistory } = await import('./cli/history.ts')
      return run(showHistory({ state, json: json === true, isDiff: diff === true, versions }, io))
    })
}

function addRollback(program: Command, io: Io, run: Run): void {
  program
    .command('rollback')
    .description('write the rule files of an earlier version back; the present ones are kept')
    .argument('[version]', 'a version of hookwarden history (default: the one before the one in force)')
    .requiredOption('--why <text>', 'why, for the history')
    .option('--rules <dir>', `the rules folder (default: that of the running service, or "${defaultFolder}")`)
    .addOption(stateFlag())
    .action(async (version: string | undefined, { rules, state, why }: Where & { why: string }) => {
      const { rollBack } = await import('./cli/rollback.ts')
      return run(rollBack({ version, rules, state, why }, io))
    })
}

type PauseFlags = { rules: string; state?: string; peers?: string[] }

/** Add a command that changes whether a rule is paused. */
function addPauseCommand(program: Command, name: string, about: string): Command {
  return program
    .command(name)
    .description(about)
    .argument('<rule>', 'the id of the rule')
    .option('--peers <url...>', 'also ask other services, by the addresses of their admin ports')
    .option('--rules <dir>', 'the rules folder, if no service runs', defaultFolder)
    .addOption(stateFlag())
}

function addPause(program: Command, io: Io, run: Run): void {
  addPauseCommand(program, 'pause', 'put a rule into shadow at once, in the running service; no rule file changes')
    .requiredOption('--why <text>', 'why, for all who see it')
    .option('--for <time>', 'how long, such as "2 hours" (default: until it is resumed)')
    .action(async (rule: string, flags: PauseFlags & { why: string; for?: string }) => {
      const { rules, state, peers = [], why, for: forTime } = flags
      const { pauseRule } = await import('./cli/pause.ts')
      return run(pauseRule({ rule, rules, state, peers, why, forTime }, io))
    })
}

function addResume(program: Command, io: Io, run: Run): void {
  addPauseCommand(program, 'resume', 'enforce a paused rule again').action(
    async (rule: string, { rules, state, peers = [] }: PauseFlags) => {
      const { resumeRule } = await import('./cli/pause.ts')
      return run(resumeRule({ rule, rules, state, peers }, io))
    },
  )
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

/** Add a command that asks the record, with the flags that say where and for which time. */
function addRecordCommand(program: Command, name: string, about: string): Command {
  return program
    .command(name)
    .description(about)
    .option('--state <dir>', 'the state folder (default: .hookwarden)')
    .option('--records <dir...>', 'state folders of several instances, instead of --state')
    .option('--since <time>', 'such as "2026-12-01 10:00", "yesterday 10:00" or "2 hours ago"')
    .option('--until <time>', 'the same; a day is meant to its end (default: now)')
    .option('--zone <name>', 'time zone of all times, such as Asia/Shanghai (default: that of this machine)')
    .option('--json', 'print JSON')
}

function addLog(program: Command, io: Io, run: Run): void {
  addRecordCommand(program, 'log', 'list decisions on record, or explain one')
    .argument('[id]', 'the id of a decision, as in this list, the log and X-Request-Id')
    .option('--user <id>', 'only calls that name this user')
    .option('--group <id>', 'only calls that name this group')
    .option('--rule <rule>', 'only decisions in which this rule matched')
    .option('--code <number>', 'only refusals with this code')
    .option('--callback <name>', 'only calls of this callback')
    .option('--shadow', 'only decisions in which a rule in shadow matched')
    .option('--last <number>', 'only the last ones')
    .option('--follow', 'go on with what is being decided')
    .option('--rules <dir>', 'with an id: also decide it by the rules in this folder')
    .option('--all', 'with an id: show every rule, also those that did not match')
    .option('--secret-file <file>', 'the secret of the masks, if the service takes it from a file')
    .addHelpText('after', '\nExample: hookwarden log --user u-1 --since "yesterday 10:00" --until "yesterday 11:00"')
    .action(async (id: string | undefined, flags: LogOptions & Where & { all?: true }) => {
      if (id === undefined) {
        const { log } = await import('./cli/log.ts')
        return run(log(flags, io))
      }
      const { logOne } = await import('./cli/log-one.ts')
      return run(logOne({ id, ...flags }, io))
    })
}

function addStats(program: Command, io: Io, run: Run): void {
  addRecordCommand(program, 'stats', 'show what each rule did, by hour: a day, or from --since').action(
    async (flags: RecordFlags & { json?: true }) => {
      const { stats } = await import('./cli/stats.ts')
      return run(stats(flags, io))
    },
  )
}

function addTimeline(program: Command, io: Io, run: Run): void {
  addRecordCommand(
    program,
    'timeline',
    'show what happened, in order: events and spikes of an hour, or from --since',
  ).action(async (flags: RecordFlags & { json?: true }) => {
    const { timeline } = await import('./cli/timeline.ts')
    return run(timeline(flags, io))
  })
}

function addImpact(program: Command, io: Io, run: Run): void {
  addRecordCommand(program, 'impact', 'tell whom a draft of the rules would hit, by deciding recorded calls again')
    .argument('[draft]', 'the folder of the draft')
    .option('--against <what>', 'a version of hookwarden history, a folder, or "record" (default: the rules in force)')
    .option('--secret-file <file>', 'the secret of the masks, if the service takes it from a file')
    .option('--part <k/n>', 'only one of several parts; prints what it found as JSON, for --merge')
    .option('--merge <files...>', 'join what the parts of a run found')
    .option('--sample <share>', 'only some of all people or groups, such as 1%')
    .option('--by <field>', 'what the sample is taken of: userID or groupID')
    .option('--html <file>', 'also write the report as one HTML file with pictures')
    .option('--judge <number>', 'show so many newly refused calls by chance, and ask of each whether that is right')
    .option(
      '--save-test <id...>',
      'add calls on record to the tests of the draft instead; ID=wrong expects the opposite',
    )
    .addHelpText('after', '\nExample: hookwarden impact my-draft --since "7 days ago"')
    .action(async (draft: string | undefined, flags: Omit<ImpactOptions, 'draft' | 'app' | 'script'>) => {
      const [{ impact }, { threadScript }] = await Promise.all([
        import('./cli/impact.ts'),
        import('./thread-script.ts'),
      ])
      return run(
        impact(
          {
            ...flags,
            ...(draft !== undefined && { draft }),
            app: version,
            script: threadScript('./replay/draft-worker'),
          },
          io,
        ),
      )
    })
}

function addHold(program: Command, io: Io, run: Run): void {
  program
    .command('hold')
    .description('keep what is on record of a user or a group, however old it gets')
    .argument('[who]', 'userID=u-1 or groupID=g-1; without it, the holds are listed')
    .option('--until <time>', 'a date such as 2027-01-31, or "30 days"')
    .option('--case <number>', 'what it is kept for')
    .option('--list', 'list the holds')
    .option('--end', 'end the hold, or only that for --case')
    .option('--state <dir>', 'the state folder (default: .hookwarden)')
    .option('--records <dir...>', 'state folders of several instances, instead of --state')
    .option('--zone <name>', 'time zone of all times (default: that of this machine)')
    .option('--json', 'print JSON')
    .action(async (who: string | undefined, flags: HoldOptions) => {
      const { hold } = await import('./cli/hold.ts')
      return run(hold({ ...flags, ...(who !== undefined && { who }) }, io))
    })
}

function addForget(program: Command, io: Io, run: Run): void {
  program
    .command('forget')
    .description('erase a user or a group from the record and the counts, and name what still has the name')
    .argument('<who>', 'userID=u-1 or groupID=g-1')
    .option('--group <id>', 'only what the user did in this group')
    .option('--state <dir>', 'the state folder (default: .hookwarden)')
    .option('--records <dir...>', 'state folders of several instances, instead of --state')
    .option('--secret-file <file>', 'the secret of the masks, if the service takes it from a file')
    .option('--json', 'print JSON')
    .action(async (who: string, flags: Omit<ForgetOptions, 'who'>) => {
      const { forget } = await import('./cli/forget.ts')
      return run(forget({ ...flags, who }, io))
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
  const { StateInUse, StateUnusable } = await import('./state/state-errors.ts')
  const isForPeople = [FolderUnreadable, StateInUse, StateUnusable].some(known => error instanceof known)
  if (isForPeople && error instanceof Error) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
