import type { Entry } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Condition, Test } from '../condition.ts'
import type { MatchRef, Outcome } from '../rule.ts'

/** Whether there is something for each `{match}` in what a rule says; what is wrong with one is reported. */
export function checkMatches(outcome: Outcome, when: Condition, { key, value }: Entry, reporter: Reporter): boolean {
  const [first, ...others] = matchesIn(outcome)
  if (first === undefined) return true
  // What a code says is shared: who uses it is told where that is.
  const placeOf = ({ span }: MatchRef) => {
    const isHere = span.file === value.span.file && span.start >= value.span.start && span.end <= value.span.end
    return isHere ? span : value.span
  }
  const tests = findersIn(when, true)
  if (tests.length === 0) {
    const message = `No test in this rule finds a text for {match} in its ${key}`
    const hint = `Test with ${finders.join(', ')}, or has email and its like; a test under not or none finds nothing`
    reporter.error('bad-template', placeOf(first), message, hint)
    return false
  }
  const groups = Math.max(...tests.map(({ operand }) => (operand.kind === 'pattern' ? operand.pattern.groups : 0)))
  const missing = [first, ...others].find(({ group }) => group > groups)
  if (missing === undefined) return true
  const message = `No pattern of this rule has a group for {match.${missing.group}}`
  const hint = 'A group is a part of the pattern in ( ); {match} is all that was found'
  reporter.error('bad-template', placeOf(missing), message, hint)
  return false
}

function matchesIn(outcome: Outcome): MatchRef[] {
  if (outcome.kind !== 'reject') return []
  return [...(outcome.message ?? []), ...(outcome.detail ?? [])].filter(
    (piece): piece is MatchRef => typeof piece === 'object' && 'group' in piece,
  )
}

/** Words that find something in a value, or an entry of a list. */
const finders: readonly Test['word'][] = [
  'matches',
  'in list',
  'contains any',
  'has word',
  'has word in',
  'looks like',
  'looks like a word in',
  'sounds like a word in',
  'hosted on',
]

/** The tests of a condition that find something where they help it to hold. */
function findersIn(condition: Condition, wanted: boolean): Test[] {
  switch (condition.kind) {
    case 'time':
    case 'often':
    case 'since':
      return []
    case 'test':
      return ofTest(condition, wanted)
    case 'use':
      return findersIn(condition.part, wanted)
    case 'not':
      return findersIn(condition.part, !wanted)
    case 'all':
    case 'any':
      return condition.parts.flatMap(part => findersIn(part, wanted))
    case 'none':
      return condition.parts.flatMap(part => findersIn(part, !wanted))
  }
}

function ofTest(test: Test, wanted: boolean): Test[] {
  const { word, operand } = test
  if (operand.kind === 'item') return wanted ? findersIn(operand.item, true) : []
  if (word === 'not in list') return wanted ? [] : [test]
  return wanted && (finders.includes(word) || isKind(word)) ? [test] : []
}

function isKind(word: Test['word']): boolean {
  return /^has (?:phone number|email|card number|ip address|crypto address)$/.test(word)
}
