import { randomBytes } from 'node:crypto'
import test from 'ava'
import { RecordIds, timeOfId } from '../../src/record/record-ids.ts'

test('ids are unique and sorted by time, however many there are in a ms', t => {
  const ids = new RecordIds(randomBytes(5))
  const made = Array.from({ length: 200_000 }, (_, at) => ids.next(1_764_601_200_000 + Math.floor(at / 50_000)))
  t.is(new Set(made).size, made.length)
  t.deepEqual(made.toSorted(), made)
  t.true(made.every(id => id.length === 20))
})

test('ids of two processes differ in the same ms', t => {
  const [one, other] = [new RecordIds(randomBytes(5)), new RecordIds(randomBytes(5))]
  t.not(one.next(1), other.next(1))
})

test('ids go on when the clock is set back', t => {
  const ids = new RecordIds(randomBytes(5))
  const [first, second] = [ids.next(5000), ids.next(1000)]
  t.true(second > first)
})

test('an id tells its time', t => {
  const at = Date.UTC(2226, 0, 1)
  t.is(timeOfId(new RecordIds(randomBytes(5)).next(at)), at)
  t.is(timeOfId('a1b2c3000001'), undefined)
  t.is(timeOfId('not an id at all :-)'), undefined)
})
