import type { Advice } from '../../yaml/fix.ts'
import { takeOut } from '../../yaml/layout.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Counting, NamedCounter } from '../condition.ts'
import { countings } from '../vocabulary.ts'
import { isSameKey, readDifferent, readSame } from './count-keys.ts'
import type { Entries } from './mapping.ts'
import type { Scope } from './scope.ts'
import { describeNode } from './shape.ts'

/** What is counted: by which fields, which values, which calls. Of the own rule or of a named counter. */
export function readWhat(
  entries: Entries,
  node: Node,
  scope: Scope,
): Pick<NamedCounter, 'same' | 'different' | 'counting'> | undefined {
  const same = readSame(entries.get('same'), scope)
  const other = entries.get('different')
  const different = other && readDifferent(other, scope)
  const counting = readCounting(entries.get('counting'), node, scope)
  if (same === undefined || counting === undefined || (other !== undefined && different === undefined)) return undefined
  if (different === undefined || other === undefined) return { same, counting }
  const like = same.find(key => isSameKey(key, different))
  if (like === undefined) return { same, different, counting }
  const message = `"${different.text}" is the same in all of these calls, so it has only one value`
  const hint = 'Name another field, or remove "different" to count calls'
  const all = node.kind === 'map' ? node.entries : []
  scope.reporter.error('wrong-value', other.value.span, message, {
    hint,
    fixes: removal(other, all, 'Remove "different"'),
  })
  return undefined
}

/** The fix that removes an entry of a mapping, unless it is the only one. Pure. */
export function removal(entry: Entry, all: readonly Entry[], label: string): NonNullable<Advice['fixes']> {
  return all.includes(entry) && all.length > 1 ? [{ label, edits: takeOut([entry], all) }] : []
}

function readCounting(entry: Entry | undefined, node: Node, { callbacks, reporter }: Scope): Counting | undefined {
  if (entry === undefined) return 'let through'
  const { value, keySpan } = entry
  if (value.kind === 'broken') return undefined
  const written = value.kind === 'scalar' ? value.value : undefined
  const found = countings.find(name => name === written)
  if (found === undefined) {
    const message = `"counting" must be one of ${countings.join(', ')}, got ${describeNode(value)}`
    const advice = suggestAt(value.span, String(written ?? ''), countings, 'Choices')
    reporter.error('wrong-value', value.span, message, advice)
    return undefined
  }
  if (callbacks.some(({ rejectable }) => rejectable)) return found
  const message = `${callbacks[0]?.name} reports what has already happened, so all of its calls count`
  const all = node.kind === 'map' ? node.entries : []
  reporter.error('wrong-value', keySpan, message, {
    hint: 'Remove "counting"',
    fixes: removal(entry, all, 'Remove it'),
  })
  return undefined
}
