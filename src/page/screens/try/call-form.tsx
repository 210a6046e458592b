import type { CallbackShown, FieldShown } from '../../../serve/page/answers.ts'
import { Button } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { eventOf } from '../rules/grouped.ts'
import { type CallInput, type EarlierInput, emptyCall, type FieldInput, sampleCall } from './tried-call.ts'

type FormProps = {
  callbacks: readonly CallbackShown[]
  callback: CallbackShown
  input: CallInput
  wrong: string | undefined
  onInput(input: CallInput): void
}

/** What happens, and what the call says. */
export function CallForm({ callbacks, callback, input, wrong, onInput }: FormProps) {
  const t = useTexts()
  const put = (name: string, field: FieldInput) => onInput({ ...input, fields: { ...input.fields, [name]: field } })
  const [first, more] = inTwo(callback.fields)
  const rows = (fields: readonly FieldShown[]) =>
    fields.map(field => (
      <FieldRow
        key={`${callback.name} ${field.name}`}
        field={field}
        input={input.fields[field.name] ?? left}
        isWrong={wrong === field.name}
        onInput={next => put(field.name, next)}
      />
    ))
  return (
    <form class="call-form" onSubmit={event => event.preventDefault()}>
      <label class="field">
        <span>{t('try.what')}</span>
        <select value={callback.name} onChange={event => onInput(emptyCall(event.currentTarget.value))}>
          {(['before', 'after'] as const).map(phase => (
            <optgroup key={phase} label={t(`try.${phase}`)}>
              {callbacks
                .filter(each => each.phase === phase)
                .map(each => (
                  <option key={each.name} value={each.name}>
                    {eventOf(each)} — {each.name}
                    {each.rules > 0 ? ` (${t('rules.count', { n: each.rules })})` : ''}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <div class="form-actions">
        <Button onClick={() => onInput({ ...input, fields: sampleCall(callback).fields })}>{t('try.sample')}</Button>
        <Button kind="link" onClick={() => onInput(emptyCall(callback.name))}>
          {t('try.clear')}
        </Button>
      </div>
      {rows(first)}
      {more.length > 0 && (
        <details open={more.some(({ name }) => (input.fields[name]?.mode ?? 'alone') !== 'alone')}>
          <summary>{t('try.moreFields', { n: more.length })}</summary>
          {rows(more)}
        </details>
      )}
      <Earlier earlier={input.earlier} onInput={earlier => onInput({ ...input, earlier })} />
      <Clock input={input} onInput={onInput} />
    </form>
  )
}

const left: FieldInput = { mode: 'alone', text: '' }

/** What people fill in first, and all the rest. */
function inTwo(fields: readonly FieldShown[]): [readonly FieldShown[], readonly FieldShown[]] {
  const sent = fields.filter(({ isNeverSent }) => isNeverSent !== true)
  const isFirst = ({ kind, name }: FieldShown) =>
    name !== 'content' &&
    name !== 'all text' &&
    (kind === 'text' || name === 'contentType' || /roleLevel|ID$/i.test(name))
  const chosen = sent
    .filter(isFirst)
    .sort((a, b) => Number(b.name === 'message text') - Number(a.name === 'message text'))
  const first = sent.length <= mostFirst ? sent : chosen.slice(0, mostFirst)
  return [first, sent.filter(field => !first.includes(field))]
}

const mostFirst = 7

type RowProps = { field: FieldShown; input: FieldInput; isWrong: boolean; onInput(input: FieldInput): void }

function FieldRow({ field, input, isWrong, onInput }: RowProps) {
  const t = useTexts()
  const { name, about } = field
  const id = `try-${name.replaceAll(/\W/g, '-')}`
  return (
    <div class={isWrong ? 'try-field wrong' : 'try-field'} data-field={name}>
      <label for={id}>
        <span class="field-name">{name}</span>
        <span class="quiet">{about}</span>
      </label>
      <FieldValue {...{ field, input, id, isWrong, onInput }} />
      <div class="modes" role="radiogroup" aria-label={t('try.modeOf', { field: name })}>
        {(['alone', 'cleared', 'value'] as const).map(mode => (
          <label key={mode} class={input.mode === mode ? 'on' : ''}>
            <input
              type="radio"
              name={`${id}-mode`}
              checked={input.mode === mode}
              onChange={() => onInput({ ...input, mode })}
            />
            {t(`try.${mode}`)}
          </label>
        ))}
      </div>
      {isWrong && <p class="wrong-note">{t('try.wrong')}</p>}
    </div>
  )
}

function FieldValue({ field, input, id, isWrong, onInput }: RowProps & { id: string }) {
  const t = useTexts()
  const { kind, names, name } = field
  const type = (text: string) => onInput({ mode: 'value', text })
  const shown = input.mode === 'value' ? input.text : ''
  const shared = { id, value: shown, 'aria-invalid': isWrong }
  if (names !== undefined || kind === 'flag') {
    const choices = names === undefined ? ['true', 'false'] : Object.keys(names)
    return (
      <select {...shared} onChange={event => type(event.currentTarget.value)}>
        <option value="" disabled>
          {t(`try.${input.mode === 'cleared' ? 'cleared' : 'alone'}`)}
        </option>
        {choices.map(each => (
          <option key={each}>{each}</option>
        ))}
      </select>
    )
  }
  const placeholder = input.mode === 'cleared' ? t('try.cleared') : t('try.alone')
  if (name === 'message text' || kind === 'list' || kind === 'json') {
    const rows = name === 'message text' ? 4 : 3
    return (
      <textarea {...shared} rows={rows} placeholder={placeholder} onInput={event => type(event.currentTarget.value)} />
    )
  }
  return (
    <input
      {...shared}
      placeholder={placeholder}
      autocomplete="off"
      onInput={event => type(event.currentTarget.value)}
    />
  )
}

type EarlierProps = { earlier: readonly EarlierInput[]; onInput(earlier: readonly EarlierInput[]): void }

function Earlier({ earlier, onInput }: EarlierProps) {
  const t = useTexts()
  const put = (at: number, changes: Partial<EarlierInput>) =>
    onInput(earlier.map((each, nth) => (nth === at ? { ...each, ...changes } : each)))
  return (
    <fieldset class="earlier">
      <legend>{t('try.earlier')}</legend>
      <ol>
        {earlier.map((each, at) => (
          <li key={at}>
            <input
              aria-label={t('try.times')}
              inputMode="numeric"
              value={each.times}
              onInput={event => put(at, { times: event.currentTarget.value })}
            />
            <span>{t('try.timesAgo')}</span>
            <input
              aria-label={t('try.ago')}
              inputMode="numeric"
              value={each.ago}
              onInput={event => put(at, { ago: event.currentTarget.value })}
            />
            <select
              aria-label={t('try.unit')}
              value={each.unit}
              onChange={event => put(at, { unit: event.currentTarget.value as EarlierInput['unit'] })}
            >
              {(['seconds', 'minutes', 'hours', 'days'] as const).map(unit => (
                <option key={unit} value={unit}>
                  {t(`unit.${unit}`)}
                </option>
              ))}
            </select>
            <Button
              kind="link"
              label={t('try.removeEarlier')}
              onClick={() => onInput(earlier.filter((_, nth) => nth !== at))}
            >
              ✕
            </Button>
          </li>
        ))}
        <li class="now">{t('try.thisCall')}</li>
      </ol>
      <Button kind="link" onClick={() => onInput([...earlier, { times: '1', ago: '10', unit: 'seconds' }])}>
        + {t('try.addEarlier')}
      </Button>
    </fieldset>
  )
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

function Clock({ input, onInput }: { input: CallInput; onInput(input: CallInput): void }) {
  const t = useTexts()
  return (
    <div class="columns">
      <label class="field">
        <span>{t('try.at')}</span>
        <input
          type="datetime-local"
          value={input.at}
          onInput={event => onInput({ ...input, at: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{t('try.zone')}</span>
        <select
          value={input.zone}
          disabled={input.at === ''}
          onChange={event => onInput({ ...input, zone: event.currentTarget.value })}
        >
          {[...new Set([input.zone, ...zones])].map(zone => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
    </div>
  )
}
