// A process that keeps counts in a folder: `node --import tsx test/state/_keeping.ts DIR [EVERY_MS]`. It tells what
// happens on standard output and takes commands from standard input: `count KEY`, `ask KEY`, `many KEYS`, `saved`,
// `files`, `reload KEY` (what another store would load) and `end`. A first one takes everything for known.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Counter, CountQuestion } from '../../src/compile/counter.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { keepCounts } from '../../src/state/keep-counts.ts'
import { openState } from '../../src/state/state.ts'

const [dir = '', everyMs = '30000'] = process.argv.slice(2)
const dayMs = 86_400_000
const counters: Counter[] = [{ id: 'calls', counting: 'let through', keepMs: dayMs, most: 6 }]
let ref = 0

function tell(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

async function run(): Promise<void> {
  const state = await openState(dir)
  const store = new MemoryCounts({ secret: state.secret, since: -Infinity })
  const now = () => Date.now()
  const count = (key: string) => {
    store.settle({ ref: ++ref, at: now() }, { kept: [{ counter: 'calls', key }], holds: [] })
  }
  const tellReloaded = async (key: string) => {
    const other = new MemoryCounts({ secret: state.secret })
    other.load(await readFile(join(dir, 'counts')), { at: now(), hasGap: true })
    other.use(counters, now())
    tell((await other.peek({ ref: 0, at: now() }, [question(key)])).get('q')?.[0])
  }
  const onProblem = ({ message }: Error) => tell({ problem: message })
  const kept = await keepCounts(store, state, { everyMs: Number(everyMs), now, onProblem })
  store.use(counters, now())
  tell('ready')
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, key = ''] = line.split(' ')
    if (command === 'count') count(key)
    if (command === 'ask') tell((await store.peek({ ref: 0, at: now() }, [question(key)])).get('q')?.[0])
    if (command === 'saved') tell(kept.savedAt)
    if (command === 'many') for (let at = 0; at < Number(key); at++) count(`u-${at}`)
    if (command === 'files') tell((await readdir(dir)).sort())
    if (command === 'reload') await tellReloaded(key)
    if (command === 'end') {
      await kept.end()
      await state.release()
      tell('ended')
    }
  }
}

function question(key: string): CountQuestion {
  const rest = { id: 'q', round: 'count', kind: 'count', takes: false, tellsOthers: false } as const
  return { ...rest, counter: 'calls', withinMs: dayMs, keys: [{ key, isOwn: false }] }
}

run().catch(({ name, message }: Error) => {
  tell({ [name]: message })
  process.exitCode = 2
})
