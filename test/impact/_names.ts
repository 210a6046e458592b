import { given } from '../_counting.ts'
import { type Received, received } from './_recorded.ts'

/** The clock of `run` in test/cli. */
const now = Date.parse('2026-03-04T12:00:00+08:00')

/** Rules that refuse one name. */
export const nice =
  'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: no-staff, when: { nickName: staff }, reject: 5001 }\n'

/** The same, and one more rule. */
export const strict = `${nice}  # what people shout
  - rule: no-shouting
    when: { nickName: { contains any: [ann, bob] } }
    reject: { code: 5002, message: No }
`

/** Users who give themselves these names, a minute after each other: u-0, u-1, … in g-1. */
export function names(...all: string[]): Received[] {
  return all.map((name, at) => {
    const { callback } = given('callback=beforeSetGroupMemberInfo userID=u-1 groupID=g-1 nickName=x')
    const values = { groupID: 'g-1', userID: `u-${at}`, nickName: name }
    return received(now - (all.length - at) * 60_000, { callback, values: new Map(Object.entries(values)) })
  })
}
