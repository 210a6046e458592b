import { useEffect, useState } from 'preact/hooks'

/** A value that components can watch. */
export type Store<T> = {
  get(): T
  set(value: T): void
  change(change: (value: T) => T): void
  watch(listener: () => void): () => void
}

/** A store with its first value. */
export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  const set = (next: T) => {
    if (next === value) return
    value = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => value,
    set,
    change: change => set(change(value)),
    watch: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The value of a store; the component is drawn again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [value, put] = useState(store.get)
  useEffect(() => {
    const update = () => put(() => store.get())
    update()
    return store.watch(update)
  }, [store])
  return value
}
