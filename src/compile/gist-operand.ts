import type { Operand, Scalar, Test } from '../language/condition.ts'
import { gistOf } from '../text/shape/gist.ts'

/** A test of a gist with what it compares made a gist, too: authors write it as people do. Others stay. Pure. */
export function asGist(test: Test): Test {
  if (test.field.part.kind !== 'gist' || !comparing.has(test.word)) return test
  const operand = gistOperand(test.operand)
  return operand === test.operand ? test : { ...test, operand }
}

const comparing: ReadonlySet<Test['word']> = new Set<Test['word']>([
  ...(['is', 'is not', 'one of', 'not one of', 'in list', 'not in list'] as const),
  ...(['contains', 'contains any', 'starts with', 'ends with'] as const),
])

function gistOperand(operand: Operand): Operand {
  if (operand.kind === 'value') return { ...operand, value: gistValue(operand.value) }
  return operand.kind === 'values' ? { ...operand, values: gistsOf(operand.values) } : operand
}

/** What was made of a list is found by its very texts, so that its gists are made once. */
const known = new WeakMap<readonly Scalar[], readonly Scalar[]>()

function gistsOf(values: readonly Scalar[]): readonly Scalar[] {
  const gists = known.get(values) ?? values.map(gistOfEntry)
  known.set(values, gists)
  return gists
}

/** An entry may stand for all that begins with it. One without letters is in no gist, and a digit never is. */
function gistOfEntry(entry: Scalar): Scalar {
  if (typeof entry !== 'string') return entry
  const gist = gistOf(entry)
  if (gist === '') return entry === '' ? '' : '0'
  return entry.endsWith('*') ? `${gist}*` : gist
}

function gistValue(value: Scalar): Scalar {
  return typeof value === 'string' ? gistOf(value) : value
}
