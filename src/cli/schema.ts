import { join } from 'node:path'
import { callbacks } from '../callbacks/catalogue.ts'
import { namesIn } from '../language/folder/names-defined.ts'
import { schemaOf } from '../language/schema/schema.ts'
import { escapeHidden } from '../language/show/visible.ts'
import type { SourceFile } from '../yaml/source.ts'
import { replace } from './fmt.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { readFilesOf } from './load.ts'

/** Where editors find the schema: beside the rule files, which name it in their first line. */
export const schemaFile = 'rules.schema.json'

/** The first line of a rule file, for editors that have yaml-language-server. */
export const schemaLine = `# yaml-language-server: $schema=./${schemaFile}`

/** What `hookwarden schema` is asked. */
export type SchemaOptions = { dir: string; toStdout: boolean }

/** Write or print what editors know of the rule files of a folder. Throws FolderUnreadable and WrongFolder. */
export async function schema({ dir, toStdout }: SchemaOptions, io: Io): Promise<ExitCode> {
  const text = schemaText(await readFilesOf(dir))
  if (toStdout) {
    io.out(escapeHidden(text))
    return 0
  }
  const path = join(dir, schemaFile)
  await replace(path, text)
  print(`Wrote ${path}\n\nRule files beside it begin with\n  ${schemaLine}\n`, io)
  return 0
}

/** The schema of a folder as it stands in its file. Pure. */
export function schemaText(files: readonly SourceFile[]): string {
  return `${JSON.stringify(schemaOf(callbacks, namesIn(files)), null, 2)}\n`
}
