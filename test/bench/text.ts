/**
 * What word lists cost, beside a plain loop over the list; and what a nickname of 1 MB costs.
 *
 *   node --expose-gc --import tsx test/bench/text.ts
 */
import { hasWord } from '../../src/text/find-words.ts'
import { fold, foldWhole } from '../../src/text/fold.ts'
import { countGraphemes, cutTo } from '../../src/text/graphemes.ts'
import { removeInvisible } from '../../src/text/invisible.ts'
import { maskWords } from '../../src/text/mask.ts'
import { collapseSpaces, trimBlanks } from '../../src/text/spaces.ts'
import { buildWordIndex, buildWordIndexInSteps, type WordEntry, type WordSearch } from '../../src/text/word-index.ts'
import { genuine } from '../text/_corpus.ts'

const random = seeded(1)
const names = genuine.map(({ text }) => text)
const hanChars = names.flatMap(name => name.match(/\p{Script=Han}/gu) ?? [])
const syllables =
  'ba be bi bo ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta to dra stra phi ch'.split(' ')

const entries = unique(100_000, i => (i % 2 === 0 ? some(syllables, 3 + pick(4)) : some(hanChars, 2 + pick(4))))
const nicknames = Array.from({ length: 1000 }, nickname)

const searches: readonly WordSearch[] = [
  { by: 'folded', at: 'whole' },
  { by: 'folded', at: 'word' },
  { by: 'folded', at: 'anywhere' },
  { by: 'alike', at: 'word' },
]

print('search', 'entries', 'build ms', 'longest slice ms', 'memory MB', 'µs a nickname', 'naive loop µs')
for (const search of searches) {
  for (const count of [100, 10_000, 100_000]) {
    const list = entries.slice(0, count)
    const before = memory()
    const start = performance.now()
    const index = buildWordIndex(list, search)
    const buildMs = performance.now() - start
    const megabytes = (memory() - before) / 1e6
    const quick = microseconds(() => nicknames.map(nickname => hasWord(index, nickname)), nicknames.length)
    const slow = naive(list, search)
    print(`${search.by} ${search.at}`, count, buildMs, longestSlice(list, search), megabytes, quick, slow)
  }
}

print()
print(
  '1 MB of',
  'fold',
  'invisible',
  'spaces',
  'count',
  'count to 24',
  'cut to 24',
  'word',
  'anywhere',
  'alike',
  'mask',
)
const [word, anywhere, looks] = (['word', 'anywhere'] as const)
  .map(at => buildWordIndex(entries, { by: 'folded', at }))
  .concat(buildWordIndex(entries, { by: 'alike', at: 'word' }))
for (const part of [
  'a',
  'Anna ',
  'é ',
  '漢字',
  'नमस्ते ',
  'аdmin.',
  '👨\u200d👩\u200d👧',
  'e\u0301',
  '\u200b',
  '!|',
  ' ',
]) {
  const text = part.repeat(1e6 / Buffer.byteLength(part))
  const time = (run: () => unknown) => microseconds(run, 1000)
  print(
    JSON.stringify(part),
    ...[() => fold(text), () => removeInvisible(text), () => trimBlanks(collapseSpaces(text))].map(time),
    ...[() => countGraphemes(text), () => countGraphemes(text, 25), () => cutTo(text, 24)].map(time),
    ...[word, anywhere, looks].map(index => time(() => index && hasWord(index, text))),
    time(() => word && maskWords(text, word)),
  )
}

/** What anybody would write first: for each nickname, a walk through the list, folded beforehand. */
function naive(list: readonly WordEntry[], search: WordSearch): number {
  const folded = list.map(({ text }) => foldWhole(text))
  const isIn = (value: string) =>
    folded.some(entry => (search.at === 'whole' ? value === entry : value.includes(entry)))
  const few = nicknames.slice(0, 30)
  return microseconds(() => few.map(nickname => isIn(foldWhole(nickname))), few.length)
}

/** The longest that others have to wait while a list is made ready in steps. */
function longestSlice(list: readonly WordEntry[], search: WordSearch): number {
  let longest = 0
  const steps = buildWordIndexInSteps(list, search)
  for (;;) {
    const start = performance.now()
    const { done } = steps.next()
    longest = Math.max(longest, performance.now() - start)
    if (done) return longest
  }
}

/** The best of five runs, for each of `count` things that one run does. */
function microseconds(run: () => unknown, count: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return (best * 1000) / count
}

function memory(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function nickname(): string {
  let text = ''
  while (countGraphemes(text) < 24)
    text += `${text && ' '}${pick(4) === 0 ? entries[pick(entries.length)]?.text : names[pick(names.length)]}`
  return cutTo(text, 24)
}

function unique(count: number, make: (i: number) => string): WordEntry[] {
  const texts = new Set<string>()
  for (let i = 0; texts.size < count; i++) texts.add(make(i))
  return Array.from(texts, (text, i) => ({ text, line: i + 1 }))
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

function print(...cells: readonly (string | number)[]): void {
  const shown = cells.map(cell =>
    typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(1) : String(cell),
  )
  process.stdout.write(`${shown.map((cell, i) => (i === 0 ? cell.padEnd(18) : cell.padStart(15))).join('')}\n`)
}
