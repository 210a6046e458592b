import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import type { Zone } from '../language/clock.ts'
import { durationText } from '../language/duration.ts'
import { visible } from '../language/show/visible.ts'
import { type RecordedEvent, readLine } from '../record/record-line.ts'
import { noMatch } from '../record/rule-stats.ts'
import { type Spike, Spikes } from '../record/spikes.ts'
import type { Covered } from '../state/covered.ts'
import { coverageJson, coverageLines, secondText } from './covered.ts'
import { eventSentence } from './event-sentence.ts'
import { type ExitCode, type Io, print, printJson } from './io.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags } from './records-asked.ts'

const hourMs = 3_600_000

/** So many steps a time is looked at in: enough to see minutes of an hour. */
const mostSteps = 120

/** The shortest step, in ms. */
const leastStepMs = 60_000

/** How much is read before a time, to know what is usual, in steps. */
const stepsBefore = 12

/** Of more events of a kind in a row only the first ones are shown. */
const mostInRow = 5

/** Print what happened in a time, in order. Throws UsageError and StateUnusable. */
export async function timeline(options: RecordFlags & { json?: true }, io: Io): Promise<ExitCode> {
  const asked = await readRecordFlags(options, io, io.now().getTime() - hourMs)
  const { events, spikes, coverage } = await happened(asked)
  if (options.json) printJson(jsonOf(events, spikes, coverageJson(coverage, asked.now)), io)
  else {
    const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
    const lines = linesOf(events, spikes, { zone: asked.zone, colors, instances: coverage.instances.length })
    const covers = coverageLines(coverage, asked).map(line => colors.dim(line))
    print(`${[...(lines.length === 0 ? ['Nothing stands out'] : lines), '', ...covers].join('\n')}\n`, io)
  }
  return 0
}

type Happened = { events: readonly RecordedEvent[]; spikes: readonly Spike[]; coverage: Covered }

async function happened({ places, since, until }: RecordsAsked): Promise<Happened> {
  const began = since === 0 ? until - 24 * hourMs : since
  const stepMs = Math.max(leastStepMs, Math.ceil((until - began) / mostSteps / leastStepMs) * leastStepMs)
  const from = Math.floor(began / stepMs - stepsBefore) * stepMs
  const spikes = new Spikes({ from, until, stepMs })
  const events: RecordedEvent[] = []
  let foreign = 0
  const coverage = await places.read({ since: from, until }, ({ at, text }) => {
    if (text.includes(noMatch)) return spikes.addPlain(at)
    const record = readLine(text)
    if (record === undefined) foreign += 1
    else if (record.kind === 'decision') spikes.add(record)
    else if (record.kind === 'event' && at >= began) events.push(record)
  })
  const hours = new Set(coverage.instances.flatMap(each => each.hours))
  const isOnRecord = (at: number) => hours.has(Math.floor(at / hourMs) * hourMs)
  const instances = coverage.instances
    .map(each => ({ ...each, hours: each.hours.filter(hour => hour + hourMs > began) }))
    .filter(({ hours }) => hours.length > 0)
  return {
    events,
    spikes: spikes.found(began, isOnRecord),
    coverage: { ...coverage, since: began, instances, foreign: coverage.foreign + foreign },
  }
}

type Shown = { zone: Zone; colors: Colors; instances: number }

/** Events and spikes in the order of time, a line each. */
function linesOf(events: readonly RecordedEvent[], spikes: readonly Spike[], shown: Shown): readonly string[] {
  const rows = [
    ...inRows(events).map(({ first, more }) => ({ at: first.at, text: eventText(first, more, shown) })),
    ...spikes.map(spike => ({ at: spike.from, text: spikeText(spike, shown) })),
  ]
  return rows.sort((a, b) => a.at - b.at).map(({ at, text }) => `${secondText(at, shown.zone)}  ${text}`)
}

/** Events, where very many of a kind follow each other the first ones, and how many more came. */
function inRows(events: readonly RecordedEvent[]): readonly { first: RecordedEvent; more: number }[] {
  const rows: { first: RecordedEvent; more: number }[] = []
  let length = 0
  for (const event of events) {
    const last = rows.at(-1)
    length = last?.first.event === event.event ? length + 1 : 1
    if (last !== undefined && length > mostInRow) last.more += 1
    else rows.push({ first: event, more: 0 })
  }
  return rows
}

function eventText(event: RecordedEvent, more: number, { zone, colors, instances }: Shown): string {
  const where = instances > 1 ? `${event.instance}: ` : ''
  return `${colors.bold(visible(`${where}${eventSentence(event, zone)}`))}${more > 0 ? `, and ${more} more times` : ''}`
}

function spikeText({ kind, rule, from, until, count, usual, user }: Spike, { colors }: Shown): string {
  const length = durationText(until - from)
  if (kind === 'silence') return colors.red(`no calls for ${length}, in which ${usual} are usual`)
  const what = rule === undefined ? `${count} calls` : `${visible(rule)} matched ${count} times`
  const most = user === undefined ? '' : `, ${user.count} of them by ${visible(user.id)}`
  return colors.yellow(`${what} in ${length}, usually ${usual}${most}`)
}

function jsonOf(events: readonly RecordedEvent[], spikes: readonly Spike[], covers: object): object {
  const iso = (at: number) => new Date(at).toISOString()
  return { events, spikes: spikes.map(each => ({ ...each, from: iso(each.from), until: iso(each.until) })), covers }
}
