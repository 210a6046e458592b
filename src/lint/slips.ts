import type { Test } from '../language/condition.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, testsOfRule, warning } from './finding.ts'

/** Parts that every text has, if only none of what they count. */
const counted: ReadonlySet<Test['field']['part']['kind']> = new Set([
  'length',
  'emoji',
  'lines',
  'words',
  'longest run',
  'stacked marks',
  'mentions',
  'gist.length',
])

/** A number that every text has, tested for being there. */
export function alwaysCounted({ rule }: Examined): Diagnostic[] {
  return testsOfRule(rule).flatMap(({ condition: { field, word, span } }) => {
    if ((word !== 'present' && word !== 'absent') || !counted.has(field.part.kind)) return []
    const message = `Every text has "${field.text}", even if it is 0, so this only tests whether there is a text`
    const number = word === 'present' ? '{ more than: 0 }' : '0'
    return [warning('meant-otherwise', span, message, `Compare it, as in ${field.text}: ${number}`)]
  })
}
