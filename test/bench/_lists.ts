import { countGraphemes, cutTo } from '../../src/text/graphemes.ts'
import { genuine } from '../text/_corpus.ts'

export type Script = 'Latin' | 'Chinese'

/** The first entries of a list that is always the same. */
export function entriesOf(script: Script, count: number): readonly string[] {
  return all[script].slice(0, count)
}

/** Names of domains. */
export function hosts(count: number): readonly string[] {
  return allHosts.slice(0, count)
}

/** A thousand nicknames of 24 graphemes: genuine names, and now and then an entry. */
export function nicknames(script: Script): readonly string[] {
  return nicknamesOf[script]
}

const random = seeded(1)
const names = genuine.map(({ text }) => text)
const han = names.flatMap(name => name.match(/\p{Script=Han}/gu) ?? [])
const syllables =
  'ba be bi bo ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta to dra stra phi ch'.split(' ')
const longest = 100_000

const all: Record<Script, readonly string[]> = {
  Latin: unique(() => some(syllables, 3 + pick(4))),
  Chinese: unique(() => some(han, 2 + pick(4))),
}
const allHosts = unique(() => `${some(syllables, 2 + pick(3))}.${some(syllables, 2)}.com`)
const nicknamesOf = {
  Latin: Array.from({ length: 1000 }, () => nickname('Latin')),
  Chinese: Array.from({ length: 1000 }, () => nickname('Chinese')),
}

/** A thousand addresses of avatars, a tenth of them on one of the hosts. */
export const addresses: readonly string[] = Array.from({ length: 1000 }, (_, i) => {
  const host = i % 10 === 0 ? `img.${allHosts[pick(longest)]}` : `${some(syllables, 4)}.example.net`
  return `https://${host}/a/${i}.png`
})

function nickname(script: Script): string {
  let text = ''
  while (countGraphemes(text) < 24) {
    text += `${text && ' '}${pick(4) === 0 ? all[script][pick(longest)] : names[pick(names.length)]}`
  }
  return cutTo(text, 24)
}

function unique(make: () => string): string[] {
  const texts = new Set<string>()
  while (texts.size < longest) texts.add(make())
  return [...texts]
}

function some(parts: readonly string[], count: number): string {
  return Array.from({ length: count }, () => parts[pick(parts.length)]).join('')
}

function pick(below: number): number {
  return random() % below
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 8
  }
}
