import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as endOfTurn } from 'node:timers/promises'
import { Registry } from 'prom-client'
import { DecisionNumbers, latencyBounds, matchModes, outcomes } from './metric-numbers.ts'
import type { Observer, RulesInForce } from './observer.ts'
import type { Status, StatusDeps } from './status.ts'

/** What is measured when somebody asks. */
export type MetricsDeps = {
  /** The same that `GET /status` shows, so that both never differ. */
  status(): MetricStatus
  /** The ids of the rules in force. */
  rules(): ReadonlySet<string>
  instance: string
  app: string
  deadlineMs: number
}

export type MetricStatus = Pick<Status, 'version' | 'since' | 'rules' | 'counts' | 'record' | 'pauses'>

/** The part of the status that is exported. */
export function metricStatus<R extends RulesInForce>({
  rules: { current, since },
  counts,
  record,
  pauses,
}: Pick<StatusDeps<R>, 'rules' | 'counts' | 'record' | 'pauses'>): MetricStatus {
  return {
    version: current?.version ?? null,
    since,
    rules: current?.counts ?? null,
    counts: counts.status,
    record: record.status,
    pauses: pauses.all,
  }
}

type Labels = { readonly [name: string]: string }
type Sample = { value: number; labels?: Labels; metricName?: string }
type Kind = 'counter' | 'gauge' | 'histogram'

/** One metric: its samples are worked out when they are asked for. */
type Metric = { name: string; help: string; type: Kind; samples(): readonly Sample[] }

/** The start of every name. */
const prefix = 'hookwarden_'

/**
 * The numbers of this process for Prometheus.
 *
 * No label holds a value of a call: callbacks, rules, codes of the system and names of listeners only.
 */
export class Metrics {
  readonly #deps: MetricsDeps
  readonly #numbers = new DecisionNumbers()
  readonly #failures = new Tally(['listener', 'status'])
  readonly #lost = new Tally(['listener', 'why'])
  readonly #reloads = new Tally(['result'])
  readonly #lag = monitorEventLoopDelay({ resolution: 10 })
  readonly #metrics: readonly Metric[]
  readonly #connections = new Map<string, number>()
  #unknown = 0
  #lastReload = { isOk: true, successAt: Number.NaN }
  readonly observer: Partial<Observer>

  constructor(deps: MetricsDeps) {
    this.#deps = deps
    this.#lag.enable()
    this.#metrics = [...this.#ofDecisions(), ...this.#ofRules(), ...this.#ofState(), ...this.#ofProcess()]
    this.observer = {
      decided: record => this.#numbers.add(record),
      failed: ({ listener, status }) => this.#failures.add(listener, String(status)),
      unknown: () => {
        this.#unknown += 1
      },
      connections: (listener, open) => {
        this.#connections.set(listener, open)
      },
      noRoom: (listener, why) => this.#lost.add(listener, why),
      reloaded: ({ loaded }) => {
        this.#reloads.add(loaded.ok ? 'ok' : 'failed')
        this.#lastReload = { isOk: loaded.ok, successAt: loaded.ok ? seconds(loaded.at) : this.#lastReload.successAt }
        if (loaded.ok) this.#numbers.keepRules(() => deps.rules())
      },
    }
  }

