import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import test from 'ava'
import { parse } from 'yaml'
import { chapters, chinese } from './_languages.ts'
import { leavesOf, marksOf, outlineOf, type Piece, type Section } from './_outline.ts'
import { type SaidAs, tablesOf, withTables } from './_tables.ts'

const [english = [], translated = []] = await Promise.all(
  Object.keys(chapters).map(async file => outlineOf(await readFile(file, 'utf8'))),
)

for (const [file, say] of Object.entries(chapters)) {
  test(`the tables of ${file} are those of the vocabulary`, async t => {
    const page = await readFile(file, 'utf8')
    t.is(withTables(page, say), page, 'run npx tsx test/docs/refresh.ts')
  })
}

test('each word of the tables has its Chinese, and no Chinese is left over', t => {
  const said: Record<SaidAs, Set<string>> = { heads: new Set(), kinds: new Set(), texts: new Set() }
  tablesOf((english, as = 'texts') => {
    said[as].add(english)
    return english
  })
  for (const as of ['heads', 'kinds', 'texts'] as const) {
    const has = Object.keys(chinese[as])
    const missing = [...said[as]].filter(english => !has.includes(english))
    t.deepEqual(missing, [], `test/docs/zh-CN.json has no Chinese for these ${as}`)
    const stale = has.filter(english => !said[as].has(english))
    t.deepEqual(stale, [], `no table says these ${as} any more: take them out of test/docs/zh-CN.json`)
  }
})

test('both languages of the chapter for authors have the same headings and pieces in the same order', t => {
  for (const [at, section] of english.entries()) t.deepEqual(shapeOf(translated[at]), shapeOf(section), titled(at))
  t.is(translated.length, english.length, `${titled(english.length)} is in one language only`)
})

test('both languages of the chapter for authors say the same code and numbers in each piece', t => {
  for (const { here, there, title } of pairs()) {
    const [own, other] = [marksOf(there.text), marksOf(here.text)]
    const missing = other.filter(mark => !own.includes(mark))
    // Only what has Chinese in it stands for something else.
    const added = own.filter(mark => !other.includes(mark))
    t.true(added.every(isChinese) && added.length === missing.length, `${title}\n${here.text}\n${there.text}`)
  }
})

test('the examples of both languages differ only in texts for people', t => {
  for (const { here, there, title } of pairs()) {
    if (here.kind === 'sh') t.is(commandsOf(there.text), commandsOf(here.text), title)
    if (here.kind !== 'yaml') continue
    const leaves = leavesOf(parse(here.text))
    const own = leavesOf(parse(there.text)).map(([place, value], at) => [
      place,
      isChinese(value) ? leaves[at]?.[1] : value,
    ])
    t.deepEqual(own, leaves, title)
  }
})

/** What a reader of another language would miss if it were not there. */
function shapeOf(section: Section | undefined) {
  return section && { level: section.level, pieces: section.pieces.map(({ kind }) => kind) }
}

function titled(at: number): string {
  return `${english[at]?.heading} | ${translated[at]?.heading}`
}

/** Each piece with its translation, in the sections that have the same pieces. */
function pairs() {
  return english.flatMap((section, at) =>
    isDeepStrictEqual(shapeOf(section), shapeOf(translated[at]))
      ? section.pieces.map((here, index) => ({
          here,
          there: translated[at]?.pieces[index] as Piece,
          title: titled(at),
        }))
      : [],
  )
}

/** The lines of a shell without their comments. */
function commandsOf(code: string): string {
  return code.replaceAll(/ +# .*/g, '')
}

function isChinese(value: unknown): boolean {
  return /\p{Script=Han}/u.test(String(value))
}
