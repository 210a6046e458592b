import { openState, type StateFolder } from '../state/state.ts'

/** The state folder of the service, opened by whatever is first to keep something in it. */
export class KeptState {
  readonly dir: string
  #opened: Promise<StateFolder> | undefined

  constructor(dir: string) {
    this.dir = dir
  }

  /** Opens and locks the folder, once; a failure is tried again. Throws StateInUse and StateUnusable. */
  open(): Promise<StateFolder> {
    this.#opened ??= openState(this.dir).catch(error => {
      this.#opened = undefined
      throw error
    })
    return this.#opened
  }

  /** True from when it is opened, or being opened. */
  get isOpen(): boolean {
    return this.#opened !== undefined
  }

  /** Lets others use the folder. Afterwards nothing may be kept. */
  async release(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined)
    await opened?.release()
  }
}
