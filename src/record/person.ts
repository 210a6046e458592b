import { type RecordedDecision, readContentLine, readLine } from './record-line.ts'

/** Somebody who is to be forgotten: a user or a group, perhaps only where both are named; by all names on record. */
export type Person = { users: readonly string[]; groups: readonly string[] }

/** Texts of which a line about a person has one. */
export function bytesOfPerson({ users, groups }: Person): readonly string[] {
  return (users.length > 0 ? users : groups).map(name => JSON.stringify(name))
}

/** Whether an envelope line is about a person: a decision on a call that names them, or an event with their name. Pure. */
export function isAbout(text: string, person: Person): boolean {
  if (!bytesOfPerson(person).some(name => text.includes(name))) return false
  const record = readLine(text)
  // A line that cannot be read may be about them.
  if (record === undefined) return true
  switch (record.kind) {
    case 'event':
      return person.users.length === 0 || person.groups.length === 0
    case 'draft sum':
      return false
    case 'decision':
    case 'draft':
      return names(record, person)
  }
}

/** The same of a content line, given the ids of the decisions about the person. */
export function isContentAbout(text: string, ids: ReadonlySet<string>, person: Person): boolean {
  const [id] = /(?<=^\{"v":\d+,"id":")[^"]+/.exec(text) ?? []
  if (id !== undefined && ids.has(id)) return true
  if (!bytesOfPerson(person).some(name => text.includes(name))) return false
  const content = readContentLine(text)
  if (content === undefined || person.users.length === 0 || person.groups.length === 0) return true
  return [person.users, person.groups].every(all => all.some(name => text.includes(JSON.stringify(name))))
}

function names({ users, groups }: Pick<RecordedDecision, 'users' | 'groups'>, person: Person): boolean {
  const isUser = person.users.length === 0 || person.users.some(name => users.includes(name))
  return isUser && (person.groups.length === 0 || person.groups.some(name => groups.includes(name)))
}
