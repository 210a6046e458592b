import { useState } from 'preact/hooks'
import { timeText, useTexts } from '../language.ts'
import { known } from '../status.ts'
import { useStore } from '../store.ts'
import { Button } from './parts.tsx'
import { PauseDialog } from './pause-dialog.tsx'

/** How much of a version is shown, as in other places. */
const shortVersion = 7

/** A version as people tell it from others. */
export function VersionName({ version }: { version: string }) {
  return (
    <code class="version" title={version}>
      {version.slice(0, shortVersion)}
    </code>
  )
}

/** Which rules are in force and since when, and who looks at them. */
export function StateBar() {
  const t = useTexts()
  const { status } = useStore(known)
  const [isPausing, pause] = useState(false)
  if (status === undefined) return <div class="state" />
  const { inForce, who } = status
  const name = who.name === 'local' ? t('state.local') : who.name
  const roles = who.may.map(role => t(`role.${role}`)).join(', ')
  return (
    <div class="state">
      {inForce.version === null ? (
        <span>{t('state.noRules')}</span>
      ) : (
        <span>
          <span class="dot" aria-hidden="true" />
          {t('state.inForce')} <VersionName version={inForce.version} />{' '}
          <span class="quiet">{t('state.since', { at: timeText(inForce.since ?? 0) })}</span>
        </span>
      )}
      {who.may.includes('act') && (
        <Button kind="link" onClick={() => pause(true)}>
          {t('pause.choose')}
        </Button>
      )}
      {isPausing && <PauseDialog onClose={() => pause(false)} />}
      <span class="who" title={t('state.who', { name, roles })}>
        {name}
        <span class="unseen">{t('state.who', { name, roles })}</span>
      </span>
    </div>
  )
}
