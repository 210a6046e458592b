import { parentPort, workerData } from 'node:worker_threads'
import type { RecordBatch, RecordReport } from './record-batch.ts'
import { RecordWriter, type RecordWriterDeps } from './record-writer.ts'
import { reasonIn } from './state-errors.ts'

/** What the thread is started with. */
export type RecordScriptData = Pick<RecordWriterDeps, 'state' | 'instance' | 'keep' | 'secret' | 'mostSegmentBytes'>

/** What the thread is told. */
export type ToRecordScript = { kind: 'write'; batch: RecordBatch } | { kind: 'rotate' } | { kind: 'end' }

/** What the thread tells. */
export type FromRecordScript = RecordReport | { kind: 'rotated'; problem?: string } | { kind: 'ended' }

/** The thread that writes the record, so that neither writing nor compressing delays a decision. */
function run(data: RecordScriptData): void {
  const tell = (told: FromRecordScript) => parentPort?.postMessage(told)
  const writer = new RecordWriter({ ...data, now: () => Date.now(), report: tell })
  void writer.start()
  parentPort?.on('message', (told: ToRecordScript) => {
    if (told.kind === 'write') writer.write(told.batch)
    else if (told.kind === 'rotate') {
      writer.rotate().then(
        () => tell({ kind: 'rotated' }),
        (error: unknown) => tell({ kind: 'rotated', problem: reasonIn(error) }),
      )
    } else void writer.end().then(() => tell({ kind: 'ended' }))
  })
}

run(workerData)
