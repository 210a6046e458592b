import { hostname } from 'node:os'
import test from 'ava'
import { Command } from 'commander'
import { addServeOptions, type Flags, readConfig, serveOptions } from '../src/serve/config.ts'

function configOf(flags: Flags, env: Record<string, string> = {}) {
  const read = readConfig(flags, env)
  return read.ok ? read.config : read.problems
}

const defaults = {
  rules: 'rules',
  draft: '',
  host: '127.0.0.1',
  port: 10006,
  adminHost: '127.0.0.1',
  adminPort: 10007,
  prefix: '',
  onFailure: 'reject',
  failureCode: 9999,
  unknownCallback: 'reject',
  deadlineMs: 1000,
  maxBodyBytes: null,
  maxTextBytes: 65_536,
  settleMs: 100,
  shutdownMs: 5000,
  allowEmpty: false,
  counts: '',
  countsMs: 50,
  countsPasswordFile: '',
  countsCaFile: '',
  countsKeys: 1_000_000,
  countsMb: 256,
  state: '.hookwarden',
  record: false,
  recordDays: 30,
  contentDays: 7,
  recordMb: 4096,
  recordMasks: '',
  instance: hostname(),
  secretFile: '',
  answerPeers: false,
  idInDetail: false,
  requestIdHeader: '',
  trustProxy: [],
}

test('without flags and variables the defaults hold, frozen', t => {
  const config = configOf({})
  t.deepEqual(config, defaults as typeof config)
  t.true(Object.isFrozen(config))
})

test('flags win over variables', t => {
  const env = { HOOKWARDEN_PORT: '1', HOOKWARDEN_ADMIN_PORT: '2', HOOKWARDEN_ALLOW_EMPTY: '1', PATH: '/bin' }
  t.like(configOf({ port: '3' }, env), { port: 3, adminPort: 2, allowEmpty: true })
})

test('unknown callbacks are answered as failures are, unless set', t => {
  t.like(configOf({ onFailure: 'allow' }), { unknownCallback: 'allow' })
  t.like(configOf({ onFailure: 'allow', unknownCallback: 'reject' }), { unknownCallback: 'reject' })
})

for (const prefix of ['/im/hooks', 'im/hooks', '//im//hooks/']) {
  test(`the prefix ${prefix} is /im/hooks`, t => {
    t.like(configOf({ prefix }), { prefix: '/im/hooks' })
  })
}

const isRefused = test.macro({
  title: (_, flags: Flags, env: Record<string, string>, ..._problems: string[]) =>
    `${JSON.stringify({ ...flags, ...env })} is refused by name`,
  exec(t, flags: Flags, env: Record<string, string>, ...problems: string[]) {
    t.deepEqual(configOf(flags, env) as readonly string[], problems)
  },
})

const port = 'must be a whole number from 0 to 65535'
for (const text of ['', ' 1', '1e3', '0x10', '-1', '65536', '99999999999', 'http', '1.0']) {
  test(isRefused, { port: text }, {}, `--port ${port}, not "${text}"`)
}
test(isRefused, {}, { HOOKWARDEN_ADMIN_PORT: 'x' }, `HOOKWARDEN_ADMIN_PORT ${port}, not "x"`)
test(isRefused, { failureCode: '4999' }, {}, '--failure-code must be a whole number from 5000 to 9999, not "4999"')
test(isRefused, { deadlineMs: '0' }, {}, '--deadline-ms must be a whole number from 1 to 60000, not "0"')
test(isRefused, { onFailure: 'Allow' }, {}, '--on-failure must be reject or allow, not "Allow"')
test(isRefused, { rules: '' }, {}, '--rules must be a non-empty text, not ""')
test(isRefused, { prefix: '/a?b' }, {}, '--prefix must be a path like /im/hooks, not "/a?b"')
test(isRefused, {}, { HOOKWARDEN_ALLOW_EMPTY: 'yes' }, 'HOOKWARDEN_ALLOW_EMPTY must be true or false, not "yes"')
test(isRefused, { maxTextBytes: '64k' }, {}, '--max-text-bytes must be a whole number from 1 to 67108864, not "64k"')
test(
  isRefused,
  {},
  { HOOKWARDEN_MAX_BODY_BYTES: '0' },
  'HOOKWARDEN_MAX_BODY_BYTES must be a whole number from 1 to 67108864, not "0"',
)
test(
  isRefused,
  { port: 'x', host: '' },
  { HOOKWARDEN_PROT: '1' },
  'Unknown variable HOOKWARDEN_PROT; did you mean HOOKWARDEN_PORT?',
  '--host must be a non-empty text, not ""',
  `--port ${port}, not "x"`,
)
for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.com', '127.0.0.1.example.com', 'localhost.example.com']) {
  const problem = `--admin-host must be a loopback address: 127.0.0.1, ::1 or localhost, not "${host}"`
  test(isRefused, { adminHost: host }, {}, problem)
}
for (const adminHost of ['127.0.0.1', '127.255.0.3', '::1', 'localhost', 'LOCALHOST']) {
  test(`operators may be awaited on ${adminHost}`, t => {
    t.like(configOf({ adminHost }), { adminHost })
  })
}

