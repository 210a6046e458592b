import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { readContentLine, readLine } from '../record/record-line.ts'
import type { HeldPeople } from './holds.ts'
import { isThere } from './is-there.ts'
import { linesOf } from './segment-lines.ts'
import type { Segment } from './segments.ts'

/**
 * Writes what holds are about from a file of a segment that is to be removed into one beside it, whose name ends with
 * `-held`. False if the file must stay, since everything in it was chosen before by the same holds.
 *
 * The content of a decision is held if its envelope is, so the envelope must be there, held or not.
 */
export async function keepHeld(file: Segment, all: readonly Segment[], held: HeldPeople): Promise<boolean> {
  const isChosen = file.isHeld
  const key = [...held].sort().join('\n')
  if (isChosen && chosen.get(file.path) === key) return false
  const ids = file.kind === 'content' ? await heldIds(file, all, held) : undefined
  const isHeld = (line: string) =>
    ids === undefined ? namesHeld(line, held) : ids.has(readContentLine(line)?.id ?? '')
  const target = join(dirname(file.path), `${file.instance}-${file.part}-held.${file.kind}.jsonl.gz`)
  const isAny = await writeLines(file, target, isHeld)
  if (isAny) chosen.set(target, key)
  return !(isAny && isChosen)
}

/** The files that were written for which holds. They are chosen from again after a restart. */
const chosen = new Map<string, string>()

/** Whether a line of an envelope names somebody whom a hold is about. */
function namesHeld(line: string, held: HeldPeople): boolean {
  // Before parsing: hardly any line does.
  if (![...held].some(value => line.includes(JSON.stringify(value)))) return false
  const record = readLine(line)
  if (record?.kind !== 'decision' && record?.kind !== 'draft') return false
  return [...record.users, ...record.groups].some(id => held.has(id))
}

async function heldIds(file: Segment, all: readonly Segment[], held: HeldPeople): Promise<Set<string>> {
  const ids = new Set<string>()
  const isItsEnvelope = ({ kind, hour, instance, part }: Segment) =>
    kind === 'envelope' && hour === file.hour && instance === file.instance && part === file.part
  for (const envelope of all.filter(isItsEnvelope)) {
    if (!(await isThere(envelope.path))) continue
    for await (const line of linesOf(envelope, mustStay)) if (namesHeld(line, held)) ids.add(readLine(line)?.id ?? '')
  }
  return ids
}

/** Writes some lines of a file into another, aside and whole. False, and no file, if there is none. */
async function writeLines(file: Segment, target: string, isWanted: (line: string) => boolean): Promise<boolean> {
  const draft = `${target}.new`
  const wanted = async function* () {
    for await (const line of linesOf(file, mustStay)) if (isWanted(line)) yield `${line}\n`
  }
  try {
    await pipeline(Readable.from(wanted()), createGzip(), createWriteStream(draft, { mode: 0o600, flush: true }))
    const isEmpty = (await stat(draft)).size <= emptyGzipBytes
    if (isEmpty) await rm(draft)
    else await rename(draft, target)
    return !isEmpty
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** What follows where it cannot be known who is in a file. */
const mustStay = 'so it stays, since a hold may be about what is in it'

/** The header and trailer of gzip around nothing. */
const emptyGzipBytes = 20
