import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addedTest, type TriedCall } from '../cases/added-test.ts'
import { visible } from '../language/show/visible.ts'
import { decode } from '../yaml/decode.ts'
import { addCase } from '../yaml/format.ts'
import { replace } from './fmt.ts'
import { UsageError } from './io.ts'

/** A call that was tried, the rule to add it to as a test, and the rules folder. */
export type Tried = TriedCall & { dir: string }

/** The outcome, in words; `isRight` is false if the rule has a test with the same input and another expectation. */
export type Saved = { text: string; isRight: boolean }

/**
 * Append a call to the tests of a rule, unless the rule has that test already.
 *
 * The test expects the result of that rule alone, or what is wanted. Throws UsageError if there is no such rule, or if it
 * does not decide such calls.
 */
export async function saveTest({ dir, ...tried }: Tried): Promise<Saved> {
  const added = await addedTest(tried)
  if (added.kind === 'no') throw new UsageError(added.problem)
  if (added.kind === 'known') return added
  const { file, written } = added
  const path = join(dir, file)
  const text = addCase(decode({ file, content: await readFile(path) }).source.text, tried.ruleId, written)
  if (text === undefined) throw new UsageError(`${file} has changed in the meantime: try again`)
  await replace(path, text)
  return { text: `Added to the tests of ${tried.ruleId} in ${visible(file)}`, isRight: true }
}
