/** Why a pattern cannot run, to follow "The pattern …". `culprit` is the part to point at, if known. */
export type PatternProblem = { problem: string; culprit?: string; hint?: string }

/** Translates an error of the pattern library for authors. Its messages end with the culprit in backquotes. */
export function explainPattern(message: string): PatternProblem {
  const culprit = /`(.*)`$/s.exec(message)?.[1] ?? ''
  const found = explanations.find(({ when }) => when.test(message))
  if (found === undefined) return { problem: `is not a regular expression: ${message.replaceAll('`', '"')}` }
  const { problem, hint, isPlace } = found
  return { problem: problem(culprit), hint, ...(isPlace && { culprit }) }
}

type Explanation = { when: RegExp; problem: (culprit: string) => string; hint: string; isPlace: boolean }

/** In order: the first match is used. */
const explanations: readonly Explanation[] = [
  {
    when: /`\(\?<[=!]/,
    problem: culprit => `looks behind with ${culprit.slice(0, 4)}, which patterns here cannot`,
    hint: 'For words that are fine inside other words, write a list, as in lists: { bad: { words: [ass], except: [bad ass] } }',
    isPlace: true,
  },
  {
    when: /`\(\?<?[=!]/,
    problem: culprit => `looks ahead or behind with ${culprit.slice(0, 4)}, which is not supported`,
    hint: 'Use not for what must not match, as in { not: { matches: … } }',
    isPlace: true,
  },
  {
    when: /`\\(?:[1-9]|k)/,
    problem: culprit => `refers back to a group with ${culprit}, which is not supported`,
    hint: 'Write out the alternatives, as in (aa|bb)',
    isPlace: true,
  },
  {
    when: /missing closing \)/,
    problem: () => 'has a ( that is not closed',
    hint: 'Write \\( for a literal (',
    isPlace: false,
  },
  {
    when: /unexpected \)/,
    problem: () => 'has a ) without a matching (',
    hint: 'Write \\) for a literal )',
    isPlace: false,
  },
  {
    when: /missing closing \]/,
    problem: () => 'has a [ that is not closed',
    hint: 'Write \\[ for a literal [',
    isPlace: true,
  },
  {
    when: /character class range: `\\p/i,
    problem: culprit => `has the unknown character class ${culprit}`,
    hint: 'Write \\p{L} for letters, \\p{N} for digits, \\p{Han} for Chinese characters',
    isPlace: true,
  },
  {
    when: /character class range/,
    problem: culprit => `has ${culprit} in brackets, which is not a valid range`,
    hint: 'Write the lower end first; put a literal hyphen at the end, as in [a-z-]',
    isPlace: true,
  },
  {
    when: /missing argument to repetition/,
    problem: culprit => `has ${culprit} with nothing before it to repeat`,
    hint: 'Write .* for any text, \\* for a literal star; contains needs neither',
    isPlace: true,
  },
  {
    when: /nested repetition/,
    problem: culprit => `repeats twice in a row with ${culprit}`,
    hint: 'Remove one of them',
    isPlace: true,
  },
  {
    when: /repeat count/,
    problem: culprit => `cannot repeat ${culprit}`,
    hint: 'Use counts from 0 to 1000, the lower one first',
    isPlace: true,
  },
  {
    when: /trailing backslash/,
    problem: () => 'ends with a backslash',
    hint: 'Write \\\\ for a literal backslash',
    isPlace: false,
  },
  {
    when: /invalid escape/,
    problem: culprit => `has the unknown escape ${culprit}`,
    hint: 'Remove the backslash, or write \\\\ for a literal backslash',
    isPlace: true,
  },
  {
    when: /Perl syntax|named capture/,
    problem: culprit => `has the unknown group ${culprit}`,
    hint: 'Groups are (…) and (?:…); (?i) at the start ignores case',
    isPlace: true,
  },
  {
    when: /duplicate capture group/,
    problem: culprit => `has two groups named "${culprit}"`,
    hint: 'Write groups without names: (…)',
    isPlace: false,
  },
]