  /** The text format of Prometheus, and its content type. Written in pieces, so that calls are decided meanwhile. */
  async text(): Promise<{ contentType: string; body: string }> {
    const texts: string[] = []
    for (const metric of this.#metrics) {
      const samples = metric.samples()
      for (let from = 0; from === 0 || from < samples.length; from += inPiece) {
        const text = await written(metric, samples.slice(from, from + inPiece))
        texts.push(from === 0 ? text : text.replace(heads, ''))
        if (samples.length > inPiece) await endOfTurn()
      }
    }
    return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, body: texts.join('') }
  }

  close(): void {
    this.#lag.disable()
  }

  #ofDecisions(): readonly Metric[] {
    return [
      {
        ...{ name: 'decisions_total', type: 'counter' },
        help: 'Calls that were decided, by callback and outcome: allow, rewrite or reject',
        samples: () => rowsOf(this.#numbers.byCallback, ['callback', 'outcome'], outcomes),
      },
      {
        ...{ name: 'rule_matches_total', type: 'counter' },
        help: 'Calls that a rule matched, by how it took part: enforce, shadow or exempted; rules at zero are left out',
        samples: () => rowsOf(this.#numbers.byRule, ['rule', 'mode'], matchModes),
      },
      {
        ...{ name: 'decision_seconds', type: 'histogram' },
        help: 'Time from the end of the headers of a request to its decision',
        samples: () => latencySamples(this.#numbers.latency),
      },
      {
        ...{ name: 'failures_total', type: 'counter' },
        help: 'Requests that could not be answered as asked, by listener and HTTP status',
        samples: () => this.#failures.samples(),
      },
      {
        ...{ name: 'unknown_callbacks_total', type: 'counter' },
        help: 'Calls of callbacks that the catalogue lacks',
        samples: () => [{ value: this.#unknown }],
      },
    ]
  }

  #ofRules(): readonly Metric[] {
    const status = () => this.#deps.status()
    return [
      {
        ...{ name: 'rules_info', type: 'gauge' },
        help: 'Always 1: the version of the rules in force',
        samples: () => {
          const { version } = status()
          return version === null ? [] : [{ value: 1, labels: { version } }]
        },
      },
      {
        ...{ name: 'rules', type: 'gauge' },
        help: 'Rules in force, by mode',
        samples: () => modesOf(status().rules),
      },
      {
        ...{ name: 'rules_paused', type: 'gauge' },
        help: 'Rules that are paused, so in shadow',
        samples: () => [{ value: status().pauses.length }],
      },
      {
        ...{ name: 'reloads_total', type: 'counter' },
        help: 'Attempts to load the rules after the first, by result: ok or failed',
        samples: () => this.#reloads.samples(),
      },
      {
        ...{ name: 'rules_last_reload_successful', type: 'gauge' },
        help: 'Whether the last attempt to load the rules succeeded: 1 or 0',
        samples: () => [{ value: this.#lastReload.isOk ? 1 : 0 }],
      },
      {
        ...{ name: 'rules_last_reload_success_timestamp_seconds', type: 'gauge' },
        help: 'When rules were last loaded successfully, in seconds since 1970',
        samples: () => timeSamples(this.#lastReload.successAt, status().since),
      },
    ]
  }

  #ofState(): readonly Metric[] {
    const status = () => this.#deps.status()
    return [
      {
        ...{ name: 'record_decisions_total', type: 'counter' },
        help: 'Decisions that were put on record; absent without a record',
        samples: () => ifRecorded(status(), ({ written }) => [{ value: written }]),
      },
      {
        ...{ name: 'record_dropped_total', type: 'counter' },
        help: 'Decisions that are not on record, by reason; absent without a record',
        samples: () =>
          ifRecorded(status(), ({ dropped }) =>
            Object.entries(dropped).map(([reason, value]) => ({ value, labels: { reason } })),
          ),
      },
      {
        ...{ name: 'record_queued', type: 'gauge' },
        help: 'Decisions that wait to be put on record; absent without a record',
        samples: () => ifRecorded(status(), ({ queued }) => [{ value: queued }]),
      },
      {
        ...{ name: 'counts_keys', type: 'gauge' },
        help: 'Keys that this process counts by, such as senders, over all counters',
        samples: () => [{ value: status().counts.keys }],
      },
      {
        ...{ name: 'counts_bytes', type: 'gauge' },
        help: 'Memory of the counts in this process',
        samples: () => [{ value: status().counts.bytes }],
      },
      {
        ...{ name: 'counts_alone', type: 'gauge' },
        help: 'Whether this process counts alone, though it should count with others: 1 or 0',
        samples: () => [{ value: status().counts.aloneSince === null ? 0 : 1 }],
      },
    ]
  }

  #ofProcess(): readonly Metric[] {
    const { instance, app, deadlineMs } = this.#deps
    const startedAt = Date.now() / 1000 - process.uptime()
    return [
      {
        ...{ name: 'info', type: 'gauge' },
        help: 'Always 1: the name of the instance, and the versions of the program and of Node',
        samples: () => [{ value: 1, labels: { instance_name: instance, version: app, node: process.versions.node } }],
      },
      {
        ...{ name: 'deadline_seconds', type: 'gauge' },
        help: 'The time limit of a call, after which the failure policy answers',
        samples: () => [{ value: deadlineMs / 1000 }],
      },
      {
        ...{ name: 'start_time_seconds', type: 'gauge' },
        help: 'When the process started, in seconds since 1970',
        samples: () => [{ value: startedAt }],
      },
      {
        ...{ name: 'clock_seconds', type: 'gauge' },
        help: 'The clock of this process, in seconds since 1970: to see clocks that are apart',
        samples: () => [{ value: Date.now() / 1000 }],
      },
      {
        ...{ name: 'cpu_seconds_total', type: 'counter' },
        help: 'CPU time of the process, over all of its threads',
        samples: () => {
          const { user, system } = process.cpuUsage()
          return [{ value: (user + system) / 1e6 }]
        },
      },
      {
        ...{ name: 'resident_memory_bytes', type: 'gauge' },
        help: 'Memory of the process that is in RAM',
        samples: () => [{ value: process.memoryUsage.rss() }],
      },
      ...this.#ofLag(),
      {
        ...{ name: 'connections', type: 'gauge' },
        help: 'Open connections, by listener',
        samples: () => [...this.#connections].map(([listener, value]) => ({ value, labels: { listener } })),
      },
      {
        ...{ name: 'connections_lost_total', type: 'counter' },
        help: 'Connections lost for lack of room, by listener and why',
        samples: () => this.#lost.samples(),
      },
    ]
  }

  /** The largest lag is the last to be asked for: then a new time begins. */
  #ofLag(): readonly Metric[] {
    const at = (percent: number) => [{ value: Math.max(0, this.#lag.percentile(percent) / 1e9 - resolutionSeconds) }]
    const help = (what: string) => `How late the event loop was since the last scrape: ${what}`
    return [
      { name: 'event_loop_lag_p50_seconds', type: 'gauge', help: help('the median'), samples: () => at(50) },
      { name: 'event_loop_lag_p99_seconds', type: 'gauge', help: help('the 99th percentile'), samples: () => at(99) },
      {
        ...{ name: 'event_loop_lag_max_seconds', type: 'gauge', help: help('the largest') },
        samples: () => {
          const samples = at(100)
          this.#lag.reset()
          return samples
        },
      },
    ]
  }
}

/** So many samples are written in one go, in about a millisecond. */
const inPiece = 500

const heads = /^(?:#.*\n)+/

/** Some samples of a metric as text. The library writes what it is given. */
async function written({ name, help, type }: Metric, values: readonly Sample[]): Promise<string> {
  const named = { name: `${prefix}${name}`, help, type, aggregator: 'sum' as const }
  const registry = new Registry()
  registry.registerMetric({ ...named, get: async () => ({ ...named, values }) } as never)
  return `${(await registry.metrics()).trimEnd()}\n`
}

/** The timer that measures the lag is due this often, which is no lag. */
const resolutionSeconds = 0.01

/** Counts by a few labels whose values the program knows. */
class Tally {
  readonly #names: readonly string[]
  readonly #counts = new Map<string, { labels: Labels; value: number }>()

  constructor(names: readonly string[]) {
    this.#names = names
  }

  add(...values: readonly string[]): void {
    const key = values.join(' ')
    const known = this.#counts.get(key)
    if (known !== undefined) known.value += 1
    else
      this.#counts.set(key, {
        labels: Object.fromEntries(this.#names.map((name, at) => [name, values[at] ?? ''])),
        value: 1,
      })
  }

  samples(): readonly Sample[] {
    return [...this.#counts.values()]
  }
}

function rowsOf(
  rows: Iterable<readonly [string, ArrayLike<number>]>,
  [name, other]: readonly [string, string],
  columns: readonly string[],
): readonly Sample[] {
  const samples: Sample[] = []
  for (const [value, row] of rows) {
    for (const [at, column] of columns.entries()) {
      const count = row[at] ?? 0
      if (count > 0) samples.push({ value: count, labels: { [name]: value, [other]: column } })
    }
  }
  return samples
}

function latencySamples({ cumulative, seconds: sum }: DecisionNumbers['latency']): readonly Sample[] {
  const metricName = `${prefix}decision_seconds`
  const buckets = [...latencyBounds.map(String), '+Inf'].map((le, at) => ({
    value: cumulative[at] ?? 0,
    labels: { le },
    metricName: `${metricName}_bucket`,
  }))
  return [
    ...buckets,
    { value: sum, metricName: `${metricName}_sum` },
    { value: cumulative.at(-1) ?? 0, metricName: `${metricName}_count` },
  ]
}

function modesOf(rules: MetricStatus['rules']): readonly Sample[] {
  if (rules === null) return []
  const { enforce, shadow, disabled } = rules
  return Object.entries({ enforce, shadow, disabled }).map(([mode, value]) => ({ value, labels: { mode } }))
}

/** The first load is no reload: until another one succeeds, it counts since when the rules are in force. */
function timeSamples(successAt: number, since: string | null): readonly Sample[] {
  const value = Number.isNaN(successAt) ? seconds(since ?? '') : successAt
  return Number.isNaN(value) ? [] : [{ value }]
}

function seconds(iso: string): number {
  return Date.parse(iso) / 1000
}

function ifRecorded(
  { record }: MetricStatus,
  samples: (record: NonNullable<MetricStatus['record']>) => readonly Sample[],
): readonly Sample[] {
  return record === null ? [] : samples(record)
}
