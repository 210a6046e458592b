import { useCallback, useMemo, useRef, useState } from 'preact/hooks'
import type { RuleShown, RulesAnswer, TestsAnswer } from '../../../serve/page/answers.ts'
import { askApi } from '../../api.ts'
import { useCallbacks } from '../../callbacks.ts'
import { Button, Mark, Problem } from '../../components/parts.tsx'
import { PauseDialog } from '../../components/pause-dialog.tsx'
import { fixed, marksOf, type TextFix } from '../../editing.ts'
import { useTexts } from '../../language.ts'
import { go, whereabouts } from '../../route.ts'
import { known } from '../../status.ts'
import { useStore } from '../../store.ts'
import { useAnswer } from '../../use-answer.ts'
import { useChosenRules } from '../../work/chosen.ts'
import { editText, isOpenDraft, session } from '../../work/session.ts'
import { FileList } from './file-list.tsx'
import { FilePane } from './file-pane.tsx'
import { NewRule } from './new-rule.tsx'
import { RuleList } from './rule-list.tsx'
import { RulePanel } from './rule-panel.tsx'

/** The rules, read and changed. */
export function RulesScreen() {
  const t = useTexts()
  const { values } = useStore(whereabouts)
  const { draft } = useStore(session)
  const { status } = useStore(known)
  const callbacks = useCallbacks()
  const chosen = useChosenRules()
  const rules = useAnswer<RulesAnswer>(
    chosen.key,
    signal => askApi('rules', { body: chosen.body, signal }),
    chosen.isEdited ? 150 : 0,
  )
  const lastGood = useRef<readonly RuleShown[]>([])
  const isOlder = rules.answer?.rules === null
  if (rules.answer?.rules != null) lastGood.current = rules.answer.rules
  const all = lastGood.current
  const [line, setLine] = useState(1)
  const [target, setTarget] = useState<{ line: number }>()
  const [dialog, setDialog] = useState<'new' | { pause: string } | undefined>()
  const named = all.find(({ rule }) => rule === values.rule)
  const file = values.file ?? named?.file
  const at = useTarget(file, Number(values.line) || (named?.file === file ? named?.line : undefined), target)
  const diagnostics = rules.answer?.diagnostics ?? none
  const marks = useCallback(
    (text: string) => (file === undefined ? [] : marksOf(diagnostics, file, text)),
    [diagnostics, file],
  )
  const current = ruleAt(all, file, line)
  const tests = useAnswer<TestsAnswer>(
    file === undefined || current === undefined || current.tests === 0 || isOlder
      ? undefined
      : `${chosen.key} ${current.rule}`,
    signal => askApi('tests', { body: { ...chosen.body, rule: current?.rule }, signal }),
    chosen.isEdited ? 250 : 0,
  )
  const choose = (rule: RuleShown) => {
    setTarget({ line: rule.line })
    setLine(rule.line)
    go({ values: { rule: rule.rule, file: rule.file, line: undefined } })
  }
  const isReadOnly = draft !== null && status !== undefined && !isOpenDraft(draft)
  const fix = (each: TextFix) => {
    if (file !== undefined) editText(file, text => fixed(text, each))
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return (
    <div class={file === undefined ? 'rules-screen' : 'rules-screen opened'}>
      <aside class="side">
        <header class="side-head">
          <h1>{t('screen.rules')}</h1>
          {rules.isStale && rules.answer !== undefined && <Mark kind="quiet">{t('answer.older')}</Mark>}
          <Button kind="main" onClick={() => setDialog('new')}>
            {t('rules.new')}
          </Button>
        </header>
        {rules.problem !== undefined && (
          <Problem what={t('rules.failed')} problem={rules.problem} retry={rules.retry} />
        )}
        {isOlder && errors > 0 && (
          <p class="note" role="status">
            {t('rules.errors', { n: errors })}
          </p>
        )}
        {rules.answer === undefined ? (
          <p class="quiet waiting">{t('rules.reading')}</p>
        ) : (
          <RuleList
            rules={all}
            diagnostics={diagnostics}
            callbacks={callbacks}
            chosen={current?.rule ?? values.rule}
            isOlder={isOlder}
            onChoose={choose}
          />
        )}
        <FileList chosen={file} onFile={chosen => go({ values: { file: chosen, rule: undefined, line: undefined } })} />
      </aside>
      <main class="work" id="main">
        {file === undefined ? (
          <div class="welcome">
            <h2>{t('rules.choose')}</h2>
            <p>{t('rules.chooseMore')}</p>
          </div>
        ) : (
          <>
            <div class="back">
              <Button kind="link" onClick={() => go({ values: { rule: undefined, file: undefined, line: undefined } })}>
                ‹ {t('rules.back')}
              </Button>
            </div>
            <FilePane {...{ file, at, isReadOnly }} diagnostics={marks} onLine={setLine} />
            <RulePanel
              {...{ file, isOlder, tests, diagnostics }}
              rule={current}
              onFix={fix}
              onLine={number => setTarget({ line: number })}
              onTry={() =>
                go({ screen: 'try', values: { rule: current?.rule, callback: current?.callbacks[0], line: undefined } })
              }
              onPause={() => setDialog(current && { pause: current.rule })}
            />
          </>
        )}
      </main>
      {dialog === 'new' && (
        <NewRule
          onClose={() => setDialog(undefined)}
          onMade={(made, place) => {
            setTarget({ line: place.line })
            go({ values: { rule: made, file: place.file } })
          }}
        />
      )}
      {typeof dialog === 'object' && <PauseDialog rule={dialog.pause} onClose={() => setDialog(undefined)} />}
    </div>
  )
}

const none: RulesAnswer['diagnostics'] = []

/** The line to go to: what was asked for last, and at first the place in the address. */
function useTarget(file: string | undefined, first: number | undefined, target: { line: number } | undefined) {
  const isKnown = first !== undefined
  // Only when the file is opened: later, the rule moves with what is typed above it.
  const opened = useMemo(() => (first === undefined ? undefined : { line: first }), [file, isKnown])
  return target ?? opened
}

/** The rule whose text a line is in: the last one that begins above it. */
function ruleAt(rules: readonly RuleShown[], file: string | undefined, line: number): RuleShown | undefined {
  const above = rules.filter(rule => rule.file === file && rule.line <= line)
  return above.reduce<RuleShown | undefined>(
    (last, rule) => (last !== undefined && last.line > rule.line ? last : rule),
    undefined,
  )
}
