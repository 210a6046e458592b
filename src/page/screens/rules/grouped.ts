import type { CallbackShown, RuleShown } from '../../../serve/page/answers.ts'

/** What happens, and the rules that decide it, in the order in which they do. */
export type RuleGroup = { key: string; callbacks: readonly string[]; title: string; rules: readonly RuleShown[] }

/** Rules by what they decide; callbacks with the same rules are one group. */
export function groupsOf(rules: readonly RuleShown[], callbacks: readonly CallbackShown[]): readonly RuleGroup[] {
  const byCallback = new Map<string, RuleShown[]>()
  for (const rule of rules) {
    for (const name of rule.callbacks) byCallback.set(name, [...(byCallback.get(name) ?? []), rule])
  }
  const groups = new Map<string, { callbacks: string[]; rules: readonly RuleShown[] }>()
  const places = new Map(callbacks.map(({ name }, at) => [name, at]))
  const inOrder = [...byCallback].sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
  for (const [name, own] of inOrder) {
    const key = own.map(({ rule }) => rule).join('\n')
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { callbacks: [name], rules: own })
    else known.callbacks.push(name)
  }
  const abouts = new Map(callbacks.map(callback => [callback.name, eventOf(callback)]))
  return Array.from(groups.values(), group => ({
    ...group,
    key: group.callbacks.join(),
    title: titleOf(group.callbacks.map(name => abouts.get(name) ?? name)),
  }))
}

function titleOf(events: readonly string[]): string {
  const [first = '', ...others] = new Set(events)
  return [first, ...others.map(lowerFirst)].join(', or ')
}

/** What happens, as somebody would say it: without when the server asks, and without details. */
export function eventOf({ about }: Pick<CallbackShown, 'about'>): string {
  const short = (/^[^,;:]*/.exec(about)?.[0] ?? about).replace(/^(?:before|after) /, '')
  return short.charAt(0).toUpperCase() + short.slice(1)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** A sentence of a rule in its two halves: when it fires, and what it does then. */
export function halvesOf({ sentences: [sentence = ''] }: Pick<RuleShown, 'sentences'>): {
  when: string
  effect: string
} {
  const [, when = '', effect = ''] =
    /, (when [\s\S]*): ((?:reject with|rewrite|exempt it) [\s\S]*)\.$/.exec(sentence) ?? []
  if (effect === '') return { when: sentence, effect: '' }
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  return { when: upper(when), effect: upper(effect) }
}
