import type { Diagnostic } from '@codemirror/lint'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { ApiProblem } from '../../api.ts'
import { Editor } from '../../components/editor.tsx'
import { Mark, Problem, UserText } from '../../components/parts.tsx'
import { helpFor } from '../../editing.ts'
import { useTexts } from '../../language.ts'
import { useStore } from '../../store.ts'
import { type OpenFile, openFile, saveNow, session, typed, watchOutside } from '../../work/session.ts'
import { Conflict } from './conflict.tsx'

type FilePaneProps = {
  file: string
  at: { line: number } | undefined
  isReadOnly: boolean
  diagnostics(text: string): readonly Diagnostic[]
  onLine(line: number): void
}

/** One file, to be changed: what is typed is saved in the draft. */
export function FilePane({ file, at, isReadOnly, diagnostics, onLine }: FilePaneProps) {
  const t = useTexts()
  const { draft, files } = useStore(session)
  const [problem, fail] = useState<ApiProblem>()
  const open = files.get(file)
  const load = () => {
    fail(undefined)
    openFile(file).catch((error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error
      fail(error)
    })
  }
  // Loads anew for another file or draft only.
  useEffect(load, [file, draft])
  const help = useMemo(() => helpFor(file), [file])
  const text = open?.text ?? ''
  const marks = useMemo(() => diagnostics(text), [diagnostics, text])
  if (problem !== undefined && open === undefined) {
    return <Problem what={t('file.failed', { file })} problem={problem} retry={load} />
  }
  if (open === undefined) return <p class="quiet waiting">{t('file.opening', { file })}</p>
  return (
    <div class="file-pane">
      <header class="file-head">
        <span class="file-name">
          <UserText text={file} />
        </span>
        <FileState open={open} draft={draft} />
      </header>
      {open.state === 'failed' && open.problem !== undefined && open.problem.answer.kind !== 'closed' && (
        <Problem what={t('file.saveFailed')} problem={open.problem} retry={() => void saveNow()} />
      )}
      {open.theirs !== undefined ? (
        <Conflict open={open} theirs={open.theirs} />
      ) : (
        <Editor
          {...{ file, text, at, isReadOnly, onLine }}
          label={t('file.editor', { file })}
          diagnostics={marks}
          extensions={help}
          watch={show => watchOutside(file, show)}
          onText={next => typed(file, next)}
        />
      )}
    </div>
  )
}

function FileState({ open, draft }: { open: OpenFile; draft: string | null }) {
  const t = useTexts()
  const isUntouched = draft === null && open.state === 'saved'
  const key = isUntouched ? 'file.state.inForce' : (`file.state.${open.state}` as const)
  return (
    <span role="status">
      <Mark kind={open.state}>{t(key)}</Mark>
    </span>
  )
}
