import type { Fix } from '../../src/yaml/diagnostic.ts'

/** Files as they are once a fix has been applied. */
export function fixed(
  files: readonly { file: string; content: string }[],
  { edits }: Pick<Fix, 'edits'>,
): { file: string; content: string }[] {
  const fromTheEnd = [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
  return files.map(({ file, content }) => ({
    file,
    content: fromTheEnd
      .filter(({ span }) => span.file === file)
      .reduce((text, { span, text: written }) => text.slice(0, span.start) + written + text.slice(span.end), content),
  }))
}
