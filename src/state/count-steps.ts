import { hash } from 'node:crypto'
import type { AskedKey, Counter, CountQuestion } from '../compile/counter.ts'

/** A call as the store knows it. */
export type OpenCall = {
  /** Unlike that of any other call of any process. */
  ref: string
  id?: string
  /** When it was judged, by this process's own clock for durations, in ms. */
  judgedAt: number
}

/** What counts under a key of a counter: different values, or the call itself. */
export type CountedAs = readonly string[] | 'call'

/** One thing to do in one counter. */
export type CountStep =
  | { kind: 'take'; call: OpenCall; key: string; countedAs: CountedAs }
  | { kind: 'ask'; call: OpenCall; asked: AskedKey; question: CountQuestion; takes: boolean }
  | { kind: 'settle'; call: OpenCall; key: string; taken: readonly CountedAs[]; kept: readonly CountedAs[] }
  | { kind: 'silence'; call: OpenCall; key: string; forMs: number }
  | { kind: 'silent'; key: string; forMs: number }

/** A call of the script in the store. */
export type ScriptCall = { keys: readonly string[]; args: readonly (string | number)[] }

/** What a script is called with, whatever its steps are. */
export type ScriptSetting = {
  /** Makes keys of values, so that none of them can be read in the store. */
  secret: string
  /** Now, by this process's own clock for durations, in ms. */
  now: number
  /** The time for the store; empty for its own. */
  at: string
  /** True if what was counted may lack calls. */
  startsOver: boolean
  /** False for a mere look. */
  writes: boolean
}

/** The call of the script for steps in one counter, in order. */
export function scriptCall(counter: Counter, steps: readonly CountStep[], setting: ScriptSetting): ScriptCall {
  const { secret, now, at, startsOver, writes } = setting
  const sign = (text: string) => keyed(secret, text)
  const prefix = prefixOf(counter.id, secret)
  const keys = [prefix]
  const indexes = new Map<string, number>()
  const indexOf = (letter: 'l' | 'u' | 's', key: string) => {
    const name = `${prefix}${letter}${sign(key)}`
    const index = indexes.get(name) ?? keys.push(name)
    indexes.set(name, index)
    return index
  }
  const written = steps.map(step => writtenStep(step, counter, { sign, indexOf, now }))
  const flags = [startsOver ? 1 : 0, writes ? 1 : 0]
  // A refused call that is sent again does not count itself, so that one more makes a difference.
  const most = counter.most + (counter.counting === 'refused' ? 1 : 0)
  return { keys, args: [at, counter.keepMs, most, ...flags, JSON.stringify(written)] }
}

/** Two secrets share no key: counts of which one would not find the other's are apart altogether. */
function prefixOf(counter: string, secret: string): string {
  return `{hw:${counter}}:${keyed(secret, '').slice(0, 6)}`
}

/** The keys of the store in which a counter keeps what it counts by a key: its log, what is under way, its silence. */
export function storeKeys(counter: string, key: string, secret: string): readonly string[] {
  return ['l', 'u', 's'].map(letter => `${prefixOf(counter, secret)}${letter}${keyed(secret, key)}`)
}

type Writing = {
  sign: (text: string) => string
  /** The index of a key of the store: a log, what is under way, a silence. From 1. */
  indexOf: (letter: 'l' | 'u' | 's', key: string) => number
  now: number
}

function writtenStep(step: CountStep, counter: Counter, { sign, indexOf, now }: Writing): unknown[] {
  const written = (call: OpenCall, whats: CountedAs) =>
    whats === 'call' ? [selfOf(call, sign)] : whats.map(value => `v${sign(value)}`)
  switch (step.kind) {
    case 'take':
      return ['take', indexOf('u', step.key), 0, step.call.ref, written(step.call, step.countedAs)]
    case 'ask': {
      const { call, asked, question } = step
      const whats = asked.isOwn ? written(call, asked.values ?? 'call') : []
      const places = [indexOf('l', asked.key), indexOf('u', asked.key)]
      return ['ask', ...places, question.withinMs, flagsOf(step, counter), call.ref, selfOf(call, sign), whats]
    }
    case 'settle': {
      const { call, key, taken, kept } = step
      const [all, kepts] = [taken, kept].map(each => [...new Set(each.flatMap(whats => written(call, whats)))])
      return ['settle', indexOf('l', key), indexOf('u', key), ageOf(call, now), call.ref, all, kepts]
    }
    case 'silence':
      return ['silence', indexOf('s', step.key), 0, step.forMs, ageOf(step.call, now)]
    case 'silent':
      return ['silent', indexOf('s', step.key), 0, step.forMs]
  }
}

/** `o`: it counts itself; `t`: it takes its place; `s`, `d`: it is told of the last one, of the others. */
function flagsOf({ asked, question, takes }: CountStep & { kind: 'ask' }, { counting }: Counter): string {
  const flags = [
    asked.isOwn ? 'o' : '',
    asked.isOwn && takes ? 't' : '',
    question.kind === 'since' ? 's' : '',
    question.tellsOthers ? 'd' : '',
    counting === 'refused' ? 'r' : '',
  ]
  return flags.join('')
}

/** Calls with one id are one. */
function selfOf({ id, ref }: OpenCall, sign: (text: string) => string): string {
  return id === undefined ? `r${ref}` : `i${sign(id)}`
}

function ageOf({ judgedAt }: OpenCall, now: number): number {
  return Math.max(0, Math.round(now - judgedAt))
}

/** 96 bits of a hash. Nobody without the secret can choose texts with the same one. */
function keyed(secret: string, text: string): string {
  // In UTF-8 all lone surrogates are one; written as JSON they stay apart.
  const whole = /\p{Cs}/u.test(text) ? JSON.stringify(text) : text
  return hash('sha256', `${secret}\n${whole}`, 'base64url').slice(0, 16)
}
