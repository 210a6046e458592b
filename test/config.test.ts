import test from 'ava'
import { Command } from 'commander'
import { addServeOptions, type Flags, readConfig, serveOptions } from '../src/serve/config.ts'

function configOf(flags: Flags, env: Record<string, string> = {}) {
  const read = readConfig(flags, env)
  return read.ok ? read.config : read.problems
}

const defaults = {
  rules: 'rules',
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
