import type { CharacterShape } from './character-shape.ts'
import { typedOtherwise } from './typed-otherwise.ts'
import { charsAt, shapeAt, visibleText } from './visible-text.ts'

/**
 * One reading of an entry: its skeleton, and the characters behind it. `owners` has for each code unit of `key` the
 * index in `chars`.
 */
export type LookalikeKey = { key: string; owners: readonly number[]; chars: readonly string[] }

/**
 * The readings of an entry, its own first: as written, in lower and upper case, and for a long one also with `d` as
 * `cl` and `и` as `u`. Signs such as @ are read as letters; separators and spaces are left out.
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

/** True for a text of five or more letters or digits: similar texts are then rarely coincidence. */
export function isLongName(text: string): boolean {
  return /(?:[\p{L}\p{N}][^\p{L}\p{N}]*){5}/u.test(text)
}

/** Unicode maps m to rn and w to vv, but has no such pair for d; and it maps и to n. */
function drawnOtherwise({ key, owners, chars }: LookalikeKey): LookalikeKey {
  const units = owners.map((owner, at) => (key[at] === 'd' ? 'cl' : isShortI.test(chars[owner] ?? '') ? 'u' : key[at]))
  const spread = units.flatMap((unit = '', at) => Array<number>(unit.length).fill(owners[at] as number))
  return { key: units.join(''), owners: spread, chars }
}

const isShortI = /^и/iu

/** The shape and character at each visible position. */
function lettersOf(text: string): { look: CharacterShape; char: string }[] {
  const seen = visibleText(text)
  return Array.from({ length: seen.count }, (_, at) => ({ look: shapeAt(seen, at), char: charsAt(seen, at) }))
}

/** `which` selects the reading of signs with several, such as €. */
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
