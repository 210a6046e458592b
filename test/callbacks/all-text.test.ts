import test from 'ava'
import { readAllText } from '../../src/callbacks/all-text.ts'

const reads = test.macro({
  exec(t, type: number, element: unknown, shown: string | null) {
    t.is(readAllText(JSON.stringify(element), type, null), shown)
  },
  title: (title = '', type) => `${title} (${type})`,
})

test('a file has a name', reads, 105, { fileName: 'a.zip', fileSize: 3 }, 'a.zip')
test('a card has a name', reads, 108, { userID: 'u', nickname: 'Ann', ex: 'x' }, 'Ann')
test('a place is described', reads, 109, { description: 'Main Street', latitude: 1 }, 'Main Street')
test('keys in any letter case', reads, 105, { FILENAME: 'a.zip' }, 'a.zip')
test('a text in a text key that is none is skipped', reads, 105, { fileName: { a: 'b' } }, null)
test(
  'forwarded messages, who wrote them, and the preview',
  reads,
  107,
  {
    title: 'Chat',
    abstractList: ['Ann: hi', 7],
    multiMessage: [
      { senderNickname: 'Ann', contentType: 101, textElem: { content: 'hi' } },
      { senderNickname: 'Bo', contentType: 105, content: '{"fileName":"b.zip"}' },
      null,
    ],
  },
  'Chat\nAnn: hi\nAnn\nhi\nBo\nb.zip',
)
test(
  'a quote in a forward',
  reads,
  107,
  { multiMessage: [{ quoteElem: { text: 'no', quoteMessage: { textElem: { content: 'buy' } } } }] },
  'no\nbuy',
)

test('what the sender typed comes first, and once', t => {
  const content = JSON.stringify({ text: 'ok', quoteMessage: { textElem: { content: 'buy' } } })
  t.is(readAllText(content, 114, 'ok'), 'ok\nbuy')
})

test('quotes are followed eight deep', t => {
  const nested = (levels: number): object =>
    levels === 0 ? { text: 'core' } : { quoteMessage: { quoteElem: nested(levels - 1) } }
  t.is(readAllText(JSON.stringify(nested(8)), 114, null), 'core')
  t.is(readAllText(JSON.stringify(nested(9)), 114, null), null)
})

test('what is no JSON, or of a kind that shows no more, leaves what was typed', t => {
  t.is(readAllText('{"text":', 114, 'hi'), 'hi')
  t.is(readAllText(7, 114, 'hi'), 'hi')
  t.is(readAllText('{"fileName":"a.zip"}', 102, null), null)
})

test('a long text is cut, but never what was typed', t => {
  const content = JSON.stringify({ fileName: 'a'.repeat(100_000) })
  t.is(readAllText(content, 105, null)?.length, 65_536)
  t.is(readAllText(content, 105, 'b'.repeat(70_000))?.length, 70_000)
})
