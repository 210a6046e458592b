import type { TryAnswer } from '../../../serve/page/answers.ts'
import { Button, UserText } from '../../components/parts.tsx'
import { VersionName } from '../../components/state-bar.tsx'
import { timeText, useTexts } from '../../language.ts'

type Changed = { field: string; from: unknown; to: unknown }

/** First of all: what the user will see. */
export function WhatUserSees({ answer, onRule }: { answer: TryAnswer; onRule(rule: string): void }) {
  const t = useTexts()
  const { decision, reply, rules } = answer.report
  const changes = changedBy(rules)
  const isChanged = decision.kind === 'allow' && decision.rewrites !== undefined
  const kind = decision.kind === 'reject' ? 'refused' : isChanged ? 'changed' : 'passed'
  return (
    <section class={`verdict ${kind}`} aria-live="polite">
      <h2>{t(`verdict.${kind}`)}</h2>
      {decision.kind === 'reject' && (
        <>
          <p class="bubble">
            {reply.errMsg === '' ? t('verdict.noMessage') : <UserText text={String(reply.errMsg)} />}
          </p>
          <p>
            {t('verdict.code', { code: String(decision.code) })} · {t('verdict.by')}{' '}
            <Button kind="link" onClick={() => onRule(decision.rule)}>
              <UserText text={decision.rule} />
            </Button>
          </p>
        </>
      )}
      {isChanged && <Changes changes={changes} />}
      <p class="about">
        <Judged answer={answer} />
      </p>
    </section>
  )
}

function changedBy(rules: TryAnswer['report']['rules']): readonly Changed[] {
  const changes = new Map<string, Changed>()
  for (const { changes: own = [], mode } of rules) {
    if (mode === 'shadow') continue
    for (const { field, from, to } of own) changes.set(field, { field, from: changes.get(field)?.from ?? from, to })
  }
  return [...changes.values()]
}

function Changes({ changes }: { changes: readonly Changed[] }) {
  return (
    <dl class="changes">
      {changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            <del>
              <UserText text={shownValue(from)} />
            </del>{' '}
            <span aria-hidden="true">→</span>{' '}
            <ins>
              <UserText text={shownValue(to)} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A value as people read it. */
export function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** By which rules, and as of when: nobody may take an answer for one about others. */
function Judged({ answer: { about, at } }: { answer: TryAnswer }) {
  const t = useTexts()
  const { draft, version, edited } = about
  return (
    <>
      {draft === null ? t('verdict.byInForce') : t('verdict.byDraft', { name: draft.name, n: draft.revision })}{' '}
      {version !== null && <VersionName version={version} />}
      {edited.length > 0 && ` · ${t('verdict.edited', { files: edited.join(', ') })}`} · {timeText(at)}
    </>
  )
}
