/** Why a pattern cannot run, to follow "The pattern …". `culprit` is the part of it to point at, where one is known. */
export type PatternProblem = { problem: string; culprit?: string; hint?: string }

/** What the pattern library says, in an author's words. Its messages end with the culprit in backquotes. Pure. */
export function explainPattern(message: string): PatternProblem {
  const culprit = /`(.*)`$/s.exec(message)?.[1] ?? ''
  const found = explanations.find(({ when }) => when.test(message))
  if (found === undefined) return { problem: `is not a regular expression: ${message.replaceAll('`', '"')}` }
  const { problem, hint, isPlace } = found
  return { problem: problem(culprit), hint, ...(isPlace && { culprit }) }
}

type Explanation = { when: RegExp; problem: (culprit: string) => string; hint: string; isPlace: boolean }

/** In order: the first that fits is said. */
const explanations: readonly Explanation[] = [
  {
    when: /`\(\?<[=!]/,
    problem: culprit => `looks behind with ${culprit.slice(0, 4)}, which patterns here cannot`,
    hint: 'For words that are fine inside other words, write a list, as in lists: { bad: { words: [ass], except: [bad ass] } }',
    isPlace: true,
  },
  {
    when: /`\(\?<?[=!]/,
    problem: culprit => `looks ahead or behind with ${culprit.slice(0, 4)}, which patterns here cannot`,
    hint: 'Say what must not match with not, as in { not: { matches: … } }',
    isPlace: true,
  },
  {
    when: /`\\(?:[1-9]|k)/,
    problem: culprit => `refers back to a group with ${culprit}, which patterns here cannot`,
    hint: 'Write out what may stand there, as in (aa|bb)',
    isPlace: true,
  },
  {
    when: /missing closing \)/,
    problem: () => 'has a ( that is not closed',
    hint: 'Write \\( for the sign itself',
    isPlace: false,
  },
  {
    when: /unexpected \)/,
    problem: () => 'has a ) that closes nothing',
    hint: 'Write \\) for the sign itself',
    isPlace: false,
  },
  {
    when: /missing closing \]/,
    problem: () => 'has a [ that is not closed',
    hint: 'Write \\[ for the sign itself',
    isPlace: true,
  },
  {
    when: /character class range: `\\p/i,
    problem: culprit => `names a kind of letters that there is not, ${culprit}`,
    hint: 'Write \\p{L} for letters, \\p{N} for digits, \\p{Han} for Chinese characters',
    isPlace: true,
  },
  {
    when: /character class range/,
    problem: culprit => `has ${culprit} in brackets, which is no range`,
    hint: 'Write the lower end first; a hyphen itself stands at the end, as in [a-z-]',
    isPlace: true,
  },
  {
    when: /missing argument to repetition/,
    problem: culprit => `has ${culprit} with nothing before it to repeat`,
    hint: 'Write .* for any text, \\* for the sign itself; contains needs neither',
    isPlace: true,
  },
  {
    when: /nested repetition/,
    problem: culprit => `repeats twice in a row with ${culprit}`,
    hint: 'Leave one of them out',
    isPlace: true,
  },
  {
    when: /repeat count/,
    problem: culprit => `cannot repeat ${culprit}`,
    hint: 'Counts go from 0 to 1000, the lower one first',
    isPlace: true,
  },
  {
    when: /trailing backslash/,
    problem: () => 'ends with a backslash',
    hint: 'Write \\\\ for the sign itself',
    isPlace: false,
  },
  {
    when: /invalid escape/,
    problem: culprit => `has ${culprit}, which means nothing here`,
    hint: 'Leave the backslash out, or write \\\\ for the sign itself',
    isPlace: true,
  },
  {
    when: /Perl syntax|named capture/,
    problem: culprit => `has ${culprit}, which means nothing here`,
    hint: 'Groups are (…) and (?:…); (?i) at the start ignores case',
    isPlace: true,
  },
  {
    when: /duplicate capture group/,
    problem: culprit => `names two groups "${culprit}"`,
    hint: 'Write groups without names: (…)',
    isPlace: false,
  },
]
