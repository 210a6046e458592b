import { callbacks } from '../../callbacks/catalogue.ts'
import { nearest } from './suggest.ts'

const names = callbacks.map(({ name }) => name)

/** What people write for the words that the IM server uses. */
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

/** So many are named: more are no suggestion. */
const mostNamed = 4

/**
 * The callbacks that a name was probably meant for, the one that is spelt nearly like it, or those that share most of
 * its words: `beforeSendMessage` is two of them. Pure.
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

/** "Did you mean …?", and where to see what there is: 52 names would hide the one that is meant. Pure. */
export function suggestCallback(name: string): string {
  const likely = likelyCallbacks(name).map(each => `"${each}"`)
  const all = 'Run "hookwarden callbacks" to list all callbacks'
  return likely.length === 0 ? all : `Did you mean ${likely.join(' or ')}? ${all}`
}

function wordsOf(name: string): readonly string[] {
  const words = name.slice(0, 64).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
  return words.map(word => written.get(word.toLowerCase()) ?? word.toLowerCase())
}

/** How much two names have in common, from 0 to 1. Who does not say when it is asks, rather than watches. */
function likeness(wanted: readonly string[], words: readonly string[]): number {
  const timed = wanted.includes('before') || wanted.includes('after') ? wanted : ['before', ...wanted]
  const shared = words.filter(word => timed.includes(word)).length
  return shared < 2 ? 0 : shared / Math.max(timed.length, words.length)
}
