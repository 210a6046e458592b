import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { RecordIds } from '../../src/record/record-ids.ts'
import { contentLine, envelopeLine, type RecordedDecision } from '../../src/record/record-line.ts'
import { RecordQueue, type RecordQueueDeps } from '../../src/state/record-queue.ts'
import { RecordWriter, type RecordWriterDeps } from '../../src/state/record-writer.ts'
import { linesOf } from '../../src/state/segment-lines.ts'
import type { SegmentKind } from '../../src/state/segment-names.ts'
import { allSegments } from '../../src/state/segments.ts'

/** 2026-12-01 15:00 UTC. */
export const afternoon = Date.UTC(2026, 11, 1, 15)

/** A state folder of its own, removed after the test. */
export async function makeState(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-record-'))
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  return dir
}

type Options = { state: string; queue?: Partial<RecordQueueDeps>; writer?: Partial<RecordWriterDeps> }

/** A queue and a writer in this process, and what they told. */
export function recorder({ state, queue = {}, writer: more = {} }: Options) {
  const told: string[] = []
  const ids = new RecordIds(Buffer.from('tests'))
  const writer: RecordWriter = new RecordWriter({
    ...{ state, instance: 'im-1', secret: 'secret', now: () => afternoon, waitsMs: { least: 5, most: 50 } },
    keep: { recordDays: 30, contentDays: 7, mostBytes: 1e9 },
    report: report => record.reported(report),
    ...more,
  })
  const record: RecordQueue = new RecordQueue({
    send: batch => writer.write(batch),
    droppedLine: dropped =>
      JSON.stringify({
        v: 1,
        id: ids.next(afternoon),
        at: afternoon,
        instance: 'im-1',
        kind: 'event',
        event: 'dropped',
        dropped,
      }),
    onTrouble: message => told.push(`trouble: ${message}`),
    onProblem: message => told.push(`problem: ${message}`),
    onWell: () => told.push('well'),
    onCut: ({ file, bytes }) => told.push(`cut: ${file} ${bytes}`),
    collectMs: 10,
    ...queue,
  })
  const decide = (at: number, user = 'u-1') => {
    const id = ids.next(at)
    record.decision(at, envelopeLine(decisionOf(id, at, user)), contentLine(contentOf(id, at, user)))
    return id
  }
  const end = async () => {
    record.flush()
    await writer.end()
  }
  return { record, writer, decide, told, end }
}

function decisionOf(id: string, at: number, user: string): RecordedDecision {
  return {
    ...{ v: 1, id, at, instance: 'im-1', kind: 'decision', rules: 'abc', app: '0.2.0', language: 2 },
    ...{ callback: 'beforeSendGroupMsg', operationID: '', users: [user], groups: ['g-1'] },
    ...{ decision: 'allow', changes: [], matches: [], us: 1 },
  }
}

function contentOf(id: string, at: number, user: string) {
  const call = {
    callbackCommand: 'callbackBeforeSendGroupMsgCommand',
    sendID: user,
    groupID: 'g-1',
    content: 'x\u2028y',
  }
  return { v: 1, id, at, call, changes: [] } as const
}

/** All lines on record, in order. Throws if a file is unreadable. */
export async function linesOnRecord(state: string, kind: SegmentKind = 'envelope'): Promise<string[]> {
  const lines: string[] = []
  for (const segment of await allSegments(state)) {
    if (segment.kind !== kind) continue
    for await (const line of linesOf(segment, 'so it is wrong')) lines.push(line)
  }
  return lines
}

/** The ids of the decisions on record. */
export async function idsOnRecord(state: string, kind: SegmentKind = 'envelope'): Promise<string[]> {
  const lines = (await linesOnRecord(state, kind)).map(line => JSON.parse(line) as { id: string; kind?: string })
  return lines.filter(line => line.kind !== 'event').map(({ id }) => id)
}

/** The decisions that a status counts, whatever became of them. */
export function countedIn({ written, dropped, queued }: RecordQueue['status']): number {
  return written + queued + Object.values(dropped).reduce((sum, each) => sum + each, 0)
}
