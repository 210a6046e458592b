import test from 'ava'
import { assertFailure, command, open, parseAnswers, plainAllow, sample, startWebhooks, talk, wire } from './_http.ts'

const json = 'application/json; charset=utf-8'
const whole = JSON.stringify(sample)
const good = request({ 'Content-Type': json, Connection: 'close' }, whole)

/** A POST of a body to the documented path, on a connection that stays open. */
function request(headers: Record<string, string | number>, body: string, path = `/${command}`): string {
  const length = headers['Transfer-Encoding'] === undefined ? { 'Content-Length': Buffer.byteLength(body) } : {}
  return wire(`POST ${path} HTTP/1.1`, { ...length, Connection: 'keep-alive', ...headers }, body)
}

function typed(body: string, path?: string): string {
  return request({ 'Content-Type': json }, body, path)
}

function chunked(...chunks: string[]): string {
  const body = [...chunks, ''].map(chunk => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')
  return request({ 'Content-Type': json, 'Transfer-Encoding': 'chunked' }, body)
}

function withKeys(keys: object): string {
  return typed(JSON.stringify({ ...sample, ...keys }))
}

const refusesAndGoesOn = test.macro({
  title: (name = '') => `${name} is refused, and the next call decided`,
  async exec(t, bad: string, status: number, problem: string) {
    const { port, lines } = await startWebhooks(t, { flags: { maxBodyBytes: '100000' } })
    const [refused, decided, ...others] = parseAnswers(await talk(port, bad, good))
    t.is(refused?.status, status)
    t.is(assertFailure(t, refused?.body ?? ''), problem)
    t.is(decided?.body, plainAllow)
    t.deepEqual(others, [])
    const [line] = lines
    t.is(line?.requestId, refused?.headers.get('x-request-id'))
    t.like(line, { level: 40, decision: 'reject', code: 9999, status, problem })
  },
})

const notAnObject = (what: string) => `The body must be a JSON object, not ${what}`
const notJson = 'The body is not valid JSON'

test('an empty body', refusesAndGoesOn, typed(''), 400, notAnObject('empty'))
test('a body of white space', refusesAndGoesOn, typed(' \n'), 400, notJson)
test('a truncated body', refusesAndGoesOn, typed(whole.slice(0, -1)), 400, notJson)
test('a body of two objects', refusesAndGoesOn, typed('{}{}'), 400, notJson)
test('an array', refusesAndGoesOn, typed(`[${whole}]`), 400, notAnObject('an array'))
test('null', refusesAndGoesOn, typed('null'), 400, notAnObject('null'))
test('a text', refusesAndGoesOn, typed('"text"'), 400, notAnObject('text'))
test('a number', refusesAndGoesOn, typed('1'), 400, notAnObject('the number 1'))
test('a form', refusesAndGoesOn, typed('a=b'), 400, notJson)
test(
  'a body nested 20,000 deep',
  refusesAndGoesOn,
  typed(nested(20_000)),
  400,
  'The body is nested more than 64 levels deep',
)
test(
  'a key nested too deep',
  refusesAndGoesOn,
  typed(`{"foreign":${nested(64)}}`),
  400,
  'The body is nested more than 64 levels deep',
)

test(
  'a text as a role',
  refusesAndGoesOn,
  withKeys({ roleLevel: '20' }),
  400,
  '"roleLevel" must be a 32-bit integer or null, not text',
)
test(
  'a fraction as a role',
  refusesAndGoesOn,
  withKeys({ roleLevel: 20.5 }),
  400,
  '"roleLevel" must be a 32-bit integer or null, not a fraction',
)
test(
  'a number as a text',
  refusesAndGoesOn,
  withKeys({ nickName: 7 }),
  400,
  '"nickName" must be text or null, not the number 7',
)
test('an object as an id', refusesAndGoesOn, withKeys({ groupID: {} }), 400, '"groupID" must be text, not an object')

test('a missing content type', refusesAndGoesOn, request({}, whole), 415, 'The Content-Type must be application/json')
for (const type of [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
]) {
  test(
    `a content type "${type}"`,
    refusesAndGoesOn,
    request({ 'Content-Type': type }, whole),
    415,
    'The Content-Type must be application/json',
  )
}
for (const charset of ['utf-16', 'iso-8859-1', '"gbk"', '']) {
  const type = `application/json; charset=${charset}`
  test(
    `a charset ${charset}`,
    refusesAndGoesOn,
    request({ 'Content-Type': type }, whole),
    415,
    'The charset must be utf-8',
  )
}
for (const encoding of ['gzip', 'br', 'identity', 'x']) {
  const headers = { 'Content-Type': json, 'Content-Encoding': encoding }
  test(
    `a body encoded as ${encoding}`,
    refusesAndGoesOn,
    request(headers, whole),
    415,
    'The body must not have a Content-Encoding',
  )
}

const long = JSON.stringify({ ...sample, ex: 'x'.repeat(100_000) })
test('a body that is too long', refusesAndGoesOn, typed(long), 413, 'The body is longer than 100000 bytes')
test(
  'a body that is too long in chunks',
  refusesAndGoesOn,
  chunked(long.slice(0, 60_000), long.slice(60_000)),
  413,
  'The body is longer than 100000 bytes',
)

for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
  const bad = wire(`${method} /${command} HTTP/1.1`, { Connection: 'keep-alive' })
  test(method, refusesAndGoesOn, bad, 405, 'The method must be POST')
}
test(
  'a method on all paths',
  refusesAndGoesOn,
  wire('OPTIONS * HTTP/1.1', { Connection: 'keep-alive' }),
  405,
  'The method must be POST',
)
test('a PUT of a body', refusesAndGoesOn, typed(whole).replace('POST', 'PUT'), 405, 'The method must be POST')

