import type { Fix } from '../../yaml/diagnostic.ts'
import type { Advice } from '../../yaml/fix.ts'
import { inOneLine } from '../../yaml/layout.ts'
import type { Entry } from '../../yaml/node.ts'
import { exampleField } from '../read/count-keys.ts'
import type { Scope } from '../read/scope.ts'
import { keys } from '../vocabulary.ts'

/** What to write in place of a count of the own calls where only counters can be asked: a counter, and the question. */
export function namedInstead({ value }: Entry, scope: Scope): Advice {
  const entries = value.kind === 'map' ? value.entries : []
  const written = (wanted: readonly string[]) =>
    entries
      .filter(({ key }) => wanted.includes(key))
      .flatMap(({ key, value: of }) => {
        const text = inOneLine(of, scope.text)
        return text === undefined ? [] : [`${key}: ${text}`]
      })
  const [same = `same: ${exampleField(scope)}`] = written(['same'])
  const name = freeName(scope)
  const counter = [`callback: ${scope.callbacks[0]?.name}`, same, ...written(['different', 'counting'])].join(', ')
  const limits = written(['in', ...keys['how often'].filter(key => !ofCounter.has(key) && key !== 'in')])
  const asked = [`of: ${name}`, same, ...(limits.length < 2 ? ['in: 1 minute', 'more than: 5'] : limits)].join(', ')
  const section = `counters: { ${name}: { ${counter} } }`
  const hint = `Write ${section} at the top of the file, and here how often: { ${asked} }`
  const top = scope.text.search(/^[^\s#-]/m)
  const isAlone = !/^counters\s*:/m.test(scope.text) && top !== -1 && scope.text[top] !== '{'
  if (!isAlone || limits.length < 2) return { hint }
  const { file } = value.span
  const edits = [
    { span: { file, start: top, end: top }, text: `${section}\n` },
    { span: value.span, text: `{ ${asked} }` },
  ]
  const label = `Name it under "counters", and ask with of: ${name}`
  return { hint, fixes: [{ label, edits } satisfies Fix] }
}

/** Keys that a counter has, and the one that only the own calls can have. */
const ofCounter: ReadonlySet<string> = new Set(['of', 'same', 'different', 'counting', 'then for'])

/** A name that no counter has. */
function freeName({ names }: Scope): string {
  const numbers = ['', ' 2', ' 3', ' 4', ' 5']
  return `my calls${numbers.find(number => !names.counters.has(`my calls${number}`)) ?? ' 6'}`
}
