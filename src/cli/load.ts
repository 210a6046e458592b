import { stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { Compiled } from '../compile/compile.ts'
import { misspelt } from '../language/advice/suggest.ts'
import { check } from '../lint/check.ts'
import { readRulesFolder } from '../store/files.ts'
import { FolderUnreadable, isNoFolder } from '../store/folder-unreadable.ts'
import { nearFolders } from '../store/near-folders.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'

/**
 * The rules of a folder, ready to run, or what is wrong with them.
 *
 * Throws FolderUnreadable and WrongFolder.
 */
export async function load(dir: string): Promise<Compiled> {
  const compiled = check(await readFilesOf(dir))
  if (!compiled.diagnostics.some(isNoRules)) return compiled
  const near = await nearFolders(dir)
  const told = near.length === 0 ? [] : [`Folders with rule files: ${near.join(', ')}`]
  const diagnostics = compiled.diagnostics.map(each =>
    isNoRules(each) ? { ...each, hint: [each.hint, ...told].join('\n') } : each,
  )
  return { ...compiled, diagnostics }
}

/** Whether there is a folder at a path. */
export function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

/** The files of a rules folder. Throws FolderUnreadable, and WrongFolder where there is no such folder. */
export async function readFilesOf(dir: string): Promise<readonly SourceFile[]> {
  try {
    return await readRulesFolder(dir)
  } catch (error) {
    throw await orWrongFolder(error, dir)
  }
}

/** What went wrong with a folder; where it is no folder at all, with those that are near. */
export async function orWrongFolder(error: unknown, dir: string): Promise<unknown> {
  if (!(error instanceof FolderUnreadable) || !isNoFolder(error)) return error
  const near = await nearFolders(dir)
  // What is below the place itself was found by way of it: something in it is wrong, not the place.
  return near.includes(dir) ? error : new WrongFolder(error, dir, near)
}

/** A place without rules where some were looked for. `near` are folders that have some, as a shell names them. */
export class WrongFolder extends Error {
  override name = 'WrongFolder'
  readonly dir: string
  readonly near: readonly string[]

  constructor(cause: FolderUnreadable, dir: string, near: readonly string[]) {
    super(cause.message, { cause })
    this.dir = dir
    this.near = near
  }
}

/** What to type in the place of a command that named a wrong folder; undefined when nobody can tell. Pure. */
export function folderHint({ dir, near }: WrongFolder, argv: readonly string[]): string | undefined {
  const nearest = misspelt(dir, near) ?? near[0]
  if (nearest === undefined) return isAbsolute(dir) ? undefined : `Make one: hookwarden init ${dir}`
  const command = ['hookwarden', ...withFolder(argv, dir, nearest)].join(' ')
  return `Folders with rule files: ${near.join(', ')}. Write: ${command}`
}

function withFolder(argv: readonly string[], dir: string, folder: string): readonly string[] {
  const named = argv.map(each => (each === dir ? folder : each === `--rules=${dir}` ? `--rules=${folder}` : each))
  return named.some((each, at) => each !== argv[at]) ? named : [...argv, '--rules', folder]
}

function isNoRules({ code }: Diagnostic): boolean {
  return code === 'no-rules'
}
