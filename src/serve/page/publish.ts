import type { Reason } from '../../state/history.ts'
import { hashOfFiles, putRules } from '../../state/put-rules.ts'
import { type FileChanges, fileChangesTo } from '../../state/replace-files.ts'
import { StateUnusable } from '../../state/state-errors.ts'
import { readRulesFolder } from '../../store/files.ts'
import { FolderUnreadable } from '../../store/folder-unreadable.ts'
import { decode } from '../../yaml/decode.ts'
import type { SourceFile } from '../../yaml/source.ts'
import type { PageDeps } from './page-deps.ts'
import { fine, type PageAnswered, problemOfKind } from './route.ts'
import { unifiedDiff } from './unified-diff.ts'

/** Rules to publish: a version with its files, which were checked. `overwrite` is the state of the folder to replace. */
export type Publishing = {
  version: string
  files: readonly SourceFile[]
  why: string
  who: string
  source: Reason['source']
  overwrite: string | undefined
}

/**
 * Write the files of a version into the rules folder as one set, and reload.
 *
 * Files that were changed on disk since the rules came into force are not overwritten unasked. Where the folder cannot be
 * written, the answer has the change as files and as a patch.
 */
export async function publishRules(publishing: Publishing, deps: PageDeps): Promise<PageAnswered> {
  const { config, rules } = deps
  try {
    const present = await readRulesFolder(config.rules)
    const state = hashOfFiles(present)
    const foreign = fileChangesTo(rules.files, present)
    const isForeign = foreign.written.length + foreign.removed.length > 0
    if (isForeign && publishing.overwrite !== state) return changedOnDisk(foreign, state)
    return await putInForce(
      publishing,
      { present, replaced: isForeign ? state : (rules.current?.version ?? state) },
      deps,
    )
  } catch (error) {
    if (error instanceof FolderUnreadable) return problemOfKind(409, 'folder unreadable', error.message)
    throw error
  }
}

function changedOnDisk({ written, removed }: FileChanges, state: string): PageAnswered {
  const files = [...written.map(({ file }) => file), ...removed].sort()
  const error = `Somebody changed ${files.join(', ')} on disk, and that is not in force: publishing would replace it`
  return problemOfKind(409, 'changed on disk', error, { files, state })
}

type Present = { present: readonly SourceFile[]; replaced: string }

async function putInForce(
  publishing: Publishing,
  { present, replaced }: Present,
  deps: PageDeps,
): Promise<PageAnswered> {
  const { version, files, why, who, source } = publishing
  const { config, rules, now } = deps
  const dir = config.rules
  const changes = fileChangesTo(present, files)
  const isInForce = rules.current?.version === version
  const { dir: state } = await deps.state.open()
  const reason = { version, at: new Date(now()).toISOString(), who, why, source }
  try {
    const put = { dir, state, present, replaced, changes, ...(!isInForce && { reason }) }
    if (!(await putRules(put, () => readRulesFolder(dir)))) {
      return problemOfKind(
        409,
        'folder changes',
        'Somebody else is changing files in the rules folder: nothing was written. Try again',
      )
    }
  } catch (error) {
    if (error instanceof StateUnusable) return notWritable(error.message, present, changes)
    throw error
  }
  const loaded = await rules.reload()
  const inForce = rules.current?.version === version
  if (!inForce && !loaded.ok)
    return problemOfKind(
      409,
      'not loaded',
      'The files are in place, but the service could not load them: see the last reload',
    )
  return fine({ version, inForce, since: rules.since })
}

/** What a folder that cannot be written would get: for whoever can write it. */
function notWritable(problem: string, present: readonly SourceFile[], changes: FileChanges): PageAnswered {
  const texts = new Map(present.map(source => [source.file, decode(source).source.text]))
  const all = [
    ...changes.written.map(source => ({ file: source.file, text: decode(source).source.text })),
    ...changes.removed.map(file => ({ file, text: null })),
  ].sort((a, b) => (a.file < b.file ? -1 : 1))
  const patch = all.map(({ file, text }) => unifiedDiff(file, texts.get(file) ?? null, text)).join('')
  return problemOfKind(409, 'not writable', `${problem}. Nothing was changed: take the change as files or as a patch`, {
    files: all,
    patch,
  })
}
