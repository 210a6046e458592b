import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { type Loaded, RuleStore, type StoreDeps } from '../../src/store/store.ts'
import type { Diagnostic } from '../../src/yaml/diagnostic.ts'
import type { SourceFile } from '../../src/yaml/source.ts'

/** An empty place on disk that goes away with the test; the real path, without links. */
export function tempFolder(t: ExecutionContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'hookwarden-')))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Write files, with the folders they are in. */
export function write(dir: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), text)
  }
}

/** Files as plain text by name, in their order. */
export function texts(files: readonly SourceFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ file, content }) => [file, new TextDecoder().decode(content as Uint8Array)]))
}

/** A rule set that is nothing but the texts it was made of. A file that says `broken` is an error. */
export type Texts = { version: string; texts: Record<string, string> }

export function compileTexts(files: readonly SourceFile[]): { ruleSet: Texts | null; diagnostics: Diagnostic[] } {
  const all = texts(files)
  const diagnostics = Object.keys(all)
    .filter(file => all[file] === 'broken')
    .map(
      (file): Diagnostic => ({ severity: 'error', code: 'unknown-key', message: '', span: { file, start: 0, end: 6 } }),
    )
  return { ruleSet: diagnostics.length > 0 ? null : { version: JSON.stringify(all), texts: all }, diagnostics }
}

/** A store over a folder, with all its attempts, and a way to wait for the one that is meant. */
export function openStore(dir: string, deps: Partial<StoreDeps<Texts>> = {}) {
  const attempts: Loaded<Texts>[] = []
  let wake = () => {}
  const onReload = (loaded: Loaded<Texts>) => {
    attempts.push(loaded)
    wake()
  }
  const store = new RuleStore<Texts>({ dir, compile: compileTexts, now: clock(), onReload, ...deps })
  const until = async (isMeant: (loaded: Loaded<Texts>) => boolean): Promise<Loaded<Texts>> => {
    for (;;) {
      const found = attempts.find(isMeant)
      if (found) return found
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  return { store, attempts, until }
}

/** A clock on which each look is a second later. */
function clock(): () => Date {
  let seconds = 0
  return () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++))
}
