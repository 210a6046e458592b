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
 * Load and compile the rules of a folder.
 *
 * Throws FolderUnreadable and WrongFolder.
 */
export async function load(dir: string): Promise<Compiled> {
  const compiled = check(await readFilesOf(dir))
  if (!compiled.diagnostics.some(isNoRules)) return compiled
  const near = await nearFolders(dir)
  const folders = near.length === 0 ? [] : [`Folders with rule files: ${named(near)}`]
  const diagnostics = compiled.diagnostics.map(each =>
    isNoRules(each) ? { ...each, hint: [each.hint, ...folders].join('\n') } : each,
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

/** Read the files of a rules folder. Throws FolderUnreadable, and WrongFolder if the folder does not exist. */
export async function readFilesOf(dir: string): Promise<readonly SourceFile[]> {
  try {
    return await readRulesFolder(dir)
  } catch (error) {
    throw await orWrongFolder(error, dir)
  }
}

/** The same error, or a WrongFolder that names folders nearby if the path is not a folder. */
export async function orWrongFolder(error: unknown, dir: string): Promise<unknown> {
  if (!(error instanceof FolderUnreadable) || !isNoFolder(error)) return error
  const near = await nearFolders(dir)
  // The search went through the path itself, so it is right: something inside is wrong.
  return near.includes(dir) ? error : new WrongFolder(error, dir, near)
}

/** The path is not a rules folder. `near` are paths of rules folders nearby, as a user would type them. */
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

/** What to type instead of a command with a wrong folder; undefined if there is nothing to suggest. */
export function folderHint({ dir, near }: WrongFolder, argv: readonly string[]): string | undefined {
  const nearest = misspelt(dir, near) ?? near[0]
  if (nearest === undefined) return isAbsolute(dir) ? undefined : `Create one: hookwarden init ${dir}`
  const command = ['hookwarden', ...withFolder(argv, dir, nearest)].join(' ')
  return `Folders with rule files: ${named(near)}. Try: ${command}`
}

/** Folders in a sentence, where a lone dot would be read as its end. */
function named(folders: readonly string[]): string {
  return folders.map(folder => (folder === '.' ? 'this one (.)' : folder)).join(', ')
}

function withFolder(argv: readonly string[], dir: string, folder: string): readonly string[] {
  const named = argv.map(each => (each === dir ? folder : each === `--rules=${dir}` ? `--rules=${folder}` : each))
  return named.some((each, at) => each !== argv[at]) ? named : [...argv, '--rules', folder]
}

function isNoRules({ code }: Diagnostic): boolean {
  return code === 'no-rules'
}
