import type { Logger } from 'pino'
import type { CountsVoice } from '../state/reach.ts'

/** Logs when the shared store is lost and when it is found again. */
export function countsLog(log: Logger): CountsVoice {
  return {
    alone: reason => log.warn({ reason }, 'counting alone'),
    together: aloneMs => log.info({ aloneMs }, 'counting together'),
  }
}
