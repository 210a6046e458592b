import type { ToldFlags } from './impact-told.ts'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import type { RecordsAsked } from './records-asked.ts'
import { saveExample } from './save-example.ts'

/**
 * Add calls on record to the tests of a draft: `ID` or `ID=right` expects what the draft does, `ID=wrong` the opposite.
 *
 * 1 if a test was not added since another one has the same input. Throws UsageError.
 */
export async function saveExamples(
  written: readonly string[],
  { draft: dir, ...flags }: ToldFlags & { draft?: string },
  asked: RecordsAsked,
  io: Io,
): Promise<ExitCode> {
  const other = (['json', 'html', 'judge'] as const).find(flag => flags[flag] !== undefined)
  if (other !== undefined) throw new UsageError(`--save-test makes no report: leave out --${other}`)
  if (dir === undefined) throw new UsageError('Name the folder of the draft: hookwarden impact my-draft --save-test ID')
  let code: ExitCode = 0
  for (const { id, says } of written.map(readSaid)) {
    const { text, isRight } = await saveExample({ id, says, dir, asked })
    print(`${text}\n`, io)
    if (!isRight) code = 1
  }
  return code
}

function readSaid(written: string): { id: string; says: 'right' | 'wrong' } {
  const [id = '', says = 'right', ...more] = written.split('=')
  if (more.length === 0 && id !== '' && (says === 'right' || says === 'wrong')) return { id, says }
  throw new UsageError(`--save-test takes the id of a call, ID=right or ID=wrong; this is ${written}`)
}