const nearest = `the nearest is "${command}"`
test(
  'an unknown command',
  refusesAndGoesOn,
  typed(whole, '/callbackBeforeSetGroupMemberInfo2'),
  404,
  `There is no callback "callbackBeforeSetGroupMemberInfo2"; ${nearest}`,
)
test(
  'a path without a command',
  refusesAndGoesOn,
  typed(whole, '/im/hooks'),
  404,
  'Neither the path nor the query names a callback',
)
test('the root', refusesAndGoesOn, typed(whole, '/'), 404, 'Neither the path nor the query names a callback')
test(
  'a broken percent-encoding',
  refusesAndGoesOn,
  typed(whole, '/callback%E0%A4%A'),
  400,
  'The path has an invalid percent-encoding',
)
test(
  'a command that disagrees',
  refusesAndGoesOn,
  withKeys({ callbackCommand: 'callbackBeforeX' }),
  400,
  `The path asks for "${command}", but "callbackCommand" is "callbackBeforeX"`,
)
test(
  'a command that is not text',
  refusesAndGoesOn,
  withKeys({ callbackCommand: ['x'] }),
  400,
  '"callbackCommand" must be text, not an array',
)

const refusesAndCloses = test.macro({
  title: (name = '') => `${name} is refused, and the connection closed`,
  async exec(t, bad: string, status: number, problem: string) {
    const { port, lines } = await startWebhooks(t)
    const [refused, ...others] = parseAnswers(await talk(port, bad))
    t.is(refused?.status, status)
    t.is(refused?.headers.get('connection'), 'close')
    t.is(refused?.headers.get('content-type'), json)
    t.is(assertFailure(t, refused?.body ?? ''), problem)
    t.deepEqual(others, [])
    t.is(lines[0]?.requestId, refused?.headers.get('x-request-id'))
    const [decided] = parseAnswers(await talk(port, good))
    t.is(decided?.body, plainAllow)
  },
})

const notHttp = 'This is not an HTTP request'
test('a broken request line', refusesAndCloses, 'POST\r\n\r\n', 400, notHttp)
test('a TLS handshake', refusesAndCloses, '\x16\x03\x01\x02\0\x01\0', 400, notHttp)
test('the start of HTTP/2', refusesAndCloses, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, notHttp)
test('a broken header', refusesAndCloses, `POST / HTTP/1.1\r\nA B: c\r\n\r\n`, 400, notHttp)
test(
  'headers that are too long',
  refusesAndCloses,
  wire('POST / HTTP/1.1', { X: 'x'.repeat(40_000) }),
  431,
  'The headers are too long',
)
test(
  'two lengths of a body',
  refusesAndCloses,
  request({ 'Transfer-Encoding': 'chunked', 'Content-Length': 3 }, whole),
  400,
  notHttp,
)
test('a length that is not a number', refusesAndCloses, request({ 'Content-Length': '-1' }, ''), 400, notHttp)
test(
  'a broken chunk',
  refusesAndCloses,
  request({ 'Content-Type': json, 'Transfer-Encoding': 'chunked' }, 'zz\r\n'),
  400,
  'The body is incomplete or malformed',
)
test('CONNECT', refusesAndCloses, wire('CONNECT example.com:443 HTTP/1.1', {}), 405, 'The method must be POST')

test('garbage after a whole request closes the connection after the answer', async t => {
  const { port } = await startWebhooks(t)
  const answers = parseAnswers(await talk(port, `${typed(whole)}garbage\r\n\r\n`))
  t.deepEqual(
    answers.map(({ body, headers }) => [body, headers.get('connection')]),
    [[plainAllow, 'close']],
  )
})

test('headers that go on and on are answered once, and the answer arrives', async t => {
  const { port, lines } = await startWebhooks(t)
  const { socket, received } = await open(port)
  socket.write('POST / HTTP/1.1\r\n')
  for (let megabytes = 0; megabytes < 8; megabytes++) socket.write(`X: ${'x'.repeat(1_000_000)}\r\n`)
  const answers = parseAnswers(await received)
  t.deepEqual(
    answers.map(({ status }) => status),
    [431],
  )
  t.is(lines.length, 1)
})

test('a body far too long is refused while it arrives, and the next call decided', async t => {
  const { port } = await startWebhooks(t)
  const megabytes = chunked(...Array.from({ length: 64 }, () => 'x'.repeat(65_536)))
  const answers = parseAnswers(await talk(port, megabytes, good))
  t.deepEqual(
    answers.map(({ status }) => status),
    [413, 200],
  )
})

test('HEAD gets the status and the headers alone', async t => {
  const { port, lines } = await startWebhooks(t)
  const [answer] = parseAnswers(await talk(port, wire(`HEAD /${command} HTTP/1.1`, {})), true)
  t.is(answer?.status, 405)
  t.is(answer?.headers.get('allow'), 'POST')
  t.is(lines[0]?.requestId, answer?.headers.get('x-request-id'))
})

test('a client that stops in the middle of a body gets an error', async t => {
  const { port } = await startWebhooks(t)
  const [answer] = parseAnswers(await talk(port, typed(whole).slice(0, -10), 'end'))
  t.is(answer?.status, 400)
  t.is(assertFailure(t, answer?.body ?? ''), 'The body is incomplete or malformed')
})

/** JSON nested so many levels deep, in objects and arrays by turns. */
function nested(levels: number): string {
  return `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`
}
