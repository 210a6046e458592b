import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { visible } from '../language/show/visible.ts'
import { decode } from '../yaml/decode.ts'
import { format } from '../yaml/format.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { readFilesOf } from './load.ts'

/** Options of `hookwarden fmt`. With `isCheck` it writes nothing and returns 1 if there is something to do. */
export type FmtOptions = { dir: string; isCheck: boolean }

/** Format the rule files of a folder; comments are kept. Throws FolderUnreadable and WrongFolder. */
export async function fmt({ dir, isCheck }: FmtOptions, io: Io): Promise<ExitCode> {
  const found: string[] = []
  const left: string[] = []
  for (const { file } of await readFilesOf(dir)) {
    if (!/\.ya?ml$/.test(file)) continue
    const path = join(dir, file)
    const { text } = decode({ file, content: await readFile(path) }).source
    const formatted = text.trim() === '' ? text : format(text)
    if (formatted === undefined) left.push(file)
    else if (formatted !== text) {
      found.push(file)
      if (!isCheck) await replace(path, formatted)
    }
  }
  for (const file of found) print(`${isCheck ? 'not formatted' : 'formatted'}  ${visible(file)}\n`, io)
  for (const file of left) io.err(`skipped  ${visible(file)} (run hookwarden check to see its errors)\n`)
  return left.length > 0 || (isCheck && found.length > 0) ? 1 : 0
}

/**
 * Replace a file atomically: a reader sees either the old text or the new one.
 *
 * Follows symbolic links, and keeps the mode of the file.
 */
export async function replace(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const mode = await stat(target).then(
    found => found.mode,
    () => 0o666,
  )
  const aside = join(target, '..', `.${process.pid}-${Date.now()}.tmp`)
  try {
    await writeFile(aside, text, { mode })
    await rename(aside, target)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}
