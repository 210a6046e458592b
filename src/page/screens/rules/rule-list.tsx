import { useState } from 'preact/hooks'
import type { CallbackShown, RuleShown, RulesAnswer } from '../../../serve/page/answers.ts'
import { Button, Mark, UserText } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import type { TextKey } from '../../texts.ts'
import { groupsOf, halvesOf, type RuleGroup } from './grouped.ts'

type ListProps = {
  rules: readonly RuleShown[]
  diagnostics: RulesAnswer['diagnostics']
  callbacks: readonly CallbackShown[]
  chosen: string | undefined
  isOlder: boolean
  onChoose(rule: RuleShown): void
}

/** The rules in the order in which they decide, grouped by what happens. */
export function RuleList({ rules, diagnostics, callbacks, chosen, isOlder, onChoose }: ListProps) {
  const t = useTexts()
  const [words, find] = useState('')
  const found = rules.filter(rule => isAbout(rule, words))
  const groups = groupsOf(found, callbacks)
  return (
    <nav class={isOlder ? 'rule-list older' : 'rule-list'} aria-label={t('rules.list')}>
      <input
        type="search"
        class="find"
        value={words}
        placeholder={t('rules.find')}
        aria-label={t('rules.find')}
        onInput={event => find(event.currentTarget.value)}
      />
      {groups.length === 0 && <p class="quiet">{t('rules.none')}</p>}
      {groups.map(group => (
        <Group key={group.key} {...{ group, diagnostics, chosen, onChoose }} />
      ))}
    </nav>
  )
}

function isAbout({ rule, sentences, file }: RuleShown, words: string): boolean {
  const text = `${rule} ${file} ${sentences.join(' ')}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

type GroupProps = Pick<ListProps, 'diagnostics' | 'chosen' | 'onChoose'> & { group: RuleGroup }

/** How many rules of a group are shown at first: a browser draws ten thousand only slowly. */
const mostRules = 200

function Group({ group, ...more }: GroupProps) {
  const t = useTexts()
  const [isWhole, showWhole] = useState(false)
  const shown = isWhole ? group.rules : group.rules.slice(0, mostRules)
  const stages = ['rewrite', 'exempt', 'reject'] as const
  return (
    <details class="rule-group" open>
      <summary>
        <span class="event">{group.title}</span>
        <span class="count">{t('rules.count', { n: group.rules.length })}</span>
      </summary>
      {stages.map(stage => {
        const own = shown.filter(rule => rule.stage === stage)
        return own.length === 0 ? null : (
          <section key={stage}>
            <h3 class={`stage ${stage}`}>{t(`stage.${stage}`)}</h3>
            <ol>
              {own.map(rule => (
                <Row key={rule.rule} {...{ rule, ...more }} />
              ))}
            </ol>
          </section>
        )
      })}
      {shown.length < group.rules.length && (
        <Button kind="link" onClick={() => showWhole(true)}>
          {t('rules.more', { n: group.rules.length })}
        </Button>
      )}
    </details>
  )
}

type RowProps = Pick<ListProps, 'diagnostics' | 'chosen' | 'onChoose'> & { rule: RuleShown }

function Row({ rule, diagnostics, chosen, onChoose }: RowProps) {
  const { when, effect } = halvesOf(rule)
  return (
    <li>
      <button
        type="button"
        class={`rule-row ${rule.stage}${rule.mode === 'enforce' ? '' : ' idle'}`}
        aria-current={rule.rule === chosen ? 'true' : undefined}
        onClick={() => onChoose(rule)}
      >
        <span class="head">
          <span class="name">
            <UserText text={rule.rule} />
          </span>
          <Marks rule={rule} diagnostics={diagnostics} />
        </span>
        <span class="when">
          <UserText text={when} />
        </span>
        {effect !== '' && (
          <span class="effect">
            <UserText text={effect} />
          </span>
        )}
      </button>
    </li>
  )
}

/** Marks of what the checks say about a rule, by the code of the warning at its name or in it. */
const marks: Readonly<Record<string, TextKey>> = {
  'never-fires': 'mark.never',
  'always-fires': 'mark.always',
  'hidden-rule': 'mark.hidden',
}

/** What to know of a rule at a glance. */
export function Marks({ rule, diagnostics }: { rule: RuleShown; diagnostics: RulesAnswer['diagnostics'] }) {
  const t = useTexts()
  const own = diagnostics.filter(each => each.file === rule.file && each.line === rule.line)
  return (
    <span class="marks">
      {rule.paused !== null && (
        <Mark kind="paused" title={rule.paused.why}>
          {t('mark.paused')}
        </Mark>
      )}
      {rule.mode === 'shadow' && (
        <Mark kind="shadow" title={t('mark.shadowAbout')}>
          {t('mark.shadow')}
        </Mark>
      )}
      {rule.mode === 'disabled' && (
        <Mark kind="disabled" title={t('mark.disabledAbout')}>
          {t('mark.disabled')}
        </Mark>
      )}
      {rule.tests === 0 && (
        <Mark kind="untested" title={t('mark.untestedAbout')}>
          {t('mark.untested')}
        </Mark>
      )}
      {own.map(({ code, message }) => {
        const key = marks[code]
        return key === undefined ? null : (
          <Mark key={code} kind="warning" title={message}>
            {t(key)}
          </Mark>
        )
      })}
    </span>
  )
}
