import { isBlank } from '../../text/spaces.ts'
import type { Entry, MapNode } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { ListEntry } from '../condition.ts'
import type { Pairs } from './file-pairs.ts'
import { isShortEnough } from './list-file.ts'
import { asText } from './shape.ts'

/** Pairs that stand in a rule file; what is wrong with one is reported, and the result is undefined. */
export function* readPairs({ entries: written, span }: MapNode, reporter: Reporter): Steps<Pairs | undefined> {
  if (written.length === 0)
    reporter.error('empty', span, 'There are no pairs here', 'Write what is replaced, and by what')
  const entries: ListEntry[] = []
  const replacements: string[] = []
  for (const [at, each] of written.entries()) {
    if (at % pairsInPiece === 0) yield
    if (reporter.isFull) break
    const replacement = readPair(each, reporter)
    if (replacement === undefined) continue
    entries.push({ text: each.key.trim(), span: each.keySpan })
    replacements.push(replacement)
  }
  return entries.length === written.length && written.length > 0 ? { entries, replacements } : undefined
}

/** So many pairs are read in a fraction of a millisecond. */
const pairsInPiece = 500

function readPair({ key, keySpan, value }: Entry, reporter: Reporter): string | undefined {
  const replacement = asText(value, `what is put in the place of "${key}"`, reporter)
  if (replacement === undefined || !isShortEnough(key.length, keySpan, reporter)) return undefined
  if (!isBlank(key)) return replacement
  reporter.error('empty', keySpan, 'An empty text cannot be replaced', 'Write the word to look for')
  return undefined
}
