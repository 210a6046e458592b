import { closeSync, fstatSync, fsync, openSync, writeSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { RecordBatch } from './record-batch.ts'
import { hourFolder, openPath, type SegmentKind } from './segment-names.ts'

/** An open file, as far as the writer uses it. */
export type SegmentHandle = {
  /** Writes some of the bytes, and tells how many. */
  write(bytes: Uint8Array): Wait<number>
  /** How many names the file has: none if it was removed. */
  links(): Wait<number>
  sync(): Wait<void>
  close(): Wait<void>
}

type Wait<T> = T | Promise<T>

type SegmentWriterDeps = {
  /** The folder of all segments. */
  record: string
  /** The first part of the segments' names. */
  name: string
  /** A segment with more bytes than this is closed. */
  mostBytes: number
  /** Called with the paths of a segment that nobody writes any more. */
  onClosed: (paths: readonly string[]) => void
  /** For tests: opens a file that must not be there yet. */
  openNew?: (path: string) => Wait<SegmentHandle>
}

type Segment = {
  hourAt: number
  files: { [part in SegmentKind]: { path: string; handle: SegmentHandle } }
  bytes: number
}

/** A batch under way: what is still to be written, and in which segment it was begun. */
type UnderWay = { batch: RecordBatch; left: { [part in SegmentKind]: Uint8Array }; segment: Segment | undefined }

/** The content first: an envelope whose content is missing would be a line that nobody can replay. */
const parts: readonly SegmentKind[] = ['content', 'envelope']

/**
 * Writes batches to segments, one after another.
 *
 * A batch whose writing failed must be written again before any other: it goes on where it ended, so no line is torn or
 * written twice. In a segment that somebody removed, it starts over in a new one.
 */
export class SegmentWriter {
  readonly #deps: SegmentWriterDeps
  #segment: Segment | undefined
  #underWay: UnderWay | undefined
  #number = 0

  constructor(deps: SegmentWriterDeps) {
    this.#deps = deps
  }

  /** The paths of the files that are written now. */
  get openPaths(): readonly string[] {
    return this.#segment === undefined ? [] : parts.map(part => (this.#segment as Segment).files[part].path)
  }

  /** Throws the error of the file system; then call it again with the same batch. */
  async write(batch: RecordBatch): Promise<void> {
    if (this.#underWay?.batch !== batch) this.#underWay = begun(batch)
    const segment = await this.#segmentFor(this.#underWay)
    if (this.#underWay.segment !== segment) this.#underWay = { ...begun(batch), segment }
    const { left } = this.#underWay
    for (const part of parts) {
      while (left[part].length > 0) {
        const written = await segment.files[part].handle.write(left[part])
        segment.bytes += written
        left[part] = left[part].subarray(written)
      }
    }
    this.#underWay = undefined
  }

  /** Closes the segment if it is of an hour before this time. */
  async closeBefore(at: number): Promise<void> {
    if (this.#segment !== undefined && this.#segment.hourAt < at && this.#underWay === undefined) await this.close()
  }

  /** Closes the segment, if there is one; what is in it is then on the disk. */
  async close(): Promise<void> {
    const segment = this.#segment
    if (segment === undefined) return
    this.#segment = undefined
    for (const part of parts) await finish(segment.files[part].handle)
    this.#deps.onClosed(parts.map(part => segment.files[part].path))
  }

  async #segmentFor({ batch, segment: begunIn }: UnderWay): Promise<Segment> {
    const segment = this.#segment
    if (segment !== undefined && (await isRemoved(segment))) await this.#forget()
    else if (segment !== undefined && begunIn === segment) return segment
    else if (segment !== undefined && (segment.hourAt !== batch.hourAt || segment.bytes >= this.#deps.mostBytes)) {
      await this.close()
    }
    this.#segment ??= await this.#open(batch.hourAt)
    return this.#segment
  }

  async #open(hourAt: number): Promise<Segment> {
    const { record, name, openNew = openNewFile } = this.#deps
    const folder = hourFolder(record, hourAt)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    this.#number = Math.max(this.#number, await lastNumber(folder, name)) + 1
    const pathOf = (part: SegmentKind) => openPath(folder, `${name}-${this.#number}`, part)
    const content = { path: pathOf('content'), handle: await openNew(pathOf('content')) }
    try {
      const envelope = { path: pathOf('envelope'), handle: await openNew(pathOf('envelope')) }
      return { hourAt, files: { content, envelope }, bytes: 0 }
    } catch (error) {
      await content.handle.close()
      await rm(content.path, { force: true })
      throw error
    }
  }

  /** Closes the files of a segment that somebody removed. */
  async #forget(): Promise<void> {
    const segment = this.#segment as Segment
    this.#segment = undefined
    for (const part of parts) await segment.files[part].handle.close()
  }
}

async function finish(handle: SegmentHandle): Promise<void> {
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The highest number of the segments of this name in a folder; 0 if there is none. */
async function lastNumber(folder: string, name: string): Promise<number> {
  const ends = (await readdir(folder)).filter(file => file.startsWith(`${name}-`))
  return Math.max(0, ...ends.map(file => Number(/^\d+/.exec(file.slice(name.length + 1))?.[0] ?? 0)))
}

function begun(batch: RecordBatch): UnderWay {
  const { content, envelope } = batch
  return { batch, left: { content, envelope }, segment: undefined }
}

async function isRemoved({ files }: Segment): Promise<boolean> {
  for (const part of parts) if ((await files[part].handle.links()) === 0) return true
  return false
}

/**
 * A file of which every call waits: the thread of the writer has nothing else to do, and each call that another thread
 * makes for it costs two changes between threads.
 */
function openNewFile(path: string): SegmentHandle {
  const file = openSync(path, 'ax', 0o600)
  return {
    write: bytes => writeSync(file, bytes),
    links: () => fstatSync(file).nlink,
    sync: () => promisify(fsync)(file),
    close: () => closeSync(file),
  }
}
