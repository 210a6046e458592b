/** How much memory the tables may take. Each asks before it grows; what is taken is used again, never given back. */
export class Room {
  readonly mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Takes the bytes if there are that many left. The first ones are always there: a table of no rows is no use. */
  take(bytes: number, isFirst: boolean): boolean {
    if (!isFirst && this.#bytes + bytes > this.mostBytes) return false
    this.#bytes += bytes
    return true
  }
}
