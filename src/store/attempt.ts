import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import { FolderUnreadable, isMissing } from './folder-unreadable.ts'
import type { FolderLook } from './settle.ts'

/** What the store needs to know of a rule set. `version` is the hash of its content. */
export type Versioned = { readonly version: string }

/** Compiles files into a rule set; null if they have errors. */
export type Compile<R extends Versioned> = (files: readonly SourceFile[]) => Compilation<R> | Promise<Compilation<R>>

type Compilation<R extends Versioned> = { ruleSet: R | null; diagnostics: readonly Diagnostic[] }

/** The result of loading a folder. Without a rule set, `error` is the reason if it is not in the diagnostics. */
export type Attempt<R extends Versioned> = Compilation<R> & { files: readonly SourceFile[]; error?: Error }

type AttemptDeps<R extends Versioned> = { dir: string; compile: Compile<R>; allowEmpty?: boolean }

/** Try to compile a folder as last read. Every failure, including one of `compile`, is in the result. */
export async function attempt<R extends Versioned>(folder: FolderLook, deps: AttemptDeps<R>): Promise<Attempt<R>> {
  if (!(folder instanceof FolderUnreadable)) return compileFiles(folder.files, deps)
  if (deps.allowEmpty && isMissing(folder, deps.dir)) return compileFiles([], deps)
  return { ruleSet: null, diagnostics: [], files: [], error: folder }
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
