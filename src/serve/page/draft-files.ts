import type { RuleDraft } from '../../state/draft-lines.ts'
import { decode } from '../../yaml/decode.ts'
import type { SourceFile } from '../../yaml/source.ts'

/** How many drafts are kept as files. */
const mostDrafts = 4

/** The files of drafts. A file that did not change is the same object as before, so that it need not be sent again. */
export class DraftFiles {
  readonly #made = new Map<string, Map<string, SourceFile>>()

  /** The files of a draft, in order, given those of its base. */
  filesOf({ id, changes }: RuleDraft, base: readonly SourceFile[]): readonly SourceFile[] {
    const before = this.#made.get(id)
    const now = new Map<string, SourceFile>()
    const all = new Map(base.map(source => [source.file, source]))
    for (const [file, { text }] of changes) {
      if (text === null) {
        all.delete(file)
        continue
      }
      const known = before?.get(file)
      const source = known?.content === text ? known : { file, content: text }
      now.set(file, source)
      all.set(file, source)
    }
    this.#keep(id, now)
    return [...all.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
  }

  #keep(id: string, files: Map<string, SourceFile>): void {
    this.#made.delete(id)
    this.#made.set(id, files)
    const [oldest] = this.#made.keys()
    if (this.#made.size > mostDrafts && oldest !== undefined) this.#made.delete(oldest)
  }
}

/** The text of a file as it is; undefined if there is no such file. */
export function textOfFile(files: readonly SourceFile[], file: string): string | undefined {
  const source = files.find(each => each.file === file)
  return source && decode(source).source.text
}
