import type { ComponentType } from 'preact'
import { RulesScreen } from './screens/rules/rules-screen.tsx'
import { TryScreen } from './screens/try/try-screen.tsx'
import type { TextKey } from './texts.ts'

/** A screen of the page: its name in the address, its title, and what draws it. */
export type Screen = { name: string; title: TextKey; Content: ComponentType }

/** Every screen, in the order of the menu; the first one is shown at first. */
export const screens: readonly [Screen, ...Screen[]] = [
  { name: 'rules', title: 'screen.rules', Content: RulesScreen },
  { name: 'try', title: 'screen.try', Content: TryScreen },
]
