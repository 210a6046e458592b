import { resolve } from 'node:path'
import type { Logger } from 'pino'
import { tellAddress } from '../state/admin-address.ts'
import { StateInUse, StateUnusable } from '../state/state-errors.ts'
import type { KeptState } from './kept-state.ts'

type TellDeps = { config: { rules: string }; state: Pick<KeptState, 'open'>; log: Logger }

/** Commands that change something ask this process. Without a state folder of its own, they find no address. */
export async function tellOperators({ config, state, log }: TellDeps, url: string): Promise<void> {
  try {
    const { dir } = await state.open()
    await tellAddress(dir, { url, pid: process.pid, rules: resolve(config.rules) })
  } catch (error) {
    if (error instanceof StateInUse || error instanceof StateUnusable) return
    log.error({ err: error }, 'commands cannot find this process')
  }
}
