import type { Colors } from 'picocolors/types.js'
import type { List } from '../language/condition.ts'
import { visible } from '../language/show/visible.ts'

type Lists = ReadonlyMap<string, List>

/** So many entries that came or went are told of a list. */
const maxTold = 10

/** What came into a list and what went, told in lines. */
export type ListChange = { name: string; lines: readonly string[] }

/** The lists that changed. Pure. */
export function listChanges(before: Lists, after: Lists, colors: Colors): ListChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.flatMap(name => {
    const [old, now] = [textsOf(before.get(name)), textsOf(after.get(name))]
    const gone = [...old].filter(text => !now.has(text))
    const come = [...now].filter(text => !old.has(text))
    if (gone.length + come.length === 0 && before.has(name) === after.has(name)) return []
    const lines = [...told('-', gone, 'gone'), ...told('+', come, 'new')]
    return [{ name, lines: [headline(name, before, after, colors), ...lines] }]
  })
}

function headline(name: string, before: Lists, after: Lists, colors: Colors): string {
  if (!after.has(name)) return colors.red(`- the list ${name} is gone`)
  return before.has(name) ? colors.yellow(`~ the list ${name} changed`) : colors.green(`+ the list ${name} is new`)
}

function textsOf(list: List | undefined): ReadonlySet<string> {
  const replaced = list?.replacements
  const texts = list?.texts.map((text, at) => (replaced === undefined ? text : `${text} = ${replaced[at]}`)) ?? []
  const except = list?.except?.texts.map(text => `${text} (an exception)`) ?? []
  return new Set([...texts, ...except])
}

function told(mark: string, texts: readonly string[], became: string): string[] {
  const lines = texts.slice(0, maxTold).map(text => `  ${mark} ${visible(text)}`)
  const more = texts.length - lines.length
  return more > 0 ? [...lines, `  ${mark} … ${more} more ${more === 1 ? 'is' : 'are'} ${became}`] : lines
}
