import type { RuleShown, RulesAnswer, TestShown, TestsAnswer } from '../../../serve/page/answers.ts'
import { Button, Mark, Problem, UserText } from '../../components/parts.tsx'
import { fixesOf, type TextFix } from '../../editing.ts'
import { useTexts } from '../../language.ts'
import type { Live } from '../../use-answer.ts'

type PanelProps = {
  file: string
  rule: RuleShown | undefined
  isOlder: boolean
  tests: Live<TestsAnswer>
  diagnostics: RulesAnswer['diagnostics']
  onFix(fix: TextFix): void
  onLine(line: number): void
  onTry(): void
  onPause(): void
}

/** Below the text: what the rule at the cursor says, its tests, and what there is to mend in the file. */
export function RulePanel(props: PanelProps) {
  const t = useTexts()
  const { rule, isOlder } = props
  return (
    <div class="rule-panel">
      <section class="says" aria-label={t('rule.says')}>
        {rule === undefined ? (
          <p class="quiet">{t('rule.noneHere')}</p>
        ) : (
          <>
            <header>
              <h2>
                <UserText text={rule.rule} />
              </h2>
              {isOlder && <Mark kind="warning">{t('rule.before')}</Mark>}
              <span class="actions">
                <Button onClick={props.onTry}>{t('rule.try')}</Button>
                {rule.mode === 'enforce' && rule.paused === null && (
                  <Button onClick={props.onPause}>{t('pause.pause')}</Button>
                )}
              </span>
            </header>
            {rule.sentences.map(sentence => (
              <p key={sentence} class="sentence">
                <UserText text={sentence} />
              </p>
            ))}
            {rule.why !== null && (
              <p class="quiet">
                <UserText text={t('rule.why', { why: rule.why })} />
              </p>
            )}
            <Tests {...props} />
          </>
        )}
      </section>
      <Hints {...props} />
    </div>
  )
}

function Tests({ tests, rule, onLine }: PanelProps) {
  const t = useTexts()
  const { answer, problem, retry, isStale } = tests
  if (rule === undefined) return null
  if (rule.tests === 0) return <p class="quiet">{t('rule.noTests')}</p>
  if (problem !== undefined && problem.answer.kind !== 'errors') {
    return <Problem what={t('rule.testsFailed')} problem={problem} retry={retry} />
  }
  const own = answer?.tests?.filter(each => each.rule === rule.rule) ?? []
  return (
    <>
      <h3>{t('rule.tests')}</h3>
      <ul class={isStale || problem !== undefined ? 'tests older' : 'tests'}>
        {own.map(test => (
          <Test key={`${test.line} ${test.name}`} test={test} onLine={onLine} />
        ))}
      </ul>
    </>
  )
}

function Test({ test, onLine }: { test: TestShown; onLine(line: number): void }) {
  const t = useTexts()
  const isPassed = test.status === 'passed'
  return (
    <li class={isPassed ? 'passed' : 'failed'}>
      <button type="button" class="test" onClick={() => onLine(test.line)}>
        <span class="sign" role="img" aria-label={t(isPassed ? 'rule.passed' : 'rule.failed')}>
          {isPassed ? '✓' : '✗'}
        </span>
        <span class="name">
          <UserText text={test.name} />
        </span>
        <span class="expected">
          <UserText text={test.expected} />
        </span>
      </button>
      {!isPassed && (
        <pre class="difference">
          <UserText text={test.problem.join('\n')} />
        </pre>
      )}
    </li>
  )
}

/** More than anybody reads at once. */
const mostHints = 30

function Hints({ file, diagnostics, onFix, onLine }: PanelProps) {
  const t = useTexts()
  const own = diagnostics.filter(each => each.file === file)
  const elsewhere = diagnostics.length - own.length
  return (
    <section class="hints" aria-label={t('hints.title')} aria-live="polite">
      <h3>{t('hints.title')}</h3>
      {own.length === 0 && <p class="quiet">{t('hints.none')}</p>}
      <ul>
        {own.slice(0, mostHints).map(each => (
          <li key={`${each.line}:${each.column} ${each.code} ${each.message}`} class={each.severity}>
            <button type="button" class="place" onClick={() => onLine(each.line)}>
              {t('hints.place', { line: each.line })}
            </button>
            <p>
              <UserText text={each.message} />
            </p>
            {each.hint !== undefined && (
              <p class="hint">
                <UserText text={each.hint} />
              </p>
            )}
            {fixesOf(each, file).map(fix => (
              <Button key={fix.label} onClick={() => onFix(fix)}>
                <UserText text={fix.label} />
              </Button>
            ))}
          </li>
        ))}
      </ul>
      {own.length > mostHints && <p class="quiet">{t('hints.more', { n: own.length - mostHints })}</p>}
      {elsewhere > 0 && (
        <p class="quiet">
          {t('hints.elsewhere')}: {elsewhere}
        </p>
      )}
    </section>
  )
}
