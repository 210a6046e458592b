import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { useEffect, useRef } from 'preact/hooks'

/** What an editor shows, and what it tells. `text` is the one that it begins with; `at` is the line to go to, 1-based; a new object goes there again. */
export type EditorProps = {
  file: string
  text: string
  label: string
  isReadOnly: boolean
  diagnostics: readonly Diagnostic[]
  extensions: Extension
  at?: { line: number } | undefined
  /**
   * Watches for texts that did not come from this editor. They are shown at once: a key that is pressed before would
   * otherwise bring the text before them back.
   */
  watch(show: (text: string) => void): () => void
  onText(text: string): void
  onLine(line: number): void
}

/** The nonce by which the browser lets the editor have its styles. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? ''

/** A text editor for rule files and lists. It is made anew for each file, so that undoing never leads into another one. */
export function Editor(props: EditorProps) {
  const { file, text, diagnostics, at, isReadOnly } = props
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props
  const readOnly = useRef(new Compartment())
  useEffect(() => {
    if (parent.current === null) return
    const state = EditorState.create({ doc: latest.current.text, extensions: extensionsFor(latest, readOnly.current) })
    const made = new EditorView({ state, parent: parent.current })
    view.current = made
    return () => {
      made.destroy()
      view.current = undefined
    }
  }, [file])
  useEffect(() => latest.current.watch(changed => view.current && replaceText(view.current, changed)), [file])
  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.current.reconfigure(EditorState.readOnly.of(isReadOnly)) })
  }, [isReadOnly, file])
  useEffect(() => {
    const { current } = view
    if (current === undefined) return
    const { length } = current.state.doc
    const within = diagnostics.filter(({ from, to }) => from <= length && to <= length)
    current.dispatch(setDiagnostics(current.state, within))
  }, [diagnostics, file, text])
  useEffect(() => {
    if (view.current !== undefined && at !== undefined) goToLine(view.current, at.line)
  }, [at, file])
  return <div class="editor" ref={parent} />
}

function extensionsFor(latest: { current: EditorProps }, readOnly: Compartment): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    foldGutter(),
    drawSelection(),
    indentOnInput(),
    syntaxHighlighting(classHighlighter),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    lintGutter(),
    tooltips({ parent: document.body }),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    latest.current.file.endsWith('.txt') ? [] : yaml(),
    EditorView.contentAttributes.of({ 'aria-label': latest.current.label, spellcheck: 'false' }),
    readOnly.of(EditorState.readOnly.of(latest.current.isReadOnly)),
    latest.current.extensions,
    EditorView.updateListener.of(update => {
      if (update.docChanged) latest.current.onText(update.state.doc.toString())
      if (update.docChanged || update.selectionSet) {
        latest.current.onLine(update.state.doc.lineAt(update.state.selection.main.head).number)
      }
    }),
  ]
}

/** Puts another text in place by what differs, so that the cursor stays where it is. */
function replaceText(view: EditorView, text: string): void {
  const before = view.state.doc.toString()
  if (before === text) return
  let start = 0
  const most = Math.min(before.length, text.length)
  while (start < most && before[start] === text[start]) start += 1
  let end = 0
  while (end < most - start && before.at(-1 - end) === text.at(-1 - end)) end += 1
  view.dispatch({ changes: { from: start, to: before.length - end, insert: text.slice(start, text.length - end) } })
}

function goToLine(view: EditorView, line: number): void {
  const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines))
  view.dispatch({
    selection: { anchor: found.from },
    effects: EditorView.scrollIntoView(found.from, { y: 'start', yMargin: 24 }),
  })
}
