import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ApiProblem } from '../api.ts'
import { useTexts } from '../language.ts'

/** A text of users or rule authors: kept apart from the direction of the page's own, with invisible characters shown. */
export function UserText({ text }: { text: string }) {
  const pieces = text.split(hidden)
  return (
    <bdi class="user-text">
      {pieces.map((piece, at) =>
        at % 2 === 0 ? (
          piece
        ) : (
          <span class="hidden-character">{`U+${piece.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`}</span>
        ),
      )}
    </bdi>
  )
}

/** Control and invisible characters, but for line breaks and the joiners of emoji and several scripts. */
const hidden = /((?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])/u

type ButtonProps = {
  children: ComponentChildren
  onClick(): void
  kind?: 'main' | 'plain' | 'danger' | 'link'
  isDisabled?: boolean
  label?: string
  isPressed?: boolean
}

/** A button; `label` is its name where what it shows is only a sign. */
export function Button({ children, onClick, kind = 'plain', isDisabled = false, label, isPressed }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={isDisabled}
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  )
}

/** A short mark beside something. */
export function Mark({ kind, children, title }: { kind: string; children: ComponentChildren; title?: string }) {
  return (
    <span class={`mark ${kind}`} title={title}>
      {children}
    </span>
  )
}

/** What failed, in words, and a button that tries again. */
export function Problem({
  what,
  problem,
  retry,
}: {
  what: string
  problem: ApiProblem
  retry?: (() => void) | undefined
}) {
  const t = useTexts()
  const isAway = problem.status === 0
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{what}</strong> {isAway ? t('problem.unreachable') : <UserText text={problem.answer.error} />}
      </p>
      {retry && <Button onClick={retry}>{t('problem.retry')}</Button>}
    </div>
  )
}

/** A line across the page about something that must not be missed. */
export function Banner({ kind, children }: { kind: 'info' | 'warning' | 'error'; children: ComponentChildren }) {
  return (
    <div class={`banner ${kind}`} role={kind === 'info' ? 'status' : 'alert'}>
      {children}
    </div>
  )
}

/** A dialog above the page; Escape closes it, and the keyboard stays inside. */
export function Dialog({ title, children, onClose }: { title: string; children: ComponentChildren; onClose(): void }) {
  const t = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} class="dialog" aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <Button kind="link" label={t('dialog.close')} onClick={() => dialog.current?.close()}>
          ✕
        </Button>
      </header>
      {children}
    </dialog>
  )
}
