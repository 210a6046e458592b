import test from 'ava'
import { hoursPicture } from '../../src/cli/impact-pictures.ts'
import type { ImpactReport } from '../../src/impact/report.ts'
import { readZone, type Zone } from '../../src/language/clock.ts'

const start = Date.parse('2026-03-01T00:00:00Z')

/** The picture of calls in some hours after the start: each has 10 calls, of which 1 is refused before and 4 after. */
function picture(...hours: number[]): string {
  const report = {
    hours: hours.map(hour => ({
      hour: new Date(start + hour * 3_600_000).toISOString(),
      ...{ calls: 10, refusedBefore: 1, refusedAfter: 4 },
    })),
  }
  return hoursPicture(report as unknown as ImpactReport, readZone('UTC') as Zone).html
}

function bars(text: string, name: string): { x: number; height: number; title: string }[] {
  const found = text.matchAll(
    new RegExp(`<rect class="${name}" x="([\\d.]+)"[^>]* height="([\\d.]+)"><title>([^<]+)`, 'g'),
  )
  return Array.from(found, ([, x, height, title = '']) => ({ x: Number(x), height: Number(height), title }))
}

test('hours without calls are gaps, and refusals before and after have one scale', t => {
  const text = picture(0, 3)
  t.deepEqual(bars(text, 'before'), [
    { x: 0, height: 25, title: '2026-03-01 00:00: 1 call' },
    { x: 3, height: 25, title: '2026-03-01 03:00: 1 call' },
  ])
  t.deepEqual(
    bars(text, 'after').map(({ height }) => height),
    [100, 100],
  )
  t.regex(text, /viewBox="0 0 4 100"/)
  t.regex(text, /Each bar is an hour/)
})

test('a long time has longer steps, in which no call is lost', t => {
  const text = picture(...Array.from({ length: 720 }, (_, hour) => hour))
  const all = bars(text, 'all')
  t.is(all.length, 144)
  t.is(
    all.reduce((sum, { title }) => sum + Number(/: (\d+) calls/.exec(title)?.[1]), 0),
    7200,
  )
  t.regex(text, /Each bar is 5 hours/)
  t.regex(text, /aria-label="Refused after: 2,880 calls, at most 20 in 5 hours"/)
})

test('without a call there is no picture', t => {
  t.is(picture(), '')
})
