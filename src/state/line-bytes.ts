/**
 * Lines as UTF-8 in one piece of memory that can be handed to another thread.
 *
 * Texts that wait as texts cost more than writing them here at once: the garbage collector moves each of them, and
 * whoever reads them in the end puts hundreds of pieces together.
 */
export class LineBytes {
  #bytes: Buffer
  #length = 0

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size)
  }

  get length(): number {
    return this.#length
  }

  /** Adds a line, given without its line break. */
  add(line: string): void {
    // The most that a UTF-16 code unit takes, and the line break.
    const most = this.#length + line.length * 3 + 1
    if (most > this.#bytes.length) this.#grow(most)
    const end = this.#length + this.#bytes.write(line, this.#length)
    this.#bytes[end] = lineFeed
    this.#length = end + 1
  }

  /** All lines. Nothing may be added afterwards. */
  taken(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer as ArrayBuffer, 0, this.#length)
  }

  #grow(least: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(least, this.#bytes.length * 2))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

const lineFeed = 10
