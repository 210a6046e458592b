import type { Entry } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { meantInOften } from '../advice/meant-often.ts'
import type { Since } from '../condition.ts'
import { durationText } from '../duration.ts'
import { keys } from '../vocabulary.ts'
import { readDuration } from './duration.ts'
import { type Entries, type MappingForm, readMapping, required } from './mapping.ts'
import { askedExample, readCounted } from './named-count.ts'
import { isMisplacedCount } from './placed-count.ts'
import type { Scope } from './scope.ts'
import { cover } from './shape.ts'

/** A `how long since` condition; undefined if invalid (reported). */
export function readSince(place: Entry, scope: Scope): Since | undefined {
  const { keySpan, value } = place
  const { reporter } = scope
  if (isMisplacedCount(place, scope)) return undefined
  const form: MappingForm = {
    place: '"how long since"',
    keys: keys['how long since'],
    example: `{ ${askedExample(scope)}, less than: 10 minutes }`,
    misplaced: (entry, all) =>
      meantInOften(entry, all, { text: scope.text, form: keys['how long since'], callbacks: scope.callbacks }),
  }
  const entries = readMapping(value, form, reporter)
  const found = entries && required(entries, ['of'], { node: value, form, reporter })
  if (entries === undefined || found === undefined) return undefined
  const limit = readAgo(entries, place, reporter)
  const counted = readCounted(found.of, entries, value, scope)
  if (limit === undefined || counted === undefined) return undefined
  const text = `how long since ${counted.counter.name} ${limit.word} ${durationText(limit.ago)}`
  return { kind: 'since', ...counted, limit, text, span: cover(keySpan, value.span) }
}

function readAgo(entries: Entries, place: Entry, reporter: Reporter): Since['limit'] | undefined {
  const [less, more] = [entries.get('less than'), entries.get('more than')]
  if (less !== undefined && more !== undefined) {
    const second = less.keySpan.start > more.keySpan.start ? less : more
    const message = '"how long since" takes "less than" or "more than", but both are here'
    reporter.error('wrong-shape', second.keySpan, message, 'Keep one. For both, write all: with a condition for each')
    return undefined
  }
  const found = less ?? more
  if (found === undefined) {
    if (entries.isUnclear) return undefined
    reporter.error(
      'missing-key',
      place.keySpan,
      '"how long since" has no limit',
      'Write less than: 10 minutes, or more than: 10 minutes',
    )
    return undefined
  }
  const ago = readDuration(found, reporter)
  return ago === undefined ? undefined : { word: found === less ? 'less than' : 'more than', ago }
}
