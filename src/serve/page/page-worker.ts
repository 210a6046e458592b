/** The script of the page's thread. It receives rule files, and questions about them, one at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { hasErrors } from '../../yaml/diagnostic.ts'
import { HeapLimitExceeded, heapLimit } from '../heap-limit.ts'
import type { AskAbout, FromPageWorker, PageWorkerData, ToPageWorker, Worked } from './asks.ts'
import { type Between, RuleSets } from './rule-sets.ts'
import { changesBetween } from './work/changes.ts'
import { complete, meaningOf } from './work/complete.ts'
import { writeNewRule } from './work/new-rule.ts'
import { outlineOf, shownDiagnostics } from './work/outline.ts'
import { testsOfRules } from './work/tests.ts'
import { keepAsTest, tryCall } from './work/try-call.ts'

const { maxHeapMb, maxTextBytes, allowEmpty } = workerData as PageWorkerData
const checkMemory = heapLimit(maxHeapMb)
const sets = new RuleSets({ allowEmpty })

parentPort?.on('message', async (message: ToPageWorker) => {
  switch (message.kind) {
    case 'files':
      return sets.update(message.key, message.changed, message.removed, message.like)
    case 'forget':
      return sets.forget(message.key)
    case 'ask':
      return answer(message.about, message.stop)
  }
})

send({ kind: 'ready' })

/** Nobody waits for the answer any more. */
class Stopped extends Error {
  override name = 'Stopped'
}

/** Too much memory ends the thread, as every other error. */
async function answer(about: AskAbout, stop: SharedArrayBuffer): Promise<void> {
  const flag = new Int32Array(stop)
  const between = () => {
    if (Atomics.load(flag, 0) === 1) throw new Stopped()
    checkMemory()
  }
  try {
    const worked = await workOut(about, between)
    if ('problem' in worked) return send({ kind: 'problem', ...worked })
    const body = new TextEncoder().encode(JSON.stringify(worked.body))
    if (body.length > mostBytes) return send({ kind: 'problem', status: 422, problem: tooLong })
    send({ kind: 'answer', body }, body)
  } catch (error) {
    if (error instanceof Stopped) return send({ kind: 'stopped' })
    throw error instanceof HeapLimitExceeded ? error : new Error(`The page asked "${about.ask.kind}"`, { cause: error })
  }
}

/** Room for ten thousand rules with their sentences. */
const mostBytes = 32 * 1024 * 1024
const tooLong = 'The answer is too long: ask about fewer rules'

async function workOut(asked: AskAbout, between: Between): Promise<Worked> {
  const { key, edits, pauses, ask, draft } = asked
  const told = (version: string | null) => ({ about: { version, draft, edited: Object.keys(edits) } })
  if (ask.kind === 'complete') return { body: { ...told(null), ...complete(sets.files(key, edits), ask) } }
  if (ask.kind === 'meaning') return { body: { ...told(null), ...meaningOf(sets.files(key, edits), ask) } }
  if (ask.kind === 'new rule') return writeNewRule(sets.files(key, edits), ask)
  const checked = ask.kind === 'publish' ? sets.replacing(key, ask.than, between) : sets.checked(key, edits, between)
  const shown = shownDiagnostics(checked.diagnostics, checked.sources)
  const about = told(checked.ruleSet?.version ?? null)
  if (ask.kind === 'rules') {
    const rules = checked.ruleSet && outlineOf(checked.ruleSet)
    const paused = new Map(pauses.map(pause => [pause.rule, pause]))
    return {
      body: { ...about, rules: rules?.map(rule => ({ ...rule, paused: pausedNow(rule, paused) })) ?? null, ...shown },
    }
  }
  if (checked.ruleSet === null || hasErrors(checked.diagnostics)) {
    return { status: 422, problem: 'These rules have errors', more: { kind: 'errors', ...about, ...shown } }
  }
  const ids = pauses.map(({ rule }) => rule)
  const ruleSet = sets.ruleSet(key, edits, ids, between) ?? checked.ruleSet
  switch (ask.kind) {
    case 'tests':
      return { body: { ...about, tests: await testsOfRules(ruleSet, ask, between) } }
    case 'try': {
      const worked = await tryCall(ruleSet, ask.wanted, { maxTextBytes, between })
      return 'problem' in worked ? worked : { body: { ...about, ...worked.body } }
    }
    case 'keep test': {
      const files = sets.files(key, edits)
      return keepAsTest(ruleSet, files, { rule: ask.rule, wanted: ask.wanted, maxTextBytes })
    }
    case 'changes':
    case 'publish': {
      const old = sets.ruleSet(ask.than, {}, [], between)
      const changes = old === null ? { stricter: [], others: [] } : changesBetween(old, checked.ruleSet, between)
      return { body: { ...about, ...changes, ...shown } }
    }
  }
}

/** A rule that its file does not enforce is not paused as well. */
function pausedNow<P>({ rule, mode }: { rule: string; mode: string }, paused: ReadonlyMap<string, P>): P | null {
  return mode === 'enforce' ? (paused.get(rule) ?? null) : null
}

/** Bytes are transferred: copying them would block the other side. */
function send(message: FromPageWorker, bytes?: Uint8Array<ArrayBuffer>): void {
  parentPort?.postMessage(message, bytes === undefined ? [] : [bytes.buffer])
}
