import { type Command, Option } from 'commander'
import { closest } from 'fastest-levenshtein'
import type { Callback } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import type { Asked } from '../protocol/command.ts'
import { usualTextBytes } from '../protocol/long-texts.ts'
import { isLoopback } from './loopback.ts'

/** The longest body of a request, unless that is set, in bytes. Lists are of many users: 5,000 who register fit in. */
export const usualBodyBytes = { ofLists: 1_048_576, others: 262_144 }

/** How the service runs: read once, when it starts, and then frozen. */
export type Config = {
  /** The folder with the rules. */
  rules: string
  /** Where webhooks come in. Port 0 takes any free one. */
  host: string
  port: number
  /** Where operators look in: loopback only. */
  adminHost: string
  adminPort: number
  /** What the path of a webhook must begin with, like `/im/hooks`; empty: anything. May be a secret. */
  prefix: string
  /** What is answered when a call cannot be decided, and with which code (5000 to 9999). */
  onFailure: Answer
  failureCode: number
  /** The same for a callback that the catalogue lacks. */
  unknownCallback: Answer
  /** From the end of a request's headers to its answer. */
  deadlineMs: number
  /** The longest body that is read; null: as long as the callback may need. */
  maxBodyBytes: number | null
  /** The longest single text of a call, in bytes of UTF-8. */
  maxTextBytes: number
  /** How long the rules folder must be quiet before a change in it is loaded. */
  settleMs: number
  /** From the signal to stop to the end. */
  shutdownMs: number
  /** True when a folder without a rule is fine. */
  allowEmpty: boolean
}

type Answer = 'reject' | 'allow'

/** A configuration, or all that is wrong with flags and variables, each by its name. */
export type ConfigRead = { ok: true; config: Config } | { ok: false; problems: readonly string[] }

/** What the flags say, by key: text, or true for a switch. */
export type Flags = { [key in keyof Config]?: string | boolean }

/** One setting. Its flag and its variable are its key, spelt as each is spelt. */
type Setting<T> = {
  about: string
  /** What stands for the value in the help; a setting without one is a switch. */
  placeholder?: string
  /** What holds when nothing is said. */
  fallback: T | { sameAs: 'onFailure' }
  /** The same in the words of the help, where it is no plain value. */
  shown?: string
  /** The value of a text, or what the text must be. */
  read: (text: string) => Read<T>
}

type Read<T> = { value: T } | { must: string }

/** Beyond this, a single request could fill the memory. */
const mostBytes = 67_108_864

/** Every setting of `hookwarden serve`, in the order of its help. */
export const serveOptions: { readonly [key in keyof Config]: Setting<Config[key]> } = {
  rules: { about: 'the folder with the rules', placeholder: 'DIR', fallback: 'rules', read: filled },
  host: { about: 'the address for webhooks', placeholder: 'HOST', fallback: '127.0.0.1', read: filled },
  port: { about: 'its port; 0 takes any free one', placeholder: 'PORT', fallback: 10_006, read: between(0, 65_535) },
  adminHost: {
    about: 'the address for operators; loopback only',
    placeholder: 'HOST',
    fallback: '127.0.0.1',
    read: loopback,
  },
  adminPort: {
    about: 'its port; 0 takes any free one',
    placeholder: 'PORT',
    fallback: 10_007,
    read: between(0, 65_535),
  },
  prefix: { about: 'what the path of a webhook must begin with', placeholder: 'PATH', fallback: '', read: pathPrefix },
  onFailure: {
    about: 'the answer to a call that cannot be decided',
    placeholder: 'reject|allow',
    fallback: 'reject',
    read: answer,
  },
  failureCode: {
    about: 'the code of that answer, 5000-9999',
    placeholder: 'CODE',
    fallback: 9999,
    read: between(5000, 9999),
  },
  unknownCallback: {
    about: 'the answer to a callback that is not in the catalogue',
    placeholder: 'reject|allow',
    fallback: { sameAs: 'onFailure' },
    shown: 'as --on-failure',
    read: answer,
  },
  deadlineMs: {
    about: 'answer within so long; the IM server waits 5000',
    placeholder: 'MS',
    fallback: 1000,
    read: between(1, 60_000),
  },
  maxBodyBytes: {
    about: 'the longest body that is read',
    placeholder: 'BYTES',
    fallback: null,
    shown: `${usualBodyBytes.others}, of callbacks with lists ${usualBodyBytes.ofLists}`,
    read: between(1, mostBytes),
  },
  maxTextBytes: {
    about: 'the longest single text of a call',
    placeholder: 'BYTES',
    fallback: usualTextBytes,
    read: between(1, mostBytes),
  },
  settleMs: {
    about: 'load a change once the rules folder was quiet for so long',
    placeholder: 'MS',
    fallback: 100,
    read: between(0, 60_000),
  },
  shutdownMs: {
    about: 'end within so long of the signal to stop',
    placeholder: 'MS',
    fallback: 5000,
    read: between(0, 600_000),
  },
  allowEmpty: { about: 'serve a folder without a rule', fallback: false, read: truth },
}

