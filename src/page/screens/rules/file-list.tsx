import type { FilesAnswer } from '../../../serve/page/answers.ts'
import { askApi, queryOf } from '../../api.ts'
import { Mark, UserText } from '../../components/parts.tsx'
import { useTexts } from '../../language.ts'
import { useStore } from '../../store.ts'
import { useAnswer } from '../../use-answer.ts'
import { useChosenRules } from '../../work/chosen.ts'
import { session } from '../../work/session.ts'

type FileListProps = { chosen: string | undefined; onFile(file: string): void }

/** Every file of the rules, also those without a rule, such as lists. */
export function FileList({ chosen, onFile }: FileListProps) {
  const t = useTexts()
  const { draft } = useStore(session)
  const { key } = useChosenRules()
  const { answer } = useAnswer<FilesAnswer>(key, signal =>
    askApi(`files${queryOf({ draft: draft ?? undefined })}`, { signal }),
  )
  return (
    <details class="file-list">
      <summary>{t('rules.files')}</summary>
      <ul>
        {(answer?.files ?? []).map(({ file, change }) => (
          <li key={file}>
            <button type="button" aria-current={file === chosen ? 'true' : undefined} onClick={() => onFile(file)}>
              <UserText text={file} />
            </button>
            {change !== null && <Mark kind="unsaved">{t(`mark.${change}`)}</Mark>}
          </li>
        ))}
      </ul>
    </details>
  )
}
