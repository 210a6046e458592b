import { suggest } from '../language/advice/suggest.ts'
import type { NamedOne } from '../state/holds.ts'
import { UsageError } from './io.ts'

const fields = ['userID', 'groupID'] as const

/** Read `userID=u-1` or `groupID=g-1`. Throws UsageError that says what to type. */
export function readWho(text: string): NamedOne {
  const [, name = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(text) ?? []
  const field = fields.find(
    each => each.toLowerCase() === name.toLowerCase() || each.slice(0, -2) === name.toLowerCase(),
  )
  if (field !== undefined && value !== '') return { field, value }
  if (!text.includes('=')) throw new UsageError(`Say who ${text} is: userID=${text} or groupID=${text}`)
  if (field !== undefined) throw new UsageError(`"${text}" names nobody. Write it like ${field}=u-1`)
  throw new UsageError(
    `"${name}" must be userID or groupID: the record finds both in every field. ${suggest(name, fields, 'Fields')}`,
  )
}
