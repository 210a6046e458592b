import type { ParsedYaml } from '../../yaml/parse.ts'
import type { ShowPlace } from '../../yaml/places.ts'
import type { Findings } from '../../yaml/reporter.ts'
import type { Source } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { List } from '../condition.ts'
import type { FolderNames } from '../folder/names.ts'

/** The parse result of a file if it is already known; undefined for a file that is not parsed yet. */
export type Parsed = (source: Source) => Steps<ParsedYaml> | undefined

/** What is known about a folder while one of its files is read, and what is learnt about that file. */
export type Reading = {
  names: FolderNames
  findings: Findings
  /** The names that the file uses. */
  uses: Set<string>
  place: ShowPlace
  parsed: Parsed
  /** Lists of an earlier reading, by name. */
  before: ReadonlyMap<string, List>
}
