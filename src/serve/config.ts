import { hostname } from 'node:os'
import { type Command, Option } from 'commander'
import { closest } from 'fastest-levenshtein'
import type { Callback } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import type { Asked } from '../protocol/command.ts'
import { usualTextBytes } from '../protocol/long-texts.ts'
import { readCountsUrl } from '../state/counts-url.ts'
import { readNetworks } from './caller-id.ts'
import { isLoopback } from './loopback.ts'

/** The default for the longest body of a request, in bytes. Lists can be long: 5,000 users who register fit in. */
export const usualBodyBytes = { ofLists: 1_048_576, others: 262_144 }

/** The configuration of the service: read once at startup, then frozen. */
export type Config = {
  /** The rules folder. */
  rules: string
  /** The folder of rules that decides every call a second time, without effect; empty for none. */
  draft: string
  /** Where webhooks arrive. Port 0 picks a free one. */
  host: string
  port: number
  /** Where operators connect: loopback only. */
  adminHost: string
  adminPort: number
  /** The path prefix that a webhook must have, like `/im/hooks`; empty for any path. May be a secret. */
  prefix: string
  /** The reply to a call that cannot be decided, and its code (5000 to 9999). */
  onFailure: Answer
  failureCode: number
  /** The same for a callback that the catalogue lacks. */
  unknownCallback: Answer
  /** From the end of a request's headers to its answer. */
  deadlineMs: number
  /** The longest request body; null for a limit that depends on the callback. */
  maxBodyBytes: number | null
  /** The longest single text of a call, in bytes of UTF-8. */
  maxTextBytes: number
  /** How long the rules folder must be quiet before a change in it is loaded. */
  settleMs: number
  /** From the signal to stop until the process ends. */
  shutdownMs: number
  /** True if a folder without rules is allowed. */
  allowEmpty: boolean
  /** The URL of the store where processes count together; empty to count in this process. May hold a password. */
  counts: string
  /** How long a call waits for that store. */
  countsMs: number
  /** The files with its password and with the certificate of its authority; empty for none. */
  countsPasswordFile: string
  countsCaFile: string
  /** How many keys this process counts by, over all counters, and in how many MiB. */
  countsKeys: number
  countsMb: number
  /** The folder for what is kept over restarts. */
  state: string
  /** True if decisions are recorded in that folder. */
  record: boolean
  /** How many days decisions are kept, and how many days the calls with what people wrote. */
  recordDays: number
  contentDays: number
  /** The most that the record may take on the disk, in MiB. */
  recordMb: number
  /** The file that says what the record masks; empty for none. */
  recordMasks: string
  /** The name of this process on record. */
  instance: string
  /** The file with a secret that several processes share, for the hashes of masks; empty for that of the folder. */
  secretFile: string
  /** True if commands on other machines may ask for what is kept here, by the admin port. */
  answerPeers: boolean
  /** True if a refusal tells the id of its decision in `errDlt`. */
  idInDetail: boolean
  /** The header with which a proxy names a request, in lower case; empty for none. */
  requestIdHeader: string
  /** The addresses of proxies that are trusted with that header, as addresses or networks in CIDR notation. */
  trustProxy: readonly string[]
}

type Answer = 'reject' | 'allow'

/** A configuration, or every problem with the flags and variables. */
export type ConfigRead = { ok: true; config: Config } | { ok: false; problems: readonly string[] }

/** The values of flags by key: text, or true for a switch. */
export type Flags = { [key in keyof Config]?: string | boolean }

/** One setting. Its flag and its variable are its key in their own spelling. */
type Setting<T> = {
  about: string
  /** True if the value may hold a password, which no message shows. */
  isSecret?: true
  /** True if the flag may be given several times: a list with commas. */
  isList?: true
  /** The setting without which this one has no effect. */
  needs?: keyof Config
  /** The placeholder for the value in the help; a setting without one is a switch. */
  placeholder?: string
  /** The default value. */
  fallback: T | { sameAs: 'onFailure' }
  /** The default as the help shows it, if it is not a plain value. */
  shown?: string
  /** Parse a text; returns the value, or what the text must be. */
  read: (text: string) => Read<T>
}

type Read<T> = { value: T } | { must: string }

/** Beyond this, a single request could fill the memory. */
const mostBytes = 67_108_864

