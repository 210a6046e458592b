/** Lines that are written together: those of the envelope and of the content, and how many decisions they have. */
export type RecordBatch = {
  envelope: Uint8Array<ArrayBuffer>
  content: Uint8Array<ArrayBuffer>
  decisions: number
  /** The start of their hour, in ms since 1970. */
  hourAt: number
}

/** Why decisions are not on record. */
export const dropReasons = ['queue full', 'disk full', 'failed'] as const

export type DropReason = (typeof dropReasons)[number]

/** What the writer tells: how much was written, what it cannot do for now, and what it had to cut. */
export type RecordReport =
  | { kind: 'written'; batch: { decisions: number; length: number } }
  | { kind: 'trouble'; reason: Exclude<DropReason, 'queue full'>; message: string }
  | { kind: 'well' }
  | { kind: 'cut'; file: string; bytes: number }
  | { kind: 'problem'; message: string }

/** The length of a batch as the queue counts it, in bytes. */
export function lengthOfBatch({ envelope, content }: Pick<RecordBatch, 'envelope' | 'content'>): number {
  return envelope.length + content.length
}
