/** A text that was typed and is not saved yet, kept in this browser until it is. `tab` is the one that it was typed in. */
export type Unsaved = Typed & { tab: string }

/** `sent` are the texts of tries to save it that were not answered. */
export type Typed = { text: string; revision: number; sent?: readonly string[] }

const prefix = 'hookwarden:unsaved:'

/** This tab, also after a reload. */
const tab = sessionStorage.getItem('hookwarden:tab') ?? crypto.getRandomValues(new Uint32Array(2)).join('-')
sessionStorage.setItem('hookwarden:tab', tab)

function keyOf(draft: string | null, file: string): string {
  return `${prefix}${JSON.stringify([draft ?? '', file])}`
}

/** Keeps a text; false if the browser has no room for it. */
export function keepUnsaved(draft: string | null, file: string, typed: Typed): boolean {
  try {
    localStorage.setItem(keyOf(draft, file), JSON.stringify({ ...typed, tab } satisfies Unsaved))
    return true
  } catch {
    // The text is still on the page, and is being saved.
    return false
  }
}

/** Forgets a text, unless another tab has kept its own since. */
export function forgetUnsaved(draft: string | null, file: string): void {
  if (unsavedIn(draft, file)?.tab === tab) localStorage.removeItem(keyOf(draft, file))
}

/** The text of a file that was typed and never saved. */
export function unsavedIn(draft: string | null, file: string): Unsaved | undefined {
  const text = localStorage.getItem(keyOf(draft, file))
  return text === null ? undefined : (JSON.parse(text) as Unsaved)
}

/** The files of a draft with texts that were typed and never saved. */
export function unsavedFiles(draft: string | null): readonly string[] {
  return Object.keys(localStorage).flatMap(key => {
    if (!key.startsWith(prefix)) return []
    const [of, file] = JSON.parse(key.slice(prefix.length)) as [string, string]
    return of === (draft ?? '') ? [file] : []
  })
}
