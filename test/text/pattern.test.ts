import test from 'ava'
import fc from 'fast-check'
import { RE2JS, RE2Set } from 're2js'
import { Machine } from '../../src/text/pattern/machine.ts'
import { matchesIn } from '../../src/text/pattern/matches.ts'
import { programOf, programOfSet } from '../../src/text/pattern/program.ts'
import { Search } from '../../src/text/pattern/search.ts'
import { runs } from '../_runs.ts'

/** Few letters, so that patterns and texts meet; line breaks, words, other scripts, pairs of code units and halves. */
const letters = ['a', 'b', 'c', 'K', 'ſ', '1', ' ', '\n', '_', '王', '\u{1f600}', '\ud800']
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 60 })

const atom = fc.constantFrom(
  ...['a', 'b', '[ab]', '[^a]', '.', '\\d', '\\w', '\\s', '\\p{Han}', '\\p{L}', '(?i:k)', '(?s:.)', '王', '\\x{1f600}'],
  ...['^', '$', '\\b', '\\B', '(?m:^)', '(?m:$)', '\\A', '\\z'],
)
const suffix = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '{2}', '{0,3}', '{2,}', '{1,7}')
const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string }>(tie => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map(parts => parts.join('|')),
  sequence: fc.array(tie('part'), { maxLength: 4 }).map(parts => parts.join('')),
  part: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        atom,
        tie('pattern').map(inner => `(${inner})`),
      ),
      suffix,
    )
    .map(([inner, repeated]) => (/^(?:\^|\$|\\[bBAz])$/.test(inner) ? inner : inner + repeated)),
}))

function isReadable(source: string): boolean {
  try {
    return RE2JS.compile(source).programSize() <= 1_000
  } catch {
    return false
  }
}

const readable = pattern.filter(isReadable)

/** All that is found, and the most that went on between two places where the search could be left. */
function search(machine: Machine, searched: string, atOnce: number) {
  const one = new Search(machine, searched)
  let most = 0
  for (let before = 0; ; before = one.steps) {
    const isDone = one.run(atOnce)
    most = Math.max(most, one.steps - before)
    if (isDone) return { found: [...one.found].sort((a, b) => a - b), steps: one.steps, most }
  }
}

test('a pattern is found where re2js finds it, however little is remembered', t => {
  const property = fc.property(readable, text, fc.constantFrom(0, 40, 5_000), (source, searched, cells) => {
    const { found } = search(new Machine(programOf(source), cells), searched, 7)
    return found.length > 0 === RE2JS.compile(source).test(searched)
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(10_000) }))
})

test('of many patterns, those are found that re2js finds', t => {
  const property = fc.property(
    fc.array(readable, { minLength: 1, maxLength: 6 }),
    text,
    fc.constantFrom(0, 200, 5_000),
    (sources, searched, cells) => {
      const set = new RE2Set()
      for (const source of sources) set.add(source)
      const { found } = search(
        new Machine(programOfSet(sources.map(re2 => ({ re2, program: programOf(re2) }))), cells),
        searched,
        50,
      )
      return found.join() === set.match(searched).join()
    },
  )
  t.notThrows(() => fc.assert(property, { numRuns: runs(3_000) }))
})

test('texts searched by one machine in turns each get their own answer', t => {
  const property = fc.property(readable, fc.array(text, { minLength: 2, maxLength: 4 }), (source, texts) => {
    const machine = new Machine(programOf(source), 30)
    const searches = texts.map(each => new Search(machine, each))
    while (!searches.map(each => each.run(3)).every(isDone => isDone));
    const expression = RE2JS.compile(source)
    return searches.every(({ found }, at) => found.size > 0 === expression.test(texts[at] as string))
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(3_000) }))
})

/** Repetitions nested and wide, beside alternations: what makes many places wait for the next character. */
const hard = fc
  .tuple(
    fc.constantFrom('a', '[ab]', '.', '\\p{L}', '(?:a|b)', '(?:a|[ab])', '(?:a?b?)', '(?:a+b?)+'),
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max: 600 }),
    fc.constantFrom('', 'a', 'c', '$', '[c-e]$', '|b{2,90}c'),
  )
  .map(([inner, low, more, end]) => `a${inner}{${low},${low + more}}${end}`)
  .filter(source => isAccepted(source))

function isAccepted(source: string): boolean {
  try {
    return RE2JS.compile(source).programSize() <= 5_000
  } catch {
    return false
  }
}

test('a search can be left after any budget of steps, whatever the pattern and the text', t => {
  const long = fc.tuple(
    fc.string({ unit: fc.constantFrom('a', 'b', 'c', '王'), minLength: 1 }),
    fc.integer({ min: 1, max: 400 }),
  )
  const property = fc.property(hard, long, fc.integer({ min: 1, max: 20_000 }), (source, [piece, times], budget) => {
    const program = programOf(source)
    const searched = piece.repeat(times)
    const { most, steps } = search(new Machine(program, 2_000), searched, budget)
    return most < budget + program.size && steps <= (searched.length + 1) * program.size
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(3_000) }))
})

/** What re2js finds one after another, but for what is empty. */
function oneByOne(source: string, searched: string) {
  const matcher = RE2JS.compile(source).matcher(searched)
  const found: { start: number; end: number; groups: (readonly [number, number] | undefined)[] }[] = []
  while (matcher.find()) {
    if (matcher.start() === matcher.end()) continue
    const groups = Array.from({ length: matcher.groupCount() }, (_, at) => {
      const start = matcher.start(at + 1)
      return start === -1 ? undefined : ([start, matcher.end(at + 1)] as const)
    })
    found.push({ start: matcher.start(), end: matcher.end(), groups })
  }
  return found
}

test('matches and their groups are those that re2js finds one by one', t => {
  const property = fc.property(readable, text, (source, searched) => {
    const found = [...matchesIn(programOf(source), searched)].filter(match => match !== undefined)
    const expected = oneByOne(source, searched)
    t.deepEqual(
      found.map(({ start, end }) => [start, end]),
      expected.map(({ start, end }) => [start, end]),
      `${source} in ${JSON.stringify(searched)}`,
    )
    for (const [at, { groups }] of expected.entries()) {
      const own = found[at]?.groups ?? []
      t.deepEqual(
        groups.map((_, group) => own[group] && [own[group].start, own[group].end]),
        groups.map(group => group && [...group]),
        `groups of ${source} in ${JSON.stringify(searched)}`,
      )
    }
  })
  t.notThrows(() => fc.assert(property, { numRuns: runs(10_000) }))
})

test('all matches of a long text are found in linear time, with pauses', t => {
  const searched = 'a'.repeat(65_536)
  const began = performance.now()
  const all = [...matchesIn(programOf('a.*b|a'), searched)]
  t.is(all.filter(match => match !== undefined).length, 65_536)
  t.true(all.includes(undefined))
  t.true(performance.now() - began < 3_000)
})
