import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { Diagnostic } from '@codemirror/lint'
import { type EditorState, type Extension, Text } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import type { MeaningAnswer, OffersAnswer, RulesAnswer } from '../serve/page/answers.ts'
import { askApi } from './api.ts'
import { editsIn, session } from './work/session.ts'

/** What the service offers and explains while somebody types in a rule file. */
export function helpFor(file: string): Extension {
  if (file.endsWith('.txt')) return []
  return [
    autocompletion({ override: [context => offers(file, context)], activateOnTyping: true, icons: false }),
    hoverTooltip((view, position) => meaning(file, view.state, position), { hoverTime: 350 }),
  ]
}

function askedAt(file: string, state: EditorState, position: number): object {
  const { draft } = session.get()
  const line = state.doc.lineAt(position)
  const edits = { ...editsIn(session.get()), [file]: state.doc.toString() }
  return { ...(draft !== null && { draft }), edits, file, line: line.number, column: position - line.from + 1 }
}

async function offers(file: string, context: CompletionContext): Promise<CompletionResult | null> {
  if (!context.explicit && context.matchBefore(/[\p{L}\p{N}_.]$|[:{[,-] $/u) === null) return null
  const stop = new AbortController()
  context.addEventListener('abort', () => stop.abort())
  const body = askedAt(file, context.state, context.pos)
  const answer = await askApi<OffersAnswer>('complete', { body, signal: stop.signal }).catch(() => undefined)
  if (answer === undefined || answer.offers.length === 0) return null
  const line = context.state.doc.lineAt(context.pos)
  const from = line.from + answer.from - 1
  const rest = context.state.sliceDoc(context.pos, line.to)
  return {
    from,
    options: answer.offers.map(({ label, text, about, kind }): Completion => {
      // A key that is there already has its colon.
      const apply = kind === 'key' && /^[^,{}[\]]*:/.test(rest) ? text.replace(/: $/, '') : text
      return { label, apply, info: about, type: kind === 'key' ? 'property' : 'constant' }
    }),
    validFor: /^[\p{L}\p{N}_. -]*$/u,
  }
}

async function meaning(file: string, state: EditorState, position: number) {
  const answer = await askApi<MeaningAnswer>('meaning', { body: askedAt(file, state, position) }).catch(() => undefined)
  if (answer === undefined || answer.meaning === null) return null
  const line = state.doc.lineAt(position)
  return {
    pos: line.from + answer.from - 1,
    end: line.from + answer.to - 1,
    above: true,
    create: () => ({ dom: meaningBox(answer.meaning ?? '', answer.example) }),
  }
}

function meaningBox(text: string, example: string | null): HTMLElement {
  const box = document.createElement('div')
  box.className = 'meaning'
  const words = document.createElement('p')
  words.textContent = text
  box.append(words)
  if (example !== null) {
    const code = document.createElement('pre')
    code.textContent = example
    box.append(code)
  }
  return box
}

type ShownDiagnostic = RulesAnswer['diagnostics'][number]

/** Mistakes and warnings of a file as its editor shows them, each fix as a button. */
export function marksOf(all: readonly ShownDiagnostic[], file: string, text: string): readonly Diagnostic[] {
  const doc = Text.of(text.split('\n'))
  return all
    .filter(each => each.file === file)
    .flatMap(each => {
      const from = offsetOf(doc, each.line, each.column)
      const to = offsetOf(doc, each.endLine, each.endColumn)
      if (from === undefined || to === undefined) return []
      const mark: Diagnostic = {
        ...{ from, to: Math.max(to, from), severity: each.severity },
        message: each.hint === undefined ? each.message : `${each.message}\n${each.hint}`,
        actions: fixesOf(each, file).map(({ label, apply }) => ({
          name: label,
          apply: view => view.dispatch({ changes: apply(view.state.doc) }),
        })),
      }
      return [mark]
    })
}

/** A fix as changes to the text that it was made for. */
export type TextFix = { label: string; apply(doc: Text): { from: number; to: number; insert: string }[] }

/** The fixes of a diagnostic that change only its own file. */
export function fixesOf({ fixes = [] }: ShownDiagnostic, file: string): readonly TextFix[] {
  return fixes
    .filter(({ edits }) => edits.every(({ span }) => span.file === file))
    .map(({ label, edits }) => ({
      label,
      apply: doc =>
        edits.flatMap(({ span, text }) => {
          const [from, to] = [offsetOf(doc, span.line, span.column), offsetOf(doc, span.endLine, span.endColumn)]
          return from === undefined || to === undefined ? [] : [{ from, to, insert: text.replaceAll('\r\n', '\n') }]
        }),
    }))
}

/** A text with a fix applied. */
export function fixed(text: string, fix: TextFix): string {
  const doc = Text.of(text.split('\n'))
  const changes = [...fix.apply(doc)].sort((a, b) => b.from - a.from)
  return changes.reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text)
}

function offsetOf(doc: Text, line: number, column: number): number | undefined {
  if (line > doc.lines) return undefined
  const { from, to } = doc.line(line)
  return Math.min(from + column - 1, to)
}
