import { callbacks } from '../../callbacks/catalogue.ts'
import { nearest } from './suggest.ts'

const names = callbacks.map(({ name }) => name)

/** What people write instead of the IM server's words. */
const written: ReadonlyMap<string, string> = new Map([
  ['message', 'msg'],
  ['messages', 'msg'],
  ['msgs', 'msg'],
  ['members', 'member'],
  ['friends', 'friend'],
  ['private', 'single'],
  ['update', 'set'],
  ['change', 'set'],
  ['edit', 'set'],
  ['blacklist', 'black'],
  ['block', 'black'],
  ['signup', 'register'],
  ['leave', 'quit'],
  ['recall', 'revoke'],
])

/** How many are suggested at most. */
const mostNamed = 4

/**
 * The callbacks that a name probably means: the one with a similar spelling, or those that share most of its words.
 * `beforeSendMessage` matches two.
 */
export function likelyCallbacks(name: string): readonly string[] {
  const bare = name.replace(/^callback(?=.)/i, '').replace(/(.)command$/i, '$1')
  const near = nearest(bare, names)
  if (near !== undefined) return [near]
  const wanted = wordsOf(bare)
  const scored = names.map(each => ({ each, score: likeness(wanted, wordsOf(each)) }))
  const best = Math.max(...scored.map(({ score }) => score))
  return best < 0.5 ? [] : scored.flatMap(({ each, score }) => (score === best ? each : [])).slice(0, mostNamed)
}

/** A hint "Did you mean …?", and how to list all callbacks: 52 names would hide the one that is meant. */
export function suggestCallback(name: string): string {
  const likely = likelyCallbacks(name).map(each => `"${each}"`)
  const all = 'Run "hookwarden callbacks" to list all callbacks'
  return likely.length === 0 ? all : `Did you mean ${likely.join(' or ')}? ${all}`
}

function wordsOf(name: string): readonly string[] {
  const words = name.slice(0, 64).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
  return words.map(word => written.get(word.toLowerCase()) ?? word.toLowerCase())
}

/** How similar two names are, from 0 to 1. A name without before or after counts as before. */
function likeness(wanted: readonly string[], words: readonly string[]): number {
  const timed = wanted.includes('before') || wanted.includes('after') ? wanted : ['before', ...wanted]
  const shared = words.filter(word => timed.includes(word)).length
  return shared < 2 ? 0 : shared / Math.max(timed.length, words.length)
}
