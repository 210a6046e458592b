import { createStore, useStore } from './store.ts'
import { type TextKey, texts } from './texts.ts'

/** The languages of the page. */
export type Language = 'en' | 'zh'

const kept = 'hookwarden:language'

/** The language that somebody chose, or that the browser asks for. */
export const language = createStore<Language>(firstLanguage())

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept)
  if (chosen === 'en' || chosen === 'zh') return chosen
  return navigator.languages.find(each => /^(?:en|zh)\b/.test(each))?.startsWith('zh') ? 'zh' : 'en'
}

/** Choose a language, for this browser. */
export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(kept, chosen)
  language.set(chosen)
}

/** The values that stand in a text for `{name}`; `n` also chooses between one and several. */
export type TextValues = Readonly<Record<string, string | number>>

/** A text of the page in the language of its reader. */
export function say(key: TextKey, values: TextValues = {}, now = language.get()): string {
  const entry: string | { one: string; other: string } = texts[key][now]
  const form = typeof entry === 'string' ? entry : entry[values.n === 1 ? 'one' : 'other']
  return form.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : typeof value === 'number' ? numberText(value, now) : value
  })
}

/** `say` for a component, which is drawn again when the language changes. */
export function useTexts(): typeof say {
  const now = useStore(language)
  return (key, values) => say(key, values, now)
}

function localeOf(now: Language): string {
  return now === 'zh' ? 'zh-CN' : 'en-GB'
}

/** A number as its reader writes it. */
export function numberText(value: number, now = language.get()): string {
  return value.toLocaleString(localeOf(now))
}

/** A time as its reader writes it: the day only if it is not today. */
export function timeText(at: string | number, now = language.get()): string {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const)
  return date.toLocaleString(localeOf(now), { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}
