import { join } from 'node:path'
import { callbacks } from '../callbacks/catalogue.ts'
import { namesIn } from '../language/folder/names-defined.ts'
import { schemaOf } from '../language/schema/schema.ts'
import { escapeHidden } from '../language/show/visible.ts'
import type { SourceFile } from '../yaml/source.ts'
import { replace } from './fmt.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { readFilesOf } from './load.ts'

/** The file with the schema: it is beside the rule files, which name it in their first line. */
export const schemaFile = 'rules.schema.json'

/** The first line of a rule file, for editors that use yaml-language-server. */
export const schemaLine = `# yaml-language-server: $schema=./${schemaFile}`

/** Options of `hookwarden schema`. */
export type SchemaOptions = { dir: string; toStdout: boolean }

/** Write or print the JSON schema for the rule files of a folder. Throws FolderUnreadable and WrongFolder. */
export async function schema({ dir, toStdout }: SchemaOptions, io: Io): Promise<ExitCode> {
  const text = schemaText(await readFilesOf(dir))
  if (toStdout) {
    io.out(escapeHidden(text))
    return 0
  }
  const path = join(dir, schemaFile)
  await replace(path, text)
  print(`Wrote ${path}\n\nStart each rule file beside it with this line:\n  ${schemaLine}\n`, io)
  return 0
}

/** The text of the schema file of a folder. */
export function schemaText(files: readonly SourceFile[]): string {
  return `${JSON.stringify(schemaOf(callbacks, namesIn(files)), null, 2)}\n`
}
