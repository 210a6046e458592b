/** The thread that parses long files: it is sent a source, and answers with a piece of its tree each time it is asked. */
import { parentPort } from 'node:worker_threads'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { Source } from '../language/source.ts'
import { stepsOf, type TreeStep } from '../language/tree-steps.ts'
import { parseYaml } from '../language/yaml.ts'

/** A piece of a tree; the last has what is wrong with the file. */
export type Piece = { steps: readonly TreeStep[]; diagnostics?: readonly Diagnostic[] }

/** So many steps are taken over by the other side in a millisecond or two. */
const stepsInPiece = 2000

let pieces: Generator<Piece> | undefined

parentPort?.on('message', (asked: Source | 'more') => {
  if (asked !== 'more') pieces = piecesOf(asked)
  parentPort?.postMessage(pieces?.next().value)
})

function* piecesOf(source: Source): Generator<Piece> {
  const { root, diagnostics } = parseYaml(source)
  let steps: TreeStep[] = []
  for (const step of root === null ? [] : stepsOf(root)) {
    steps.push(step)
    if (steps.length < stepsInPiece) continue
    yield { steps }
    steps = []
  }
  yield { steps, diagnostics }
}
