import test from 'ava'
import { readCommand } from '../../src/protocol/command.ts'

const command = 'callbackBeforeSetGroupMemberInfoCommand'

const reads = test.macro({
  title: (_, path: string, query: string, prefix: string) => `${path}?${query} under "${prefix}" names the callback`,
  exec(t, path: string, query: string, prefix: string) {
    const asked = readCommand(path, query, prefix)
    t.like(asked, { kind: 'known' })
    t.is(asked.kind === 'known' ? asked.callback.command : undefined, command)
  },
})

test(reads, `/${command}`, '', '')
test(reads, `/${command}/`, 'contenttype=json', '')
test(reads, `//a//${command}//`, 'key=1', '')
test(reads, `/C${command.slice(1)}`, '', '')
test(reads, `/${command.toUpperCase()}`, '', '')
test(reads, '/beforeSetGroupMemberInfo', '', '')
test(reads, `/%63${command.slice(1)}`, '', '')
test(reads, `/${command}`, 'command=callbackBeforeOther', '')
test(reads, '/', `command=${command}`, '')
test(reads, '', `COMMAND=C${command.slice(1)}&contenttype=json`, '')
test(reads, '/callback', `command=${command}`, '')
test(reads, '/callbacks/', `a=%zz&command=&command=${command}`, '')
test(reads, `/im/hooks/${command}`, '', '/im/hooks')
test(reads, `//im//hooks/v1/${command}`, '', '/im/hooks')
test(reads, '/callbackHooks/', `command=${command}`, '/callbackHooks')

const failsToRead = test.macro({
  title: (_, path: string, query: string, prefix: string) => `${path}?${query} under "${prefix}" names none`,
  exec(t, path: string, query: string, prefix: string, status: number) {
    t.like(readCommand(path, query, prefix), { kind: 'malformed', status })
  },
})

test(failsToRead, '/', '', '', 404)
test(failsToRead, '', '', '', 404)
test(failsToRead, '/constructor', '__proto__=1', '', 404)
test(failsToRead, '/%', '', '', 400)
test(failsToRead, '/%ff/x', `command=${command}`, '', 400)
test(failsToRead, `/${command}`, '', '/im', 404)
test(failsToRead, `/imx/${command}`, '', '/im', 404)
test(failsToRead, `/x/im/${command}`, '', '/im', 404)
test(failsToRead, '/im', '', '/im', 404)

test('an unknown command is told with the nearest', t => {
  t.deepEqual(readCommand('/callbackBeforeSetGroupMemberInfCommand', '', ''), {
    kind: 'unknown',
    command: 'callbackBeforeSetGroupMemberInfCommand',
    nearest: command,
    problem: `There is no callback "callbackBeforeSetGroupMemberInfCommand"; the nearest is "${command}"`,
  })
})

test('an unknown command is quoted cut, and without what could forge a line', t => {
  const asked = readCommand(`/callback%0A%E2%80%AE%1b${'x'.repeat(10_000)}`, '', '')
  t.is('problem' in asked ? asked.problem.split(';')[0] : '', `There is no callback "callback${'x'.repeat(56)}…"`)
})

test('an unknown command about a past event needs no decision', t => {
  t.like(readCommand('/CallbackAfterSomethingCommand', '', ''), { kind: 'unheeded' })
})
