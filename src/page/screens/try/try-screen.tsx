import { useEffect, useState } from 'preact/hooks'
import type { CallbackShown, TryAnswer } from '../../../serve/page/answers.ts'
import { askApi } from '../../api.ts'
import { useCallbacks } from '../../callbacks.ts'
import { Mark, Problem } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { go, whereabouts } from '../../route.ts'
import { useStore } from '../../store.ts'
import { useAnswer } from '../../use-answer.ts'
import { useChosenRules } from '../../work/chosen.ts'
import { CallForm } from './call-form.tsx'
import { KeepTest } from './keep-test.tsx'
import { WhatElse } from './otherwise.tsx'
import { type CallInput, emptyCall, sentCall } from './tried-call.ts'
import { WhatUserSees } from './verdict.tsx'
import { WayThrough } from './way.tsx'

const kept = 'hookwarden:try'

/** What would happen to a call, answered as one types. */
export function TryScreen() {
  const { values } = useStore(whereabouts)
  const callbacks = useCallbacks()
  const [input, setInput] = useState<CallInput>(() => keptCall(values.callback))
  const callback = callbacks.find(({ name }) => name === input.callback) ?? callbacks[0]
  useEffect(() => {
    if (values.callback !== undefined && values.callback !== input.callback) setInput(keptCall(values.callback))
  }, [values.callback])
  if (callback === undefined) return null
  const put = (next: CallInput) => {
    sessionStorage.setItem(kept, JSON.stringify(next))
    setInput(next)
    if (next.callback !== values.callback) go({ values: { callback: next.callback }, replace: true })
  }
  return <Trying {...{ callbacks, callback, input }} onInput={put} />
}

/** What was filled in before a reload, if it is for the same callback. */
function keptCall(wanted: string | undefined): CallInput {
  const text = sessionStorage.getItem(kept)
  const before = text === null ? undefined : (JSON.parse(text) as CallInput)
  if (before !== undefined && (wanted === undefined || before.callback === wanted)) return before
  return emptyCall(wanted ?? 'beforeSetGroupMemberInfo')
}

type TryingProps = {
  callbacks: readonly CallbackShown[]
  callback: CallbackShown
  input: CallInput
  onInput(input: CallInput): void
}

function Trying({ callbacks, callback, input, onInput }: TryingProps) {
  const t = useTexts()
  const { values } = useStore(whereabouts)
  const chosen = useChosenRules()
  const sent = sentCall(input, callback)
  const call = 'body' in sent ? sent.body : undefined
  const tried = useAnswer<TryAnswer>(
    call && `${chosen.key} ${JSON.stringify(call)}`,
    signal => askApi('try', { body: { ...chosen.body, ...call }, signal }),
    100,
  )
  const { answer, problem } = tried
  const toRule = (rule: string) => go({ screen: 'rules', values: { rule, file: undefined, callback: undefined } })
  const toPlace = (file: string, line: number) =>
    go({ screen: 'rules', values: { file, line: String(line), rule: undefined, callback: undefined } })
  const isCurrent = answer?.callback === callback.name
  return (
    <main class="try-screen" id="main">
      <div class="try-form">
        <h1>{t('screen.try')}</h1>
        <CallForm {...{ callbacks, callback, input, onInput }} wrong={'wrong' in sent ? sent.wrong : undefined} />
      </div>
      <div class={tried.isStale || problem !== undefined ? 'try-answer older' : 'try-answer'} aria-busy={tried.isStale}>
        {tried.isStale && answer !== undefined && <Mark kind="quiet">{t('answer.older')}</Mark>}
        {problem !== undefined && <Problem what={t('try.failed')} problem={problem} retry={tried.retry} />}
        {answer !== undefined && isCurrent && (
          <>
            <WhatUserSees answer={answer} onRule={toRule} />
            <WhatElse answer={answer} onField={focusField} />
            <WayThrough answer={answer} onRule={toRule} onPlace={toPlace} />
            {call && <KeepTest answer={answer} call={call} preferred={values.rule} />}
          </>
        )}
      </div>
    </main>
  )
}

/** Goes to the field that a condition is about: parts of a field belong to it. */
function focusField(subject: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.try-field')]
  const found = rows.find(({ dataset }) => subject === dataset.field || subject.startsWith(`${dataset.field}.`))
  found?.closest('details')?.setAttribute('open', '')
  found?.querySelector<HTMLElement>('input, textarea, select')?.focus()
}
