import test, { type ExecutionContext } from 'ava'
import { FolderUnreadable } from '../../src/store/folder-unreadable.ts'
import { type FolderLook, patienceFor, settle } from '../../src/store/settle.ts'
import type { SourceFile } from '../../src/yaml/source.ts'

type Seen = Record<string, string> | 'gone'

/** In force is `a: old, b: old`. One look after another sees what is listed; the settled one is the `expected`th. */
const settlesOn = test.macro(async (t: ExecutionContext, seen: Seen[], expected: number) => {
  const looks = looksAt(seen)
  const left = looks.values()
  const lookAgain = async () => left.next().value as FolderLook
  const settled = await settle(await lookAgain(), filesInForce, lookAgain, brief)
  t.is(looks.indexOf(settled), expected - 1)
})

const brief = () => patienceFor(100)
const before = { a: 'old', b: 'old' }
const filesInForce = Object.entries(before).map(([file, text]) => ({ file, content: new TextEncoder().encode(text) }))
const edited = { a: 'new', b: 'old' }
const emptied = { a: '', b: 'old' }
const removed = { b: 'old' }

test('an edit is finished once two looks agree', settlesOn, [edited, edited], 2)
test('an edit under way is waited for', settlesOn, [before, { a: 'ne', b: 'old' }, edited, edited], 4)
test('an empty file is not believed at once', settlesOn, [emptied, emptied, emptied, edited, edited], 5)
test('a removed file is not believed at once', settlesOn, [removed, removed, removed, edited, edited], 5)
test('a missing folder is not believed at once', settlesOn, ['gone', 'gone', 'gone', edited, edited], 5)
test('an empty file is believed in the end', settlesOn, [emptied, emptied, emptied, emptied], 4)
test('a missing folder is believed in the end', settlesOn, ['gone', 'gone', 'gone', 'gone'], 4)
test(
  'losing one file after another restarts the wait',
  settlesOn,
  [emptied, emptied, removed, removed, removed, removed],
  6,
)

test('a folder that never settles is loaded as it is', async t => {
  let edits = 0
  const restless = async () => looksAt([{ a: String(edits++) }])[0] as FolderLook
  const settled = await settle(await restless(), [], restless, brief)
  t.is(edits, 51)
  t.deepEqual('files' in settled && settled.files.length, 1)
})

/** How long a folder is looked at that rests from the beginning, that has lost a file, and that never rests. */
const waits = test.macro(async (t: ExecutionContext, settleMs: number, rests: number, lost: number, never: number) => {
  const waitedFor = async (see: (looks: number) => Seen) => {
    let [waitedMs, looks] = [0, 0]
    const all = new Map<string, FolderLook>()
    const lookAgain = async (_: FolderLook | undefined, spellMs: number) => {
      waitedMs += spellMs
      const seen = see(looks++)
      const known = all.get(JSON.stringify(seen)) ?? (looksAt([seen])[0] as FolderLook)
      all.set(JSON.stringify(seen), known)
      return known
    }
    await settle(await lookAgain(undefined, 0), filesInForce, lookAgain, () => patienceFor(settleMs))
    return Math.round(waitedMs)
  }
  t.deepEqual(
    [await waitedFor(() => edited), await waitedFor(() => removed), await waitedFor(at => ({ a: `${at}`, b: 'old' }))],
    [rests, lost, never],
  )
})

test('by default a change waits for a tenth of a second of quiet, and at most 5 s', waits, 100, 100, 300, 5_000)
test('the wait may be nearly nothing', waits, 0, 1, 3, 5_000)
test('the wait may be a second, and then at most 10', waits, 1_000, 1_000, 1_000, 10_000)
test('the wait is as long as asked for, whatever the number', waits, 250, 250, 250, 5_000)
test('the wait may be a minute, and then at most ten', waits, 60_000, 60_000, 60_000, 600_000)

test('after hurry, the wait is only brief', async t => {
  let looks = 0
  const [seen] = looksAt([edited])
  const lookAgain = async () => {
    looks++
    return seen as FolderLook
  }
  const isUrgent = () => looks > 5
  await settle(await lookAgain(), filesInForce, lookAgain, () => patienceFor(isUrgent() ? 100 : 60_000))
  t.is(looks, 6)
})

/** Looks in which the same text in the same file is the same object, as when each is told of the one before. */
function looksAt(seen: Seen[]): FolderLook[] {
  const sources = new Map<string, SourceFile & { content: Uint8Array }>()
  const sourceOf = (file: string, text: string) => {
    const source = sources.get(`${file} ${text}`) ?? { file, content: new TextEncoder().encode(text) }
    sources.set(`${file} ${text}`, source)
    return source
  }
  return seen.map(files => {
    if (files === 'gone') return new FolderUnreadable('rules', 'it does not exist')
    const all = Object.entries(files).map(([file, text]) => sourceOf(file, text))
    const known = new Map(all.map(source => [source.file, { source, stamp: '', trustedUntilMs: 0 }]))
    return { files: all, known }
  })
}