const keys = Object.keys(serveOptions) as (keyof Config)[]

/** Give a command the flags of `serveOptions`. Their values stay text: `readConfig` judges flags and variables alike. */
export function addServeOptions(command: Command): Command {
  for (const key of keys) {
    const { about, placeholder } = serveOptions[key]
    const flag = placeholder === undefined ? flagOf(key) : `${flagOf(key)} <${placeholder}>`
    command.addOption(new Option(flag, `${about} (default: ${shownFallback(key)}, env: ${variableOf(key)})`))
  }
  return command
}

/**
 * The configuration that flags and environment variables make; flags win.
 *
 * A variable that begins with `HOOKWARDEN_` and is none of ours is a problem too: it is a misspelt one. Pure.
 */
export function readConfig(flags: Flags, env: Readonly<Record<string, string | undefined>>): ConfigRead {
  const problems = unknownVariables(env)
  const values = new Map<string, unknown>()
  for (const key of keys) {
    const [name, text] = flags[key] === undefined ? [variableOf(key), env[variableOf(key)]] : [flagOf(key), flags[key]]
    const read = text === undefined ? { value: serveOptions[key].fallback } : serveOptions[key].read(String(text))
    if ('must' in read) problems.push(`${name} must be ${read.must}, not ${JSON.stringify(text)}`)
    else values.set(key, isReference(read.value) ? values.get(read.value.sameAs) : read.value)
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, config: Object.freeze(Object.fromEntries(values)) as Config }
}

function isReference(value: unknown): value is { sameAs: keyof Config } {
  return typeof value === 'object' && value !== null
}

function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = keys.map(variableOf)
  return Object.keys(env)
    .filter(name => name.startsWith('HOOKWARDEN_') && !known.includes(name))
    .map(name => `There is no setting ${name}; did you mean ${closest(name, known)}?`)
}

function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

function variableOf(key: string): string {
  return `HOOKWARDEN_${key.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`
}

function shownFallback(key: keyof Config): string {
  const { fallback, shown } = serveOptions[key]
  return shown ?? (fallback === '' ? 'none' : String(fallback))
}

function filled(text: string): Read<string> {
  return text.trim() === '' ? { must: 'a text with something in it' } : { value: text }
}

function loopback(text: string): Read<string> {
  // Who reaches the admin listener can read the rules, so without tokens it stays on this machine.
  return isLoopback(text) ? { value: text } : { must: 'a loopback address: 127.0.0.1, ::1 or localhost' }
}

function between(low: number, high: number): (text: string) => Read<number> {
  return text => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return value >= low && value <= high ? { value } : { must: `a whole number from ${low} to ${high}` }
  }
}

/** `/im/hooks` from `im//hooks/` and the like: `readCommand` compares it with paths put right in the same way. */
function pathPrefix(text: string): Read<string> {
  if (/[?#%\\\p{Cc}\p{Z}]/u.test(text)) return { must: 'a path like /im/hooks' }
  const segments = text.split('/').filter(segment => segment !== '')
  return { value: segments.map(segment => `/${segment}`).join('') }
}

function answer(text: string): Read<Answer> {
  return text === 'reject' || text === 'allow' ? { value: text } : { must: 'reject or allow' }
}

function truth(text: string): Read<boolean> {
  if (text === 'true' || text === '1') return { value: true }
  return text === 'false' || text === '0' ? { value: false } : { must: 'true or false' }
}
/** The longest body of the request that asks for this, in bytes. Pure. */
export function bodyLimit(asked: Asked): number {
  return asked.kind === 'known' && withLists.has(asked.callback) ? usualBodyBytes.ofLists : usualBodyBytes.others
}

const withLists: ReadonlySet<Callback> = new Set(
  callbacks.filter(({ fields }) => fields.some(field => field.kind === 'list' && !isNeverSent(field))),
)
