import { pointAt } from '../code-units.ts'
import { wordClass, wordClassAt } from './boundaries.ts'

/**
 * Particles and endings that Korean writes onto a noun. Only those of which hardly a noun is made: a longer word that
 * merely begins with an entry (새끼손가락) is none of its uses.
 */
const particles = new Set(
  (
    '이 가 은 는 을 를 도 만 의 에 로 으로 와 과 랑 이랑 하고 야 아 들 들이 들은 들을 들도 에서 에게 한테 까지 부터 처럼 보다 ' +
    '이야 이다 이네 이지 이냐 이라 라고 이라고 이란 란 인데 이나 같은 같이 같아 같네 같다 짓 님'
  ).split(' '),
)

/** Interjections that Korean writes before a word without a space. */
const interjections = new Set(['아', '야'])

const isHangul = (unit: number) => unit >= 0xac00 && unit <= 0xd7a3

/** True where a particle stands from a place to the end of the word: what is before it is a word as well. */
export function endsInParticle(units: Uint16Array, at: number): boolean {
  if (!isHangul(units[at - 1] as number) || !isHangul(units[at] as number)) return false
  let end = at
  while (end < units.length && isHangul(units[end] as number)) if (++end - at > longestParticle) return false
  if (end < units.length && wordClassAt(units, end, wordClass.letter) === wordClass.letter) return false
  return particles.has(String.fromCharCode(...units.subarray(at, end)))
}

const longestParticle = 3

/** True where nothing but an interjection stands between the beginning of a word and a place. */
export function followsInterjection(units: Uint16Array, at: number): boolean {
  if (at === 0 || !isHangul(units[at] as number)) return false
  if (at > 1 && wordClassAt(units, at - 2, wordClass.other) === wordClass.letter) return false
  return interjections.has(String.fromCharCode(units[at - 1] as number))
}

/**
 * True where a long number is glued to a short Latin word (`vx12345678`): an account that is to be written to. `start`
 * is where the word begins.
 */
export function endsInNumber(units: Uint16Array, start: number, at: number): boolean {
  if (at - start > longestGlued) return false
  for (let i = start; i < at; i++) if (!isLatin(units[i] as number)) return false
  let end = at
  while (end < units.length && isDigit(units[end] as number)) end++
  if (end - at < shortestNumber) return false
  return (
    end === units.length ||
    wordClassAt(units, end, wordClass.other) !== wordClass.letter ||
    pointAt(units, end) > 0x2e80
  )
}

const longestGlued = 4
const shortestNumber = 5
const isLatin = (unit: number) => unit >= 0x61 && unit <= 0x7a
const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39
