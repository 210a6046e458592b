import test from 'ava'
import fc from 'fast-check'
import { contentOfText, hasMessageText, readMessageText, writeMessageText } from '../../src/callbacks/message-text.ts'

const reads = test.macro({
  title: (_, content: unknown, type: unknown, text: string | null) =>
    `the text of ${JSON.stringify(content)} of kind ${type} is ${JSON.stringify(text)}`,
  exec(t, content: unknown, type: unknown, text: string | null) {
    t.is(readMessageText(content, type), text)
  },
})

test(reads, '{"content":"hello"}', 101, 'hello')
test(reads, '{"text":"@u1 hello","atUserList":["u1"],"isAtSelf":false}', 106, '@u1 hello')
test(reads, '{"text":"yes","quoteMessage":{"text":"no","content":"no"}}', 114, 'yes')
test(reads, '{"quoteMessage":{"text":"no"},"text":"yes"}', 114, 'yes')
test(reads, '{"text":"bold","messageEntityList":[{"type":"b","text":"no"}]}', 117, 'bold')
test(reads, '{"content":"# Title"}', 118, '# Title')
test(reads, ' { "content" : "a\\n\\"b\\" \\u4f60\\ud83d\\ude00" } ', 101, 'a\n"b" 你😀')
test(reads, '{"\\u0063ontent":"escaped key"}', 101, 'escaped key')
test(reads, '{"content":""}', 101, '')
test(reads, '{"Content":"any case"}', 101, 'any case')
test(reads, '{"content":"fine","CONTENT":"bad","content":"fine"}', 101, 'fine\nbad')
test(reads, 'hello', 101, 'hello')
test(reads, '"hello"', 101, '"hello"')
test(reads, '', 101, '')
test(reads, 'hello', 106, null)
test(reads, '["text"]', 106, null)
test(reads, 'null', 114, null)
test(reads, '{}', 101, null)
test(reads, '{"content":5}', 101, null)
test(reads, '{"content":{"content":"deeper"}}', 101, null)
test(reads, '{"content":["a"],"x":"content"}', 101, null)
test(reads, '{"text":"other key"}', 101, null)
test(reads, '{"fileName":"a","text":"b"}', 105, null)
test(reads, '{"sourcePicture":{}}', 102, null)
test(reads, '{"content":"x"}', 999, null)
test(reads, '{"content":"x"}', undefined, null)
test(reads, '{"content":"x"}', '101', null)
test(reads, undefined, 101, null)
test(reads, { content: 'x' }, 101, null)

const writes = test.macro({
  title: (_, content: unknown, type: number, text: string) =>
    `${JSON.stringify(text)} is written into ${JSON.stringify(content)} of kind ${type}`,
  exec(t, content: unknown, type: number, text: string, written: string | null) {
    t.is(writeMessageText(content, type, text), written)
  },
})

