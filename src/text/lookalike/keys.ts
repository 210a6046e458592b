import type { CharacterShape } from './character-shape.ts'
import { typedOtherwise } from './typed-otherwise.ts'
import { charsAt, shapeAt, visibleText } from './visible-text.ts'

/**
 * One way to read an entry: its skeleton, and the characters of the entry behind it: `owners` has for each code unit
 * of `key` which of `chars` it stands for.
 */
export type LookalikeKey = { key: string; owners: readonly number[]; chars: readonly string[] }

/**
 * The ways an entry can be read, its own first: as it stands, in lower and in upper case, and a long one with its `d`
 * drawn as `cl` and its `и` as `u`. Signs such as @ are read as letters; separators and blanks are left out. Pure.
 */
export function lookalikeKeys(text: string): LookalikeKey[] {
  const own = lettersOf(text)
  const forms = own.some(({ look }) => look.isCased)
    ? [own, lettersOf(text.toLowerCase()), lettersOf(text.toUpperCase())]
    : [own]
  const most = Math.max(1, ...own.map(({ look }) => (look.kind === 'sign' ? look.readings.length : 1)))
  const keys = forms.flatMap(form => Array.from({ length: most }, (_, which) => readKey(form, which)))
  if (isLongName(text) && /[dи]/iu.test(text)) keys.push(...keys.map(drawnOtherwise))
  for (const typed of typedOtherwise(text)) keys.push(readKey(lettersOf(typed), 0))
  return keys.filter(({ key }, i) => key !== '' && keys.findIndex(other => other.key === key) === i)
}

/** True for a text so long that what resembles it hardly does so by chance: five letters or digits. Pure. */
export function isLongName(text: string): boolean {
  return /(?:[\p{L}\p{N}][^\p{L}\p{N}]*){5}/u.test(text)
}

/** Unicode has m as rn and w as vv, but no such pair for d; and и it has for an n. */
function drawnOtherwise({ key, owners, chars }: LookalikeKey): LookalikeKey {
  const units = owners.map((owner, at) => (key[at] === 'd' ? 'cl' : isShortI.test(chars[owner] ?? '') ? 'u' : key[at]))
  const spread = units.flatMap((unit = '', at) => Array<number>(unit.length).fill(owners[at] as number))
  return { key: units.join(''), owners: spread, chars }
}

const isShortI = /^и/iu

/** What is at each place that can be seen. */
function lettersOf(text: string): { look: CharacterShape; char: string }[] {
  const seen = visibleText(text)
  return Array.from({ length: seen.count }, (_, at) => ({ look: shapeAt(seen, at), char: charsAt(seen, at) }))
}

/** `which` tells the reading of signs that have several, such as €. */
function readKey(letters: readonly { look: CharacterShape; char: string }[], which: number): LookalikeKey {
  let key = ''
  const owners: number[] = []
  for (const [i, { look }] of letters.entries()) {
    const own = look.kind === 'sign' ? look.readings[which] : undefined
    const reading = own ?? look.readings[0] ?? ''
    key += reading
    for (let k = 0; k < reading.length; k++) owners.push(i)
  }
  return { key, owners, chars: letters.map(({ char }) => char) }
}
