import test from 'ava'
import fc from 'fast-check'
import { applySteps } from '../../src/decide/steps.ts'
import type { RewriteStep } from '../../src/language/rule.ts'
import { calls, fileOf, lists, ruleBodies, ruleFiles } from '../_random.ts'
import { decideBy, ruleSetOf } from '../_rules.ts'
import { runs } from '../_runs.ts'

/** Texts with the characters that steps care about, often enough to meet. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ' ',
        '\t',
        '\u3000',
        '\u200b',
        '\u200d',
        '👩',
        '\ufe0f',
        'a',
        'Ä',
        'ß',
        'İ',
        'ı',
        'Σ',
        'न',
        '\u094d',
        'e\u0301',
        '🇩',
        '*',
      ),
    )
    .map(pieces => pieces.join('')),
)

const single: Record<string, RewriteStep> = {
  trim: { kind: 'trim' },
  'collapse spaces': { kind: 'collapse spaces' },
  'remove invisible': { kind: 'remove invisible' },
  'lower case': { kind: 'lower case' },
  'upper case': { kind: 'upper case' },
  'cut to': { kind: 'cut to', count: 3 },
  normalise: { kind: 'normalise' },
  'mask words in': { kind: 'mask words in', words: { kind: 'values', values: ['ä', 'a', 'न'] }, with: '*' },
  'mask links': { kind: 'mask links', with: '*' },
  'mask phone numbers': { kind: 'mask kind', of: { name: 'phone number' }, with: '*' },
  'mask emails': { kind: 'mask kind', of: { name: 'email' }, with: '*' },
  set: { kind: 'set', value: ['fixed'] },
}

for (const [name, step] of Object.entries(single)) {
  test(`${name} changes nothing more the second time`, t => {
    fc.assert(
      fc.property(texts, text => {
        const once = applySteps([step], text, () => null)
        t.is(
          applySteps([step], once, () => null),
          once,
        )
      }),
      { numRuns: runs(2_000) },
    )
  })
}

test('the order of files on disk does not matter', async t => {
  const files = fc.array(ruleBodies, { minLength: 2, maxLength: 5 }).chain(bodies =>
    fc.tuple(
      fc.constant(
        bodies.map(
          (body, at) =>
            [`${'bacde'[at]}.yaml`, fileOf([{ rule: `r${at}`, ...body }], undefined, at === 0 ? lists : {})] as const,
        ),
      ),
      fc.shuffledSubarray(
        bodies.map((_, at) => at),
        { minLength: bodies.length },
      ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(files, calls, async ([listed, order], given) => {
      const shuffled = order.map(at => listed[at] as readonly [string, string])
      const [one, other] = [Object.fromEntries(listed), Object.fromEntries(shuffled)].map(ruleSetOf) as [never, never]
      t.deepEqual(await decideBy(one, given), await decideBy(other, given))
      t.is((one as { version: string }).version, (other as { version: string }).version)
    }),
    { numRuns: runs(200) },
  )
})

test('a decision never depends on what else runs', async t => {
  await fc.assert(
    fc.asyncProperty(ruleFiles, fc.array(calls, { minLength: 2, maxLength: 8 }), async (file, given) => {
      const ruleSet = ruleSetOf(file)
      const together = await Promise.all(given.map(each => decideBy(ruleSet, each)))
      for (const [at, each] of given.entries()) t.deepEqual(together[at], await decideBy(ruleSetOf(file), each))
    }),
    { numRuns: runs(200) },
  )
})
