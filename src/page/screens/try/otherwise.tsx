import type { TryAnswer } from '../../../serve/page/answers.ts'
import { Button, UserText } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'

/** What would change the decision; each leads to the field that it is about. */
export function WhatElse({ answer, onField }: { answer: TryAnswer; onField(field: string): void }) {
  const t = useTexts()
  const { escapes = [], nearMisses, next } = answer.report
  if (escapes.length === 0 && nearMisses.length === 0) return null
  return (
    <section class="otherwise">
      <h2>{t('else.title')}</h2>
      {escapes.length > 0 && (
        <>
          <p>{t('else.escapes')}</p>
          <ul>
            {escapes.map(({ subject = '', needs, text }) => (
              <li key={`${subject} ${text}`}>
                <Button onClick={() => onField(subject)}>
                  <UserText text={`${subject} ${needs}`.trim()} />
                </Button>
              </li>
            ))}
          </ul>
          {next !== undefined && (
            <p class="quiet">
              <UserText text={t('else.next', { rule: next.rule, code: String(next.code) })} />
            </p>
          )}
        </>
      )}
      {nearMisses.length > 0 && (
        <>
          <p>{t('else.near')}</p>
          <ul>
            {nearMisses.map(({ rule, missing, then, held, of }) => (
              <li key={rule}>
                <Button onClick={() => onField(missing.subject ?? '')}>
                  <UserText text={`${missing.subject ?? ''} ${missing.needs}`.trim()} />
                </Button>{' '}
                <span class="quiet">
                  <UserText text={t('else.then', { rule, then, held: String(held), of: String(of) })} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
