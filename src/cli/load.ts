import { type Compiled, compile } from '../compile/compile.ts'
import { readRulesFolder } from '../store/files.ts'

/**
 * The rules of a folder, ready to run, or what is wrong with them.
 *
 * Throws FolderUnreadable.
 */
export async function load(dir: string): Promise<Compiled> {
  return compile(await readRulesFolder(dir))
}