test(writes, '{"content":"damn"}', 101, '****', '{"content":"****"}')
test(writes, '{"content":"a"}', 101, '"\\\n\ud800', '{"content":"\\"\\\\\\n\\ud800"}')
test(
  writes,
  ' { "z" : 1.0 , "text":"a\\u0062", "later":{"text":"a"}, "a":[ "text" , "b" ] ,"z":12345678901234567890}\n',
  106,
  'c',
  ' { "z" : 1.0 , "text":"c", "later":{"text":"a"}, "a":[ "text" , "b" ] ,"z":12345678901234567890}\n',
)
test(writes, '{"x":"text","text":"a"}', 106, 'b', '{"x":"text","text":"b"}')
test(writes, '{"content":"fine","Content":"bad"}', 101, '***', '{"content":"***","Content":"***"}')
test(writes, '{"content":"fine","content":"damn"}', 101, 'fine\n****', '{"content":"fine","content":"****"}')
test(
  writes,
  '{"content":"a\\nb","CONTENT":"c","content":"a\\nb"}',
  101,
  'A\nB\nC',
  '{"content":"A\\nB","CONTENT":"C","content":"A\\nB"}',
)
test(writes, '{"content":"a","CONTENT":"b"}', 101, 'x\ny\nz', '{"content":"x\\ny\\nz","CONTENT":"x\\ny\\nz"}')
test(
  writes,
  '{"content":"a\\/b \\u003c\\u4f60 damn \\ud83d\\ude00\\t"}',
  101,
  'a/b <你 **** 😀\t',
  '{"content":"a\\/b \\u003c\\u4f60 **** \\ud83d\\ude00\\t"}',
)
test(
  writes,
  '{"content":"\\u003ca\\u003e x \\u003cb\\u003e"}',
  101,
  '<*> x <*>',
  '{"content":"\\u003c*\\u003e x \\u003c*\\u003e"}',
)
test(
  writes,
  '{"content":"\\u003cfoo\\u003e x \\u003cb\\u003e"}',
  101,
  '<*> x <*>',
  '{"content":"\\u003c*> x <*\\u003e"}',
)
test(writes, '{"content":"aaa"}', 101, 'aa', '{"content":"aa"}')
test(writes, '{"content":"\\u0061a"}', 101, 'aaa', '{"content":"\\u0061aa"}')
test(writes, '{"content":"\\u0061"}', 101, '', '{"content":""}')
test(writes, '{"content":"x\\ud83d"}', 101, 'y\ud83d', '{"content":"y\\ud83d"}')
test(writes, '{"content":"\ud83d damn"}', 101, '\ud83d ****', '{"content":"\ud83d ****"}')
test(writes, 'bare', 101, '****', '****')
test(writes, '{"text":5}', 106, 'b', null)
test(writes, '{"text":"a"', 106, 'b', null)
test(writes, '{"x":"a"}', 102, 'b', null)
test(writes, undefined, 101, 'b', null)

test('kinds that have a text can be made from it', t => {
  for (const type of [101, 106, 114, 117, 118]) {
    t.true(hasMessageText(type))
    t.is(readMessageText(contentOfText(type, '"\n'), type), '"\n')
  }
  t.false(hasMessageText(102))
  t.is(contentOfText(102, 'a'), null)
})

const others = fc.dictionary(
  fc.string().map(key => `_${key}`),
  fc.jsonValue(),
)

test('what is written is read, and nothing else in the message changes', t => {
  fc.assert(
    fc.property(others, others, fc.string(), fc.string({ unit: 'binary' }), (before, after, was, text) => {
      const content = JSON.stringify({ ...before, text: was, ...after })
      const written = writeMessageText(content, 106, text)
      t.is(readMessageText(written, 106), text)
      t.is(written, JSON.stringify({ ...before, text, ...after }))
    }),
  )
})

const spelt = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 1 }).map(text => JSON.stringify(text).slice(1, -1)),
  fc.integer({ min: 0, max: 0xffff }).map(code => `\\u${code.toString(16).padStart(4, '0')}`),
  fc.constantFrom('\\/', '\\n', '\\"', '\\\\', '\\ud83d\\ude00', '😀'),
)

test('a text is written whatever the spelling of the one before', t => {
  fc.assert(
    fc.property(fc.array(spelt), fc.string({ unit: 'binary' }), (before, text) => {
      const content = `{"content":"${before.join('')}"}`
      const was: string = JSON.parse(content).content
      for (const next of [text, `${was}${text}`, `${text}${was}`, was.replaceAll('n', text)]) {
        t.is(JSON.parse(writeMessageText(content, 101, next) as string).content, next)
      }
      t.is(writeMessageText(content, 101, was), content)
    }),
  )
})

test('any content is read and written without failing', t => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(101, 106, 999), (content, type) => {
      const text = readMessageText(content, type)
      t.is(writeMessageText(content, type, 'x') === null, text === null)
    }),
  )
})
