import test from 'ava'
import fc from 'fast-check'
import { readListFile } from '../../src/language/read/list-file.ts'
import { entryLine, readPaste } from '../../src/lists/paste.ts'
import { Findings } from '../../src/yaml/reporter.ts'
import { atOnce } from '../../src/yaml/steps.ts'

/** What a list file with these lines has as entries. */
function entriesOf(lines: readonly string[]): readonly string[] | undefined {
  const source = { file: 'lists/a.txt', text: lines.join('\n') }
  return atOnce(readListFile('a', source, new Findings()))?.texts
}

const becomes = test.macro({
  exec: (t, pasted: string, entries: readonly string[], kinds: readonly string[]) => {
    const { entries: got, notes } = readPaste(pasted, ['casino', 'bet*'])
    t.deepEqual(got, entries)
    t.deepEqual(
      notes.map(({ kind }) => kind),
      kinds,
    )
  },
  title: (_, pasted) => `a paste of ${JSON.stringify(pasted)} is read as entries`,
})

test(becomes, 'viagra\r\npoker\r\n', ['viagra', 'poker'], [])
test(becomes, 'viagra\tpoker\nslots\t', ['viagra', 'poker', 'slots'], ['split'])
test(becomes, 'viagra, poker, slots', ['viagra', 'poker', 'slots'], ['split'])
test(becomes, '赌博、彩票；博彩', ['赌博、彩票', '博彩'], ['split'])
test(becomes, '1. viagra\n2. poker\n3. slots', ['viagra', 'poker', 'slots'], ['cleaned', 'cleaned', 'cleaned'])
test(becomes, '1. FC Köln', ['1. FC Köln'], [])
test(becomes, '- viagra\n• poker', ['viagra', 'poker'], ['cleaned', 'cleaned'])
test(becomes, '"free, now"', ['free, now'], ['cleaned'])
test(becomes, '"say ""hi"""', ['say "hi"'], ['cleaned'])
test(becomes, 'via\u200bgra', ['viagra'], ['invisible'])
test(becomes, '\u200b\u200b\n  ', [], [])
test(becomes, '\\#metoo', ['\\#metoo'], [])
test(becomes, 'Casino\nviagra\nVIAGRA', ['viagra'], ['doubled', 'doubled'])
test(becomes, 'betting\nbet', [], ['swallowed', 'swallowed'])
test(becomes, '*', [], ['dropped'])
test(becomes, `${'a'.repeat(10_001)}`, [], ['dropped'])
test(becomes, '#metoo\n!word\na = b', ['\\#metoo', '\\!word', 'a \\= b'], [])
test(becomes, 'Smith, John', ['Smith, John'], [])
test(becomes, '', [], [])

test('each note names its line and says why', t => {
  t.deepEqual(readPaste('viagra\n\nCasino', ['casino']).notes, [
    { line: 3, kind: 'doubled', text: 'Casino', became: [], why: 'the list has it' },
  ])
  t.deepEqual(readPaste('betting', ['bet*']).notes, [
    { line: 1, kind: 'swallowed', text: 'betting', became: [], why: 'bet* matches everything that it matches' },
  ])
})

test('what was not read of a long paste is said, and notes are bounded', t => {
  const long = Array.from({ length: 200_001 }, (_, at) => `word${at}`).join('\n')
  const { entries, notes } = readPaste(long)
  t.is(entries.length, 200_000)
  t.deepEqual(notes[0]?.why, 'only 200,000 lines are read at once')
  const doubled = readPaste(Array.from({ length: 700 }, () => 'a').join('\n'))
  t.is(doubled.notes.length, 500)
  t.is(doubled.more, 199)
})

test('every entry of a paste is read back from a list file as it was meant', t => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('a', 'B', ' ', '#', '!', '=', '\\', '*', ',', '\t', '"', '1', '.', '-') }),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), lines => {
      const { entries } = readPaste(lines.join('\n'))
      const listed = entriesOf(entries)
      t.is(listed?.length, entries.length)
      // What is in the list already is never added again.
      t.deepEqual(readPaste(lines.join('\n'), listed).entries, [])
    }),
  )
})

test('signs that mean something in a list file are written as themselves', t => {
  t.deepEqual(entriesOf(['!ok', '#tag', 'a #b', 'a = b', 'c++'].map(entryLine)), [
    '!ok',
    '#tag',
    'a #b',
    'a = b',
    'c++',
  ])
})
