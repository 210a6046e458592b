/**
 * Notes where the code units of a changed text come from, as a pass writes them: from the same ones where a piece stayed
 * as it is, else from where the piece begins.
 */
export class Trace {
  readonly #sources: Uint32Array
  #traced = 0

  constructor(sources: Uint32Array) {
    this.#sources = sources
  }

  /** What the pass has written from here on is to be written anew. */
  backTo(length: number): void {
    this.#traced = Math.min(this.#traced, length)
  }

  /** All that was written since comes from the piece of the text from `start` to `end`. */
  add(units: Uint16Array, start: number, end: number, out: Uint16Array, length: number): void {
    if (length > this.#traced + 1) this.#addSeveral(units, start, end, out, length)
    else if (length > this.#traced) this.#sources[this.#traced++] = start
  }

  #addSeveral(units: Uint16Array, start: number, end: number, out: Uint16Array, length: number): void {
    const first = this.#traced
    let isSame = length - first === end - start
    for (let at = 0; isSame && first + at < length; at++) isSame = units[start + at] === out[first + at]
    for (let at = 0; first + at < length; at++) this.#sources[first + at] = isSame ? start + at : start
    this.#traced = length
  }
}
