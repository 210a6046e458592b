import test from 'ava'
import { Distinct } from '../../src/impact/distinct.ts'

const people = (from: number, count: number) => Array.from({ length: count }, (_, at) => `u-${from + at}`)

function distinct(...all: string[][]): Distinct {
  const made = new Distinct()
  for (const some of all) for (const each of some) made.add(each)
  return made
}

test('up to 100,000 people are counted exactly', t => {
  const made = distinct(people(0, 100_000), people(0, 100_000))
  t.is(made.size, 100_000)
  t.true(made.isExact)
})

for (const count of [100_001, 131_000, 163_000, 250_000, 400_000]) {
  test(`${count} people are counted within 1 %, in one part or in several`, t => {
    const half = Math.floor(count / 2)
    const whole = distinct(people(0, count))
    const parts = [distinct(people(0, half)), distinct(people(half, count - half)), distinct(people(0, 10))]
    const joined = new Distinct()
    for (const part of parts) joined.join(Distinct.of(JSON.parse(JSON.stringify(part.data))))
    for (const { size, isExact } of [whole, joined]) {
      t.false(isExact)
      t.true(Math.abs(size - count) <= count / 100, `${size}`)
    }
    t.is(joined.size, whole.size)
  })
}
