import type { Counting, CountKey, CountLimit, NamedCounter, Often, Since } from '../condition.ts'
import { durationText } from '../duration.ts'

/** How often it came to something, as a clause of a sentence; `isNegated` negates it. */
export function oftenPhrase({ of, same, limit, within, thenFor }: Often, isNegated: boolean): string {
  const number = limitPhrase(limit, isNegated)
  const isOne = limit.word !== 'between' && limit.number === 1
  const span = `in ${durationText(within)}`
  if (of.kind === 'named') {
    const { counter } = of
    const how = counter.different
      ? `with ${number} different ${valuesOf(counter.different, isOne)}`
      : `${number} ${isOne ? 'time' : 'times'}`
    const who = ofThis(same, isNegated)
    return `“${counter.name}” came ${how} ${span} ${who}${countingPhrase(counter.counting, isTold(counter))}`
  }
  const itself = of.counting === 'refused' ? '' : ', this one included'
  const what = of.different ? `${number} different ${valuesOf(of.different, isOne)} in these` : `${number} of these`
  const silence = thenFor === undefined ? '' : `, and for ${durationText(thenFor)} from then on`
  return `${whoDoes(same, what, isOne ? 'is' : 'are')} ${span}${itself}${countingPhrase(of.counting)}${silence}`
}

/** How long ago the last call of a counter was, as a clause of a sentence; `isNegated` negates it. */
export function sincePhrase({ counter, same, limit }: Since, isNegated: boolean): string {
  const ago = durationText(limit.ago)
  const opposite = limit.word === 'less than' ? `${ago} or more ago` : `${ago} or less ago`
  return `the last “${counter.name}” ${ofThis(same, isNegated)} was ${isNegated ? opposite : `${limit.word} ${ago} ago`}`
}

/** The counters of a rule explained: which calls they count, and by what. `whenOf` describes their conditions. */
export function counterSentence(counter: NamedCounter, whenOf: (counter: NamedCounter) => string): string {
  const { name, callbacks, same, different, counting } = counter
  const values = different ? `, and of those the different ${valuesOf(different)}` : ''
  const by = same.length === 0 ? 'all together' : `for each ${same.map(keyName).join(' and ')}`
  const calls = callbacks.map(callback => callback.name).join(', ')
  return `“${name}” counts ${calls}${whenOf(counter)}, ${by}${values}${countingPhrase(counting, isTold(counter))}.`
}

/** Whether what counts is only told of after it has happened. */
function isTold({ callbacks }: NamedCounter): boolean {
  return callbacks.every(({ rejectable }) => !rejectable)
}

function limitPhrase(limit: CountLimit, isNegated: boolean): string {
  if (limit.word === 'between') return `${isNegated ? 'not ' : ''}between ${limit.low} and ${limit.high}`
  if (limit.word === 'is') return `${isNegated ? 'not ' : ''}exactly ${limit.number}`
  const word = isNegated ? opposites[limit.word] : limit.word
  return `${word === 'less than' ? 'fewer than' : word} ${limit.number}`
}

const opposites = {
  'more than': 'at most',
  'at most': 'more than',
  'at least': 'less than',
  'less than': 'at least',
} as const

/** Senders send; whoever else is the same, there are calls. */
function whoDoes(same: readonly CountKey[], what: string, are: 'is' | 'are'): string {
  const [only] = same
  if (only !== undefined && same.length === 1 && only.text === 'sendID') {
    return `the same sendID sends ${what}`
  }
  const all = same.length === 0 ? 'from all calls together' : `with the same ${same.map(keyName).join(' and ')}`
  return `there ${are} ${what} ${all}`
}

/** The values of this call by which a counter is asked. With several items, one is enough, and the opposite takes all. */
function ofThis(same: readonly CountKey[], isNegated: boolean): string {
  if (same.length === 0) return 'in all calls together'
  const names = same.map(key => ('list' in key ? `${isNegated ? 'every' : 'one'} ${keyName(key)}` : keyName(key)))
  const isPlain = same[0] !== undefined && !('list' in same[0])
  return `for ${isPlain ? 'this ' : ''}${names.join(' and ')}`
}

/** A field by its name, and a value of each item of a list. */
function keyName(key: CountKey): string {
  if (!('list' in key)) return key.field.text
  return key.item === undefined
    ? `entry of ${key.list.text}`
    : `${key.item.text.replace(/^\./, '')} in ${key.list.text}`
}

function valuesOf(key: CountKey, isOne = false): string {
  const [value, entry] = isOne ? ['value', 'entry'] : ['values', 'entries']
  if (!('list' in key)) return `${value} of ${key.field.text}`
  return key.item === undefined ? `${entry} of ${key.list.text}` : `${value} of ${keyName(key)}`
}

function countingPhrase(counting: Counting, isTold = false): string {
  if (isTold) return ''
  switch (counting) {
    case 'let through':
      return ' (refused ones do not count)'
    case 'refused':
      return ' (only refused ones count)'
    case 'all':
      return ' (refused ones count, too)'
  }
}
