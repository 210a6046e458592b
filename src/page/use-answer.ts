import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiProblem } from './api.ts'

/**
 * An answer that follows what is asked. `isStale` while a newer one is awaited; `problem` if the newest request failed:
 * `retry` asks again.
 */
export type Live<T> = { answer: T | undefined; isStale: boolean; problem: ApiProblem | undefined; retry(): void }

type Shown<T> = { key: string | undefined; answer: T | undefined; problem: ApiProblem | undefined }

/**
 * Ask whenever `key` changes, after a pause; no key asks nothing. A newer question aborts the older one, whose answer is
 * never shown.
 */
export function useAnswer<T>(key: string | undefined, ask: (signal: AbortSignal) => Promise<T>, pauseMs = 0): Live<T> {
  const [shown, show] = useState<Shown<T>>({ key: undefined, answer: undefined, problem: undefined })
  const [attempt, again] = useState(0)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    const start = () =>
      latest.current(stop.signal).then(
        answer => {
          if (!stop.signal.aborted) show({ key, answer, problem: undefined })
        },
        (error: unknown) => {
          if (stop.signal.aborted) return
          const problem = error instanceof ApiProblem ? error : new ApiProblem(0, { error: String(error) })
          show(before => ({ key, answer: before.answer, problem }))
        },
      )
    const timer = setTimeout(start, attempt === 0 ? pauseMs : 0)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [key, attempt, pauseMs])
  return { ...shown, isStale: shown.key !== key, retry: () => again(attempt + 1) }
}
