import type { ComponentChildren } from 'preact'
import type { TryAnswer } from '../../../serve/page/answers.ts'
import { Button, Mark, UserText } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { shownValue } from './verdict.tsx'

type Explained = TryAnswer['report']['rules'][number]
type Condition = Explained['conditions']

type WayProps = { answer: TryAnswer; onRule(rule: string): void; onPlace(file: string, line: number): void }

/** The way of a call through the rules: what changed it, what exempted it, what refused it, and why. */
export function WayThrough({ answer, onRule, onPlace }: WayProps) {
  const t = useTexts()
  const stages = ['rewrite', 'exempt', 'reject'] as const
  const { rules } = answer.report
  return (
    <section class="way" aria-label={t('way.title')}>
      <h2>{t('way.title')}</h2>
      {rules.length === 0 && <p class="quiet">{t('way.noRules')}</p>}
      {stages.map(stage => {
        const own = rules.filter(rule => rule.stage === stage)
        const fired = own.filter(({ result }) => result === 'matched' || result === 'exempted')
        const others = own.filter(rule => !fired.includes(rule))
        return own.length === 0 ? null : (
          <div key={stage} class={`way-stage ${stage}`}>
            <h3 class={`stage ${stage}`}>{t(`stage.${stage}`)}</h3>
            {fired.map(rule => (
              <RuleCard key={rule.rule} {...{ rule, onRule, onPlace }} isOpen />
            ))}
            {others.length > 0 && (
              <details class="others">
                <summary>{t('way.others', { n: others.length })}</summary>
                {others.map(rule => (
                  <RuleCard key={rule.rule} {...{ rule, onRule, onPlace }} isOpen={false} />
                ))}
              </details>
            )}
          </div>
        )
      })}
    </section>
  )
}

type CardProps = Omit<WayProps, 'answer'> & { rule: Explained; isOpen: boolean }

function RuleCard({ rule, isOpen, onRule, onPlace }: CardProps) {
  const t = useTexts()
  const { result, mode, stage, changes = [] } = rule
  const isLit = result === 'matched' || result === 'exempted'
  return (
    <article class={isLit ? `rule-card lit ${stage}` : 'rule-card'}>
      <header>
        <Button kind="link" onClick={() => onRule(rule.rule)}>
          <UserText text={rule.rule} />
        </Button>
        <Mark kind={isLit ? stage : 'quiet'}>{t(`result.${result}`)}</Mark>
        {mode !== 'enforce' && <Mark kind={mode}>{t(`mark.${mode}`)}</Mark>}
      </header>
      {changes.map(({ field, from, to }) => (
        <p key={field} class="change">
          {field}: <UserText text={shownValue(from)} /> → <UserText text={shownValue(to)} />
        </p>
      ))}
      <ul class="conditions">
        <ConditionRow condition={rule.conditions} depth={isOpen ? 0 : 1} onPlace={onPlace} />
      </ul>
    </article>
  )
}

type RowProps = { condition: Condition; depth: number; onPlace: WayProps['onPlace'] }

function ConditionRow({ condition, depth, onPlace }: RowProps): ComponentChildren {
  const t = useTexts()
  const { text, verdict, actual, named, children = [], found, lacks, file, line } = condition
  const sign = verdict === true ? '✓' : verdict === false ? '✗' : '?'
  const kind = verdict === true ? 'true' : verdict === false ? 'false' : 'unknown'
  return (
    <li class={`condition ${kind}`}>
      <span class="sign" role="img" aria-label={t(`verdict.${kind}`)}>
        {sign}
      </span>
      <button type="button" class="text" onClick={() => onPlace(file, line)}>
        <UserText text={text} />
      </button>
      {children.length === 0 && <Actual actual={named ?? actual} lit={found?.text} />}
      {found !== undefined && (
        <span class="found">
          {t('way.found')}{' '}
          <Button kind="link" onClick={() => onPlace(found.file ?? file, found.line ?? line)}>
            <UserText text={found.entry} />
          </Button>
          {found.exception !== undefined && (
            <>
              {' '}
              {t('way.exception')} <UserText text={found.exception.entry} />
            </>
          )}
        </span>
      )}
      {lacks !== undefined && (
        <span class="found">
          {t('way.lacks')} <UserText text={lacks} />
        </span>
      )}
      {children.length > 0 && (
        <ul class="conditions">
          {children.map(child => (
            <ConditionRow
              key={`${child.file}:${child.line} ${child.text}`}
              condition={child}
              depth={depth + 1}
              onPlace={onPlace}
            />
          ))}
        </ul>
      )}
    </li>
  )
}

/** The value that was looked at, with the letters lit that matched. */
function Actual({ actual, lit }: { actual: unknown; lit: string | undefined }) {
  const t = useTexts()
  if (actual === null || actual === undefined) return <span class="actual quiet">{t('way.absent')}</span>
  const text = shownValue(actual)
  const at = lit === undefined || lit === '' ? -1 : text.indexOf(lit)
  if (lit === undefined || at === -1) {
    return (
      <span class="actual">
        <UserText text={text} />
      </span>
    )
  }
  return (
    <span class="actual">
      <UserText text={text.slice(0, at)} />
      <mark>
        <UserText text={lit} />
      </mark>
      <UserText text={text.slice(at + lit.length)} />
    </span>
  )
}