/** Every setting of `hookwarden serve`, in the order of its help. */
export const serveOptions: { readonly [key in keyof Config]: Setting<Config[key]> } = {
  rules: { about: 'the rules folder', placeholder: 'DIR', fallback: 'rules', read: filled },
  draft: {
    about: 'folder of rules that decides every call a second time, without effect',
    placeholder: 'DIR',
    fallback: '',
    read: filled,
  },
  host: { about: 'address to listen on for webhooks', placeholder: 'HOST', fallback: '127.0.0.1', read: filled },
  port: {
    about: 'port for webhooks; 0 picks a free one',
    placeholder: 'PORT',
    fallback: 10_006,
    read: between(0, 65_535),
  },
  adminHost: {
    about: 'address to listen on for operators; loopback only',
    placeholder: 'HOST',
    fallback: '127.0.0.1',
    read: loopback,
  },
  adminPort: {
    about: 'port for operators; 0 picks a free one',
    placeholder: 'PORT',
    fallback: 10_007,
    read: between(0, 65_535),
  },
  prefix: { about: 'path prefix that a webhook must have', placeholder: 'PATH', fallback: '', read: pathPrefix },
  onFailure: {
    about: 'reply to a call that cannot be decided',
    placeholder: 'reject|allow',
    fallback: 'reject',
    read: answer,
  },
  failureCode: {
    about: 'error code of that reply, 5000-9999',
    placeholder: 'CODE',
    fallback: 9999,
    read: between(5000, 9999),
  },
  unknownCallback: {
    about: 'reply to a callback that is not in the catalogue',
    placeholder: 'reject|allow',
    fallback: { sameAs: 'onFailure' },
    shown: 'same as --on-failure',
    read: answer,
  },
  deadlineMs: {
    about: 'time limit per request, including reading the body; the IM server waits 5000',
    placeholder: 'MS',
    fallback: 1000,
    read: between(1, 60_000),
  },
  maxBodyBytes: {
    about: 'longest request body',
    placeholder: 'BYTES',
    fallback: null,
    shown: `${usualBodyBytes.others}, or ${usualBodyBytes.ofLists} for callbacks with lists`,
    read: between(1, mostBytes),
  },
  maxTextBytes: {
    about: 'longest single text in a call',
    placeholder: 'BYTES',
    fallback: usualTextBytes,
    read: between(1, mostBytes),
  },
  settleMs: {
    about: 'how long the rules folder must be unchanged before a change is loaded',
    placeholder: 'MS',
    fallback: 100,
    read: between(0, 60_000),
  },
  shutdownMs: {
    about: 'time limit for shutting down',
    placeholder: 'MS',
    fallback: 5000,
    read: between(0, 600_000),
  },
  allowEmpty: { about: 'serve a folder without rules', fallback: false, read: truth },
  counts: {
    about: 'Redis or Valkey in which several processes count together: redis://HOST:PORT, or rediss:// for TLS',
    placeholder: 'URL',
    fallback: '',
    shown: 'each process counts alone',
    isSecret: true,
    read: countsUrl,
  },
  countsMs: {
    about: 'how long a call waits for --counts before its process counts alone',
    placeholder: 'MS',
    fallback: 50,
    read: between(1, 10_000),
  },
  countsPasswordFile: {
    about: 'file with the password for --counts',
    placeholder: 'FILE',
    fallback: '',
    needs: 'counts',
    read: filled,
  },
  countsCaFile: {
    about: 'file with the certificate of the authority that signed that of --counts',
    placeholder: 'FILE',
    fallback: '',
    needs: 'counts',
    read: filled,
  },
  countsKeys: {
    about: 'most keys to count by in this process, over all counters',
    placeholder: 'KEYS',
    fallback: 1_000_000,
    read: between(1, 100_000_000),
  },
  countsMb: {
    about: 'most memory for counts in this process, in MiB',
    placeholder: 'MB',
    fallback: 256,
    read: between(1, 65_536),
  },
  state: {
    about: 'folder for what outlasts a restart: counts, history, pauses',
    placeholder: 'DIR',
    fallback: '.hookwarden',
    read: filled,
  },
  record: { about: 'record every decision in the folder of --state', fallback: false, read: truth },
  recordDays: {
    about: 'days for which decisions are kept',
    placeholder: 'DAYS',
    fallback: 30,
    needs: 'record',
    read: between(1, 36_500),
  },
  contentDays: {
    about: 'days for which calls are kept, with what people wrote',
    placeholder: 'DAYS',
    fallback: 7,
    needs: 'record',
    read: between(0, 36_500),
  },
  recordMb: {
    about: 'most disk space for the record, in MiB',
    placeholder: 'MB',
    fallback: 4096,
    needs: 'record',
    read: between(1, 100_000_000),
  },
  recordMasks: {
    about: 'file that says which fields the record hashes or drops',
    placeholder: 'FILE',
    fallback: '',
    needs: 'record',
    read: filled,
  },
  instance: {
    about: 'name of this process on record',
    placeholder: 'NAME',
    fallback: hostname(),
    shown: 'the host name',
    read: filled,
  },
  secretFile: {
    about: 'file with the secret for hashes on record, so that several processes have the same',
    placeholder: 'FILE',
    fallback: '',
    shown: 'the secret in the folder of --state',
    needs: 'record',
    read: filled,
  },
  answerPeers: {
    about: 'let log, stats, timeline, history, hold and forget ask by the admin port (their --peers)',
    fallback: false,
    read: truth,
  },
  idInDetail: {
    about: 'tell the id of a refusal in its errDlt',
    fallback: false,
    read: truth,
  },
  requestIdHeader: {
    about: 'header by which a proxy names a request, so that a repeated one counts once',
    placeholder: 'NAME',
    fallback: '',
    needs: 'trustProxy',
    read: headerName,
  },
  trustProxy: {
    about: 'addresses of the proxies that may name requests: addresses or networks, with commas or repeated',
    placeholder: 'CIDR',
    fallback: [],
    isList: true,
    read: networks,
  },
}

