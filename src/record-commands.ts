import { type Command, Option } from 'commander'
import type { ForgetOptions } from './cli/forget.ts'
import type { HoldOptions } from './cli/hold.ts'
import type { ImpactOptions } from './cli/impact.ts'
import { defaultFolder, type ExitCode, type Io } from './cli/io.ts'
import type { LogOptions } from './cli/log.ts'
import type { RecordFlags } from './cli/records-asked.ts'
import { version } from './version.ts'

/** Takes the work of a command, and what its exit code will be. */
export type Run = (work: Promise<ExitCode>) => Promise<void>

/** Add the commands that read or change what the service keeps. Each loads its own modules when it is called. */
export function addRecordCommands(program: Command, io: Io, run: Run): void {
  const all = [
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
  for (const add of all) add(program, io, run)
}

/** The flag of every command that reads what the service keeps. */
export function stateFlag(): Option {
  return new Option('--state <dir>', 'the state folder of the service (default: ".hookwarden", env: HOOKWARDEN_STATE)')
}

/** The flag of the commands that also ask services on other machines. */
function peersFlag(): Option {
  return new Option(
    '--peers <url...>',
    'ask other services with --answer-peers, by the addresses of their admin ports; a folder here only if it is named, too',
  )
}

type HistoryFlags = { diff?: true; json?: true; state?: string; rules?: string; peers?: string[] }

function addHistory(program: Command, io: Io, run: Run): void {
  program
    .command('history')
    .description('list the rule sets that came into force: when, who changed them and why, and what changed')
    .argument('[versions...]', 'with --diff, two versions: hookwarden history --diff OLD NEW')
    .option('--diff', 'describe what changed from one version to another')
    .option('--json', 'print JSON')
    .option('--rules <dir>', 'the rules folder, whose commits are asked (default: that of the running service)')
    .addOption(stateFlag())
    .addOption(peersFlag())
    .action(async (versions: string[], { diff, json, peers = [], ...folders }: HistoryFlags) => {
      const { showHistory } = await import('./cli/history.ts')
      return run(showHistory({ ...folders, peers, json: json === true, isDiff: diff === true, versions }, io))
    })
}

type RollbackFlags = { rules?: string; state?: string; why: string }

function addRollback(program: Command, io: Io, run: Run): void {
  program
    .command('rollback')
    .description('write the rule files of an earlier version back; the present ones are kept')
    .argument('[version]', 'a version of hookwarden history (default: the one before the one in force)')
    .requiredOption('--why <text>', 'why, for the history')
    .option('--rules <dir>', `the rules folder (default: that of the running service, or "${defaultFolder}")`)
    .addOption(stateFlag())
    .action(async (version: string | undefined, { rules, state, why }: RollbackFlags) => {
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
    .addOption(peersFlag())
    .argument('[id]', 'the id of a decision, as in this list, the log and X-Request-Id')
    .option('--user <id>', 'only calls that name this user')
    .option('--group <id>', 'only calls that name this group')
    .option('--rule <rule>', 'only decisions in which this rule matched')
    .option('--code <number>', 'only refusals with this code')
    .option('--callback <name>', 'only calls of this callback')
    .option('--shadow', 'only decisions in which a rule in shadow matched')
    .option('--draft', 'only calls that a draft beside the rules in force decided otherwise')
    .option('--last <number>', 'only the last ones')
    .option('--follow', 'go on with what is being decided')
    .option('--rules <dir>', 'with an id: also decide it by the rules in this folder')
    .option('--all', 'with an id: show every rule, also those that did not match')
    .option('--secret-file <file>', 'the secret of the masks, if the service takes it from a file')
    .addHelpText('after', '\nExample: hookwarden log --user u-1 --since "yesterday 10:00" --until "yesterday 11:00"')
    .action(async (id: string | undefined, flags: LogOptions & { rules?: string; all?: true }) => {
      if (id === undefined) {
        const { log } = await import('./cli/log.ts')
        return run(log(flags, io))
      }
      const { logOne } = await import('./cli/log-one.ts')
      return run(logOne({ id, ...flags }, io))
    })
}

function addStats(program: Command, io: Io, run: Run): void {
  addRecordCommand(program, 'stats', 'show what each rule did, by hour: a day, or from --since')
    .addOption(peersFlag())
    .action(async (flags: RecordFlags & { json?: true }) => {
      const { stats } = await import('./cli/stats.ts')
      return run(stats(flags, io))
    })
}

function addTimeline(program: Command, io: Io, run: Run): void {
  addRecordCommand(program, 'timeline', 'show what happened, in order: events and spikes of an hour, or from --since')
    .addOption(peersFlag())
    .action(async (flags: RecordFlags & { json?: true }) => {
      const { timeline } = await import('./cli/timeline.ts')
      return run(timeline(flags, io))
    })
}

function addImpact(program: Command, io: Io, run: Run): void {
  addRecordCommand(program, 'impact', 'show who a draft of the rules would affect, by deciding recorded calls again')
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
            script: threadScript('./replay/half-worker'),
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
    .addOption(peersFlag())
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
    .addOption(peersFlag())
    .option('--secret-file <file>', 'the secret of the masks, if the service takes it from a file')
    .option('--json', 'print JSON')
    .action(async (who: string, flags: Omit<ForgetOptions, 'who'>) => {
      const { forget } = await import('./cli/forget.ts')
      return run(forget({ ...flags, who }, io))
    })
}
