import { hash } from 'node:crypto'

/** 64 bits of a hash, as two unsigned halves. */
export type Hash64 = { high: number; low: number }

/**
 * Hashes that only someone who knows the secret can compute, so nobody can choose texts that collide.
 *
 * Of keys, of the ids of calls, and of values; a tag before each keeps them apart.
 */
export class KeyedHashes {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  key(counter: string, key: string): Hash64 {
    return hashOf(this.#secret, `${counter.length}:${counter}${key}`)
  }

  /** Tells whether something was made with the same secret. */
  test(): Hash64 {
    return hashOf(this.#secret, 't')
  }

  /** Not 0. */
  id(id: string): number {
    return asNumber(hashOf(this.#secret, `i${id}`)) || 1
  }

  /** Not 0. */
  value(value: string): number {
    return asNumber(hashOf(this.#secret, `v${value}`)) || 1
  }
}

/** 53 bits of a hash, as an integer: enough to tell the few hundred values of one key apart. */
export function asNumber({ high, low }: Hash64): number {
  return (high & 0x1f_ffff) * 0x1_0000_0000 + low
}

/** The fastest way to read a digest. Node knows it as `binary` too, but takes half as long again for that name. */
const latin1 = 'latin1' as 'binary'

function hashOf(secret: string, text: string): Hash64 {
  const digest = hash('sha256', secret + wellFormed(text), latin1)
  return { high: wordAt(digest, 0), low: wordAt(digest, 4) }
}

/** UTF-8 has one replacement for every lone surrogate: written as JSON, texts with different ones stay different. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) && /\p{Cs}/u.test(text) ? JSON.stringify(text) : text
}

/** Four bytes, big-endian, without a sign. */
function wordAt(digest: string, at: number): number {
  const byte = (offset: number) => digest.charCodeAt(at + offset)
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0
}
