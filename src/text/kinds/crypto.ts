import { sha256 } from '@noble/hashes/sha2.js'
import { base58, base64url, bech32, bech32m } from '@scure/base'
import type { Range } from '../sources.ts'

/**
 * Addresses that coins are sent to: Bitcoin, Litecoin, Dogecoin, Dash and Tron with their checksums, TON with its own,
 * and those of Ethereum and its kin, which begin with 0x. Undefined is a pause. Pure, linear.
 */
export function* addressesIn(text: string): Generator<Range | undefined> {
  let end = 0
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9_-]{3,}/g)) {
    if (index < end) continue
    const length = isCoinAddress(run) ? run.length : spacedLength(text, index, run)
    if (length > 0) {
      end = index + length
      yield { start: index, end }
    } else yield undefined
  }
}

function isCoinAddress(run: string): boolean {
  if (run.length < 26 || run.length > 90) return false
  if (run.length === 42 && /^0x[0-9a-f]{40}$/i.test(run)) return !/^0x(.)\1+$/.test(run)
  if (/^(?:bc|ltc)1/i.test(run)) return isBech32(run)
  if (run.length === 48 && /^[EUk0]Q/.test(run)) return isTon(run)
  return run.length < 36 && /^[13LMDAX9T7]/.test(run) && isBase58(run)
}

/** The first bytes of addresses: Bitcoin's two, Litecoin's, Dogecoin's, Dash's and Tron's, as their chain parameters say. */
const versions = new Set([0x00, 0x05, 0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41])

function isBase58(run: string): boolean {
  if (!/^[1-9A-HJ-NP-Za-km-z]+$/.test(run)) return false
  const bytes = base58.decode(run)
  if (bytes.length !== 25 || !versions.has(bytes[0] as number)) return false
  const sum = sha256(sha256(bytes.subarray(0, 21)))
  return bytes.subarray(21).every((byte, at) => byte === sum[at])
}

/** BIP 173, and BIP 350 for later versions. */
function isBech32(run: string): boolean {
  return (bech32.decodeUnsafe(run) ?? bech32m.decodeUnsafe(run)) !== undefined
}

/** TEP 2: 36 bytes, of which the last two are a CRC of the others. */
function isTon(run: string): boolean {
  const bytes = base64url.decode(run)
  let crc = 0
  for (const byte of bytes.subarray(0, 34)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff
  }
  return bytes[34] === crc >> 8 && bytes[35] === (crc & 0xff)
}

/** An address in groups with single spaces between them, by its length with the spaces; 0 when there is none. */
function spacedLength(text: string, start: number, first: string): number {
  if (first.length > 30 || text[start + first.length] !== ' ' || !begins.test(first)) return 0
  let joined = first
  let place = start + first.length
  while (joined.length < 62) {
    group.lastIndex = place
    const [, next] = group.exec(text) ?? []
    if (next === undefined) break
    joined += next
    place += next.length + 1
    // Words joined to one are hardly ever of all three kinds of signs.
    if (joined.length >= 26 && isMixed(joined) && isCoinAddress(joined)) return place - start
  }
  return 0
}

/** Not a word or a number: letters with a digit among them, or with a capital inside. */
const begins = /^(?:[13LMDT7](?=.*[A-Za-z])(?=.*(?:[0-9]|[a-z][A-Z]))...|[bB][cC]1|0[xX])/
const group = / ([A-Za-z0-9]{2,32})(?![A-Za-z0-9_-])/y

function isMixed(text: string): boolean {
  return (text.match(/[0-9]/g)?.length ?? 0) >= 3 && /[A-Za-z].*[A-Za-z].*[A-Za-z]/.test(text)
}
