import { type FSWatcher, watch } from 'node:fs'

/** Being told that something happened in a folder. Only a hint: it may come late, too often or never. */
export type Hints = {
  /** Hint at what happens in these folders from now on, and no longer in others. */
  follow: (folders: readonly string[]) => void
  close: () => void
}

/** A system has few watches to give; beyond these folders, one must look. */
const maxFolders = 256

/**
 * Call `hint` when something happens in the folders that are followed.
 *
 * Each folder hints once, and again only when `follow` is called anew: so a storm of changes costs one event, and a
 * folder that was deleted and made again does not leave a dead watch behind.
 */
export function hintsOf(hint: () => void): Hints {
  const watches = new Map<string, FSWatcher>()
  const drop = (folder: string) => {
    watches.get(folder)?.close()
    watches.delete(folder)
  }
  const onEvent = (folder: string) => {
    drop(folder)
    hint()
  }
  const follow = (folders: readonly string[]) => {
    const wanted = new Set(folders.slice(0, maxFolders))
    for (const folder of watches.keys()) if (!wanted.has(folder)) drop(folder)
    for (const folder of wanted) {
      const watcher = watches.has(folder) ? null : tryWatch(folder, () => onEvent(folder))
      if (watcher) watches.set(folder, watcher)
    }
  }
  return { follow, close: () => follow([]) }
}

/** A watch that cannot be had is null: whoever is not told still looks. */
function tryWatch(folder: string, onEvent: () => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, onEvent).on('error', onEvent)
  } catch {
    return null
  }
}
