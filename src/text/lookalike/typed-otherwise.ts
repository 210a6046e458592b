/**
 * Other texts that an entry is typed as on a keyboard: Korean and Russian with the Latin layout on (시발 as tlqkf), and
 * Korean by its initial consonants alone (ㅅㅂ) or with a tense first one (씨발). Pure.
 */
export function typedOtherwise(entry: string): readonly string[] {
  if (hangul.test(entry)) return [...initialsOf(entry), ...tense(entry), ...onLatinKeys(entry, koreanKeys)]
  return russian.test(entry) ? onLatinKeys(entry, russianKeys) : []
}

const hangul = /^[\uac00-\ud7a3]{2,}$/
const russian = /^[а-яё]{5,}$/iu

/** Abbreviations that everybody writes and nobody means badly: thanks, sorry, ok, where, congratulations, for real … */
const honest = new Set(
  'ㄱㅅ ㅈㅅ ㅇㅋ ㅇㄷ ㅊㅋ ㅅㄱ ㅎㅇ ㅇㅈ ㄹㅇ ㅂㅇ ㄱㅊ ㅇㅎ ㄴㅇ ㅈㄱ ㅇㄴ ㄱㄷ ㅁㄹ'.split(' '),
)

const initials = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ')

function initialsOf(entry: string): readonly string[] {
  const text = Array.from(entry, char => initials[Math.floor((char.charCodeAt(0) - 0xac00) / 588)]).join('')
  return new Set(text).size > 1 && !honest.has(text) ? [text] : []
}

/** ㄱ, ㄷ, ㅂ, ㅅ and ㅈ, by their numbers among the initials: the tense one is the next. */
const plain = new Set([0, 3, 7, 9, 12])

function tense(entry: string): readonly string[] {
  const code = entry.charCodeAt(0)
  return plain.has(Math.floor((code - 0xac00) / 588)) ? [String.fromCharCode(code + 588) + entry.slice(1)] : []
}

/** Fewer letters than these may be a word of another language. */
const shortestTyped = 4

function onLatinKeys(entry: string, keys: ReadonlyMap<string, string>): readonly string[] {
  const typed = Array.from(entry.toLowerCase().normalize('NFD'), char => keys.get(char) ?? char).join('')
  return /^[a-z]+$/.test(typed) && typed.length >= shortestTyped ? [typed] : []
}

/** Dubeolsik (KS X 5002), by the letters of decomposed syllables: 19 initials, 21 vowels, 27 finals. */
const koreanKeys = new Map([
  ...pairs(0x1100, 'r R s e E f a q Q t T d w W c z x v g'),
  ...pairs(0x1161, 'k o i O j p u P h hk ho hl y n nj np nl b m ml l'),
  ...pairs(0x11a8, 'r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g'),
])

function pairs(first: number, keys: string): [string, string][] {
  return keys.split(' ').map((key, at) => [String.fromCharCode(first + at), key.toLowerCase()])
}

/** ЙЦУКЕН, as far as its letters are on keys with Latin ones. */
const russianKeys = new Map(
  Array.from('йцукенгшщзфывапролдячсмить', (letter, at): [string, string] => {
    return [letter.normalize('NFD'), 'qwertyuiopasdfghjklzxcvbnm'.charAt(at)]
  }),
)
