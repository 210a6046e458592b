import { yaml } from '@codemirror/lang-yaml'
import { syntaxHighlighting } from '@codemirror/language'
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers, type ViewUpdate } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { useEffect, useRef } from 'preact/hooks'
import { nonce } from '../../components/editor.tsx'
import { Banner, Button } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { decideConflict, type OpenFile, type Theirs, typed } from '../../work/session.ts'

function tell({ docChanged, state }: ViewUpdate, file: string): void {
  if (docChanged) typed(file, state.doc.toString())
}

/** Two texts of a file that two people saved: theirs on the left, to be put together on the right. */
export function Conflict({ open, theirs }: { open: OpenFile; theirs: Theirs }) {
  const t = useTexts()
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<MergeView | undefined>(undefined)
  const theirText = (theirs.text ?? '').replaceAll('\r\n', '\n')
  // What is typed on the right stays until it is decided.
  useEffect(() => {
    if (parent.current === null) return
    const shared = [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      yaml(),
      syntaxHighlighting(classHighlighter),
      EditorView.lineWrapping,
    ]
    const made = new MergeView({
      a: { doc: theirText, extensions: [...shared, EditorState.readOnly.of(true)] },
      b: { doc: open.text, extensions: [...shared, EditorView.updateListener.of(update => tell(update, open.file))] },
      parent: parent.current,
      revertControls: 'a-to-b',
      collapseUnchanged: { margin: 3, minSize: 6 },
    })
    view.current = made
    return () => made.destroy()
  }, [theirText])
  return (
    <div class="conflict">
      <Banner kind="warning">
        <p>{t('file.conflict', { who: theirs.who, file: open.file })}</p>
        <Button
          kind="main"
          onClick={() => decideConflict(open.file, view.current?.b.state.doc.toString() ?? open.text)}
        >
          {t('file.keepMine')}
        </Button>
        <Button onClick={() => decideConflict(open.file, theirText)}>{t('file.takeTheirs')}</Button>
      </Banner>
      <div class="merge" ref={parent} />
    </div>
  )
}
