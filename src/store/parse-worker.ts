/** The script of the thread that parses long files: it receives sources, and answers each with its tree. */
import { parentPort } from 'node:worker_threads'
import { parseYaml } from '../yaml/parse.ts'
import type { Source } from '../yaml/source.ts'
import { type PackedYaml, pack } from './packed-tree.ts'

/** The result for a file. */
export type ParsedAside = PackedYaml & { file: string }

parentPort?.on('message', (source: Source) => {
  const packed = pack(parseYaml(source), source.text)
  const answer: ParsedAside = { file: source.file, ...packed }
  // The numbers are transferred: copying them would block the receiving thread, and calls would wait.
  parentPort?.postMessage(
    answer,
    packed.tree === null ? [] : [packed.tree.numbers.buffer as ArrayBuffer, packed.tree.ends.buffer as ArrayBuffer],
  )
})