const keys = Object.keys(serveOptions) as (keyof Config)[]

/** Add the flags of `serveOptions` to a command. Values stay text: `readConfig` parses flags and variables alike. */
export function addServeOptions(command: Command): Command {
  for (const key of keys) {
    const { about, placeholder, isList } = serveOptions[key]
    const flag = placeholder === undefined ? flagOf(key) : `${flagOf(key)} <${placeholder}>`
    const option = new Option(flag, `${about} (default: ${shownFallback(key)}, env: ${variableOf(key)})`)
    command.addOption(isList ? option.argParser(joined) : option)
  }
  return command
}

/**
 * Read the configuration from flags and environment variables; flags win.
 *
 * An unknown variable that begins with `HOOKWARDEN_` is a problem too: it is probably misspelt.
 */
export function readConfig(flags: Flags, env: Readonly<Record<string, string | undefined>>): ConfigRead {
  const problems = unknownVariables(env)
  const values = new Map<string, unknown>()
  for (const key of keys) {
    const [name, text] = flags[key] === undefined ? [variableOf(key), env[variableOf(key)]] : [flagOf(key), flags[key]]
    const read = text === undefined ? { value: serveOptions[key].fallback } : serveOptions[key].read(String(text))
    const { isSecret, needs } = serveOptions[key]
    if ('must' in read) {
      problems.push(`${name} must be ${read.must}${isSecret ? '' : `, not ${JSON.stringify(text)}`}`)
    } else values.set(key, isReference(read.value) ? values.get(read.value.sameAs) : read.value)
    if (needs !== undefined && text !== undefined && (flags[needs] ?? env[variableOf(needs)]) === undefined) {
      problems.push(`${name} has no effect without ${flagOf(needs)}`)
    }
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, config: Object.freeze(Object.fromEntries(values)) as Config }
}

function isReference(value: unknown): value is { sameAs: keyof Config } {
  return typeof value === 'object' && value !== null && 'sameAs' in value
}

/** The value of a flag that may be repeated. */
function joined(text: string, before: string | undefined): string {
  return before === undefined ? text : `${before},${text}`
}

function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = keys.map(variableOf)
  return Object.keys(env)
    .filter(name => name.startsWith('HOOKWARDEN_') && !known.includes(name))
    .map(name => `Unknown variable ${name}; did you mean ${closest(name, known)}?`)
}

function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

function variableOf(key: string): string {
  return `HOOKWARDEN_${key.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`
}

function shownFallback(key: keyof Config): string {
  const { fallback, shown } = serveOptions[key]
  return shown ?? (String(fallback) === '' ? 'none' : String(fallback))
}

function filled(text: string): Read<string> {
  return text.trim() === '' ? { must: 'a non-empty text' } : { value: text }
}

function loopback(text: string): Read<string> {
  // Anyone who reaches the admin listener can read the rules. It has no authentication, so it stays on this machine.
  return isLoopback(text) ? { value: text } : { must: 'a loopback address: 127.0.0.1, ::1 or localhost' }
}

function between(low: number, high: number): (text: string) => Read<number> {
  return text => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return value >= low && value <= high ? { value } : { must: `a whole number from ${low} to ${high}` }
  }
}

/** `/im/hooks` from `im//hooks/` and the like: `readCommand` normalises paths in the same way. */
function pathPrefix(text: string): Read<string> {
  if (/[?#%\\\p{Cc}\p{Z}]/u.test(text)) return { must: 'a path like /im/hooks' }
  const segments = text.split('/').filter(segment => segment !== '')
  return { value: segments.map(segment => `/${segment}`).join('') }
}

function answer(text: string): Read<Answer> {
  return text === 'reject' || text === 'allow' ? { value: text } : { must: 'reject or allow' }
}

function countsUrl(text: string): Read<string> {
  const must =
    'a URL like redis://HOST:6379 or rediss://USER@HOST:6379/0, with several hosts of a cluster between commas'
  return readCountsUrl(text) === undefined ? { must } : { value: text }
}

/** A name as RFC 9110 has it; Node has all of them in lower case. */
function headerName(text: string): Read<string> {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text) ? { value: text.toLowerCase() } : { must: 'the name of a header' }
}

function networks(text: string): Read<readonly string[]> {
  const value = readNetworks(text)
  return value === undefined ? { must: 'addresses or networks like 10.0.0.0/8' } : { value }
}

function truth(text: string): Read<boolean> {
  if (text === 'true' || text === '1') return { value: true }
  return text === 'false' || text === '0' ? { value: false } : { must: 'true or false' }
}

/** The default for the longest body of such a request, in bytes. */
export function bodyLimit(asked: Asked): number {
  return asked.kind === 'known' && withLists.has(asked.callback) ? usualBodyBytes.ofLists : usualBodyBytes.others
}

const withLists: ReadonlySet<Callback> = new Set(
  callbacks.filter(({ fields }) => fields.some(field => field.kind === 'list' && !isNeverSent(field))),
)
