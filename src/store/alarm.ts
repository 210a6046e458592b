import { setTimeout as delay } from 'node:timers/promises'

/** A sleep that can be cut short. */
export type Alarm = {
  /** End the sleep under way, or the next one, as soon as its least time is over. */
  ring: () => void
  sleep: (atLeastMs: number, atMostMs: number) => Promise<void>
}

/** A new alarm, for one sleeper at a time. */
export function alarmOf(): Alarm {
  let isRung = false
  let wake = () => {}
  const ring = () => {
    isRung = true
    wake()
  }
  const untilRung = (ms: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const sleep = async (atLeastMs: number, atMostMs: number) => {
    await delay(atLeastMs)
    if (!isRung) await untilRung(atMostMs - atLeastMs)
    isRung = false
  }
  return { ring, sleep }
}
