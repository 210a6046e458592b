import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { FolderUnreadable, isMissing } from './folder-unreadable.ts'
import type { FolderLook } from './settle.ts'

/** What the store needs to know of a rule set. `version` is the hash of its content. */
export type Versioned = { readonly version: string }

/** Makes a rule set of files, or null and what is wrong with them. */
export type Compile<R extends Versioned> = (files: readonly SourceFile[]) => Compilation<R> | Promise<Compilation<R>>

type Compilation<R extends Versioned> = { ruleSet: R | null; diagnostics: readonly Diagnostic[] }

/** What came of a folder. Without a rule set, `error` says why when it is not for the diagnostics to say. */
export type Attempt<R extends Versioned> = Compilation<R> & { files: readonly SourceFile[]; error?: Error }

type AttemptDeps<R extends Versioned> = { dir: string; compile: Compile<R>; allowEmpty?: boolean }

/** Try to make a rule set of a folder as it was seen. Whatever fails, `compile` included, is in the answer. */
export async function attempt<R extends Versioned>(seen: FolderLook, deps: AttemptDeps<R>): Promise<Attempt<R>> {
  if (!(seen instanceof FolderUnreadable)) return compileFiles(seen.files, deps)
  if (deps.allowEmpty && isMissing(seen, deps.dir)) return compileFiles([], deps)
  return { ruleSet: null, diagnostics: [], files: [], error: seen }
}

async function compileFiles<R extends Versioned>(
  files: readonly SourceFile[],
  { compile }: AttemptDeps<R>,
): Promise<Attempt<R>> {
  try {
    const { ruleSet, diagnostics } = await compile(files)
    return { ruleSet, diagnostics, files }
  } catch (cause) {
    return { ruleSet: null, diagnostics: [], files, error: new Error('The rules could not be compiled', { cause }) }
  }
}
