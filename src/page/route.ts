import { createStore } from './store.ts'

/** Where on the page somebody is: a screen, and what it shows, such as a draft, a file or a rule. */
export type Whereabouts = { screen: string; values: Readonly<Record<string, string>> }

/** The route in the address, so that a reload or a link leads to the same place. */
export const whereabouts = createStore<Whereabouts>(routeIn(location.hash))

addEventListener('hashchange', () => whereabouts.set(routeIn(location.hash)))

/** Reads `#/rules?draft=d-1&rule=no-links`. */
export function routeIn(hash: string): Whereabouts {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  return { screen: path, values: Object.fromEntries(new URLSearchParams(query)) }
}

/** The address of a route. */
export function addressOf({ screen, values }: Whereabouts): string {
  const query = new URLSearchParams(values).toString()
  return `#/${screen}${query === '' ? '' : `?${query}`}`
}

/** Go to a screen, or change what it shows; values that are undefined are taken out. */
export function go(to: {
  screen?: string
  values?: Readonly<Record<string, string | undefined>>
  replace?: boolean
}): void {
  const now = whereabouts.get()
  const merged = Object.entries({ ...now.values, ...to.values }).filter(
    (each): each is [string, string] => each[1] !== undefined,
  )
  const next = { screen: to.screen ?? now.screen, values: Object.fromEntries(merged) }
  const hash = addressOf(next)
  if (hash === location.hash) return
  if (to.replace === true) {
    history.replaceState(null, '', hash)
    whereabouts.set(next)
  } else location.hash = hash
}