const url = 'a URL like redis://HOST:6379 or rediss://USER@HOST:6379/0, with several hosts of a cluster between commas'
for (const counts of ['', 'localhost', 'http://u:s3cret@a', 'redis://:s3cret@a:99999', 'redis://u:s3cret@a?x=1']) {
  test(isRefused, { counts }, {}, `--counts must be ${url}`)
}
test(isRefused, {}, { HOOKWARDEN_COUNTS: 'redis:u:s3cret@a' }, `HOOKWARDEN_COUNTS must be ${url}`)
test(isRefused, { countsMs: '0' }, {}, '--counts-ms must be a whole number from 1 to 10000, not "0"')
test(isRefused, { countsKeys: '1e6' }, {}, '--counts-keys must be a whole number from 1 to 100000000, not "1e6"')
test(isRefused, { countsMb: '65537' }, {}, '--counts-mb must be a whole number from 1 to 65536, not "65537"')
test(isRefused, { state: ' ' }, {}, '--state must be a non-empty text, not " "')
test(isRefused, { countsPasswordFile: 'a' }, {}, '--counts-password-file has no effect without --counts')
test(isRefused, {}, { HOOKWARDEN_COUNTS_CA_FILE: 'a' }, 'HOOKWARDEN_COUNTS_CA_FILE has no effect without --counts')
test(isRefused, { requestIdHeader: 'x-id' }, {}, '--request-id-header has no effect without --trust-proxy')
test(
  isRefused,
  { requestIdHeader: 'x: y', trustProxy: '::1' },
  {},
  '--request-id-header must be the name of a header, not "x: y"',
)
for (const text of ['', '10.0.0.0/33', '::/129', 'localhost', '10.0.0.1,,10.0.0.2', '10.0.0.0/', 'fe80::1%eth0']) {
  const problem = `--trust-proxy must be addresses or networks like 10.0.0.0/8, not "${text}"`
  test(isRefused, { trustProxy: text }, {}, problem)
}

test('the store, the files for it and the header of a proxy are read', t => {
  const flags = { counts: 'rediss://u@h', countsPasswordFile: 'p', countsCaFile: 'c', requestIdHeader: 'X-Call-ID' }
  const all = configOf(flags, { HOOKWARDEN_TRUST_PROXY: '10.0.0.0/8, ::1' })
  t.like(all, { ...flags, requestIdHeader: 'x-call-id', trustProxy: ['10.0.0.0/8', '::1'] })
})

test('a flag with a list may be repeated', t => {
  const command = addServeOptions(new Command('serve'))
  command.parse(['--trust-proxy', '::1,10.0.0.1', '--trust-proxy=10.1.0.0/16'], { from: 'user' })
  t.like(configOf(command.opts()), { trustProxy: ['::1', '10.0.0.1', '10.1.0.0/16'] })
})

test('a command takes every flag and explains it', t => {
  const command = addServeOptions(new Command('serve'))
  command.parse(['--on-failure', 'allow', '--max-body-bytes=5', '--allow-empty', '--prefix', ''], { from: 'user' })
  t.deepEqual(command.opts(), { onFailure: 'allow', maxBodyBytes: '5', allowEmpty: true, prefix: '' })
  const help = command.helpInformation().replaceAll(/\s+/g, ' ')
  t.is(command.options.length, Object.keys(serveOptions).length)
  t.true(help.includes('(default: 262144, or 1048576 for callbacks with lists, env: HOOKWARDEN_MAX_BODY_BYTES)'))
  t.true(
    help.includes(
      '--unknown-callback <reject|allow> reply to a callback that is not in the catalogue (default: same as --on-failure, env: HOOKWARDEN_UNKNOWN_CALLBACK)',
    ),
  )
})
