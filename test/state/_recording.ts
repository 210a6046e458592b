// A process that records: `node --import tsx test/state/_recording.ts DIR full` fills the disk that DIR is on, makes room
// again and tells what became of all decisions; `… DIR forever` tells the id and the time of each decision until it is
// killed. It tells on standard output, a JSON value a line.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { countedIn, idsOnRecord, linesOnRecord, recorder } from './_recorder.ts'
import { until } from './_until.ts'

const [state = '', what = 'full'] = process.argv.slice(2)

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

async function full(): Promise<void> {
  // So little that nothing waits for long.
  const { record, decide, told, end } = recorder({ state, queue: { mostQueued: 200_000 } })
  writeFileSync(join(state, 'filler'), Buffer.alloc(600_000))
  let decided = 0
  while (record.status.dropped['disk full'] < 1000) {
    decide(Date.now())
    decided += 1
    if (decided % 100 === 0) await delay(1)
  }
  const whileFull = record.status
  rmSync(join(state, 'filler'))
  await until(() => record.status.queued === 0)
  decide(Date.now())
  decided += 1
  await until(() => record.status.queued === 0)
  const { status } = record
  await end()
  const [ids, lines] = [await idsOnRecord(state), await linesOnRecord(state)]
  tell({
    decided,
    counted: countedIn(status),
    whileFull,
    status,
    told,
    onRecord: new Set(ids).size,
    lines: lines.length,
  })
}

async function forever(): Promise<void> {
  const { decide, writer } = recorder({ state, queue: { collectMs: 500 }, writer: { mostSegmentBytes: 100_000 } })
  await writer.start()
  for (;;) {
    const at = Date.now()
    tell({ at, id: decide(at) })
    await delay(1)
  }
}

if (what === 'full') await full()
else await forever()
