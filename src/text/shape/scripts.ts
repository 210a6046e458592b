/** The scripts that can be named, in small letters and with spaces. Scripts.txt of Unicode 15. */
export const scriptNames: readonly string[] = `
  Latin Han Cyrillic Arabic Hiragana Katakana Hangul Thai Devanagari Greek Hebrew Bengali Tamil Telugu
  Kannada Malayalam Gujarati Gurmukhi Oriya Sinhala Myanmar Khmer Lao Tibetan Mongolian Georgian Armenian
  Ethiopic Adlam Ahom Anatolian_Hieroglyphs Avestan Balinese Bamum Bassa_Vah Batak Bhaiksuki Bopomofo
  Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee
  Chorasmian Coptic Cuneiform Cypriot Cypro_Minoan Deseret Dives_Akuru Dogra Duployan
  Egyptian_Hieroglyphs Elbasan Elymaic Glagolitic Gothic Grantha Gunjala_Gondi Hanifi_Rohingya Hanunoo
  Hatran Imperial_Aramaic Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kawi Kayah_Li
  Kharoshthi Khitan_Small_Script Khojki Khudawadi Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian
  Mahajani Makasar Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui
  Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mro Multani Nabataean Nag_Mundari Nandinagari
  New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic
  Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Osage
  Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan
  Saurashtra Sharada Shavian Siddham SignWriting Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri
  Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tangsa Tangut Thaana Tifinagh Tirhuta Toto
  Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square
`
  .trim()
  .split(/\s+/)
  .map(name => name.toLowerCase().replaceAll('_', ' '))

/**
 * The scripts of a text, each once, in the order in which they first appear.
 *
 * Digits, signs, emoji and accents belong to no script (Common and Inherited). Linear.
 */
export function scriptsIn(text: string): string[] {
  const found = new Set<number>()
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (point > 0xffff) at++
    found.add(known[point] || remember(point))
  }
  found.delete(noScript)
  return Array.from(found, script => scriptNames[script - 2] as string)
}

/** The number of a script for each code point, from two on; one is none, and zero is not known yet. */
const known = new Uint8Array(0x110000)
const noScript = 1

/** Code points that become known together: they are mostly of one script, and there are many to ask about. */
const blockSize = 128

function remember(point: number): number {
  const first = point - (point % blockSize)
  const text = String.fromCodePoint(...Array.from({ length: blockSize }, (_, at) => first + at))
  const size = text.length / blockSize
  for (let at = 0; at < blockSize; ) {
    const [script, length] = runAt(text, at * size)
    known.fill(script, first + at, first + at + length / size)
    at += length / size
  }
  return known[point] as number
}

/** The script of the characters from a place on, and how far they go. What a later Unicode has is of none. */
function runAt(text: string, at: number): [script: number, length: number] {
  made ??= [withoutScript, ...scriptNames.map(name => runOf(`\\p{Script=${unicodeName(name)}}`))]
  for (const [index, run] of made.entries()) {
    run.lastIndex = at
    const [found] = run.exec(text) ?? []
    if (found !== undefined) return [index + 1, found.length]
  }
  return [noScript, text.codePointAt(at) === text.charCodeAt(at) ? 1 : 2]
}

function runOf(set: string): RegExp {
  return new RegExp(`${set}+`, 'uy')
}

const withoutScript = runOf('[\\p{Script=Common}\\p{Script=Inherited}\\p{Cn}\\p{Cs}\\p{Co}]')

/** Made when first asked for: there are many. */
let made: readonly RegExp[] | undefined

function unicodeName(name: string): string {
  if (name === 'signwriting') return 'SignWriting'
  return name.replaceAll(/(?:^| )./g, start => start.toUpperCase()).replaceAll(' ', '_')
}
