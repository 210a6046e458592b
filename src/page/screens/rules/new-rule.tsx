import { useState } from 'preact/hooks'
import type { CallbackShown, FieldShown, NewRuleAnswer } from '../../../serve/page/answers.ts'
import { ApiProblem, askApi } from '../../api.ts'
import { useCallbacks } from '../../callbacks.ts'
import { Button, Dialog, Problem } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { noteSaved, ownDraft, saveNow } from '../../work/session.ts'
import { eventOf } from './grouped.ts'
import { nameFrom, type WayToAsk, waysFor } from './ways-to-ask.ts'

type NewRuleProps = { onClose(): void; onMade(rule: string, place: { file: string; line: number }): void }

type Outcome = 'reject' | 'rewrite' | 'shadow'

/** Asks in words what a rule is to do, and writes it into a file. */
export function NewRule({ onClose, onMade }: NewRuleProps) {
  const t = useTexts()
  const callbacks = useCallbacks().filter(
    ({ phase, rejectable, isDead }) => phase === 'before' && rejectable && !isDead,
  )
  const [callbackName, setCallback] = useState('beforeSetGroupMemberInfo')
  const [fieldName, setField] = useState('')
  const [wayId, setWay] = useState('')
  const [text, setText] = useState('')
  const [wanted, setOutcome] = useState<Outcome>('reject')
  const [message, setMessage] = useState('')
  const [code, setCode] = useState('5001')
  const [name, setName] = useState('')
  const [problem, fail] = useState<ApiProblem>()
  const callback = callbacks.find(each => each.name === callbackName) ?? callbacks[0]
  const fields = fieldsOf(callback)
  const field = fields.find(each => each.name === fieldName) ?? fields.find(({ kind }) => kind === 'text') ?? fields[0]
  const ways = field === undefined ? [] : waysFor(field)
  const way = ways.find(({ id }) => id === wayId) ?? ways[0]
  const value = wayValue(text)
  const outcomes = outcomesFor(field, way)
  const outcome = outcomes.includes(wanted) ? wanted : 'reject'
  const proposed = nameFrom(
    `no ${way?.takes === 'texts' ? (value.texts[0] ?? '') : (way?.id ?? '')} in ${field?.name ?? ''}`,
  )
  const ruleName = name === '' ? proposed : nameFrom(name)
  const isFilled =
    way !== undefined &&
    (way.takes === 'nothing' || (way.takes === 'number' ? value.number > 0 : value.texts.length > 0))
  const isReady = isFilled && ruleName !== '' && (outcome === 'rewrite' || /^[5-9]\d{3}$/.test(code))
  const make = async () => {
    if (callback === undefined || field === undefined || way === undefined) return
    fail(undefined)
    const written = {
      rule: ruleName,
      when: way.write(field.name, value),
      ...(outcome === 'rewrite' ? { rewrite: { [field.name]: way.mend?.(value) } } : rejectOf(Number(code), message)),
      ...(outcome === 'shadow' && { mode: 'shadow' }),
    }
    try {
      await saveNow()
      const draft = await ownDraft()
      const made = await askApi<NewRuleAnswer>(`drafts/${draft}/rules`, {
        body: { callback: callback.name, rule: written },
      })
      noteSaved(made.draft, made.file, made.content)
      onClose()
      onMade(ruleName, made)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      fail(error)
    }
  }
  return (
    <Dialog title={t('rules.new')} onClose={onClose}>
      <label class="field">
        <span>{t('new.what')}</span>
        <select value={callback?.name} onChange={event => setCallback(event.currentTarget.value)}>
          {callbacks.map(each => (
            <option key={each.name} value={each.name}>
              {eventOf(each)}
              {' — '}
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="when-row">
        <legend>{t('new.when')}</legend>
        <select aria-label={t('new.field')} value={field?.name} onChange={event => setField(event.currentTarget.value)}>
          {fields.map(each => (
            <option key={each.name} value={each.name}>
              {each.name}
              {' — '}
              {each.about}
            </option>
          ))}
        </select>
        <select aria-label={t('new.way')} value={way?.id} onChange={event => setWay(event.currentTarget.value)}>
          {ways.map(each => (
            <option key={each.id} value={each.id}>
              {t(each.label)}
            </option>
          ))}
        </select>
        {way !== undefined && way.takes !== 'nothing' && <ValueBox {...{ way, field, text }} onText={setText} />}
      </fieldset>
      <fieldset class="choice">
        <legend>{t('new.then')}</legend>
        {outcomes.map(each => (
          <label key={each}>
            <input type="radio" name="outcome" checked={outcome === each} onChange={() => setOutcome(each)} />
            <span>{t(`new.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {outcome !== 'rewrite' && (
        <div class="columns">
          <label class="field wide">
            <span>{t('new.message')}</span>
            <input
              value={message}
              maxLength={500}
              placeholder={t('new.messageHint')}
              onInput={event => setMessage(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>{t('new.code')}</span>
            <input
              value={code}
              inputMode="numeric"
              maxLength={4}
              onInput={event => setCode(event.currentTarget.value)}
            />
          </label>
        </div>
      )}
      <label class="field">
        <span>{t('new.name')}</span>
        <input
          value={name}
          maxLength={60}
          placeholder={proposed}
          onInput={event => setName(event.currentTarget.value)}
        />
      </label>
      {problem && <Problem what={t('new.failed')} problem={problem} retry={() => void make()} />}
      <footer>
        <p class="quiet">{t('new.draftOnly')}</p>
        <Button kind="main" isDisabled={!isReady} onClick={() => void make()}>
          {t('new.write')}
        </Button>
      </footer>
    </Dialog>
  )
}

function fieldsOf(callback: CallbackShown | undefined): readonly FieldShown[] {
  return (callback?.fields ?? []).filter(field => field.isNeverSent !== true && waysFor(field).length > 0)
}

function outcomesFor(field: FieldShown | undefined, way: WayToAsk | undefined): readonly Outcome[] {
  const canMend = field?.rewritable === true && way?.mend !== undefined
  return canMend ? ['reject', 'rewrite', 'shadow'] : ['reject', 'shadow']
}

function rejectOf(code: number, message: string) {
  return { reject: message.trim() === '' ? code : { code, message: message.trim() } }
}

function wayValue(text: string) {
  const texts = text
    .split(/[,，、\n]/)
    .map(each => each.trim())
    .filter(each => each !== '')
  return { text: text.trim(), texts, number: Number(text.trim()) || 0 }
}

type ValueBoxProps = { way: WayToAsk; field: FieldShown | undefined; text: string; onText(text: string): void }

function ValueBox({ way, field, text, onText }: ValueBoxProps) {
  const t = useTexts()
  const names = Object.keys(field?.names ?? {})
  if (names.length > 0) {
    return (
      <select aria-label={t('new.value')} value={text} onChange={event => onText(event.currentTarget.value)}>
        <option value="">{t('new.chooseOne')}</option>
        {names.map(each => (
          <option key={each}>{each}</option>
        ))}
      </select>
    )
  }
  const hint = way.takes === 'texts' ? t('new.several') : ''
  return (
    <input
      aria-label={t('new.value')}
      value={text}
      placeholder={hint}
      inputMode={way.takes === 'number' ? 'numeric' : 'text'}
      onInput={event => onText(event.currentTarget.value)}
    />
  )
}
