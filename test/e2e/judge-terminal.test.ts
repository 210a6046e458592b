import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import test, { type ExecutionContext } from 'ava'
import { folderOf } from '../cli/_run.ts'
import { names, nice, strict } from '../impact/_names.ts'
import { recordedBy } from '../impact/_recorded.ts'
import { commandOf } from './_service.ts'

const hasScript = spawnSync('script', ['--version']).stdout?.includes('util-linux') === true
const inTerminal = hasScript ? test : test.skip
if (!hasScript) console.log('Judging is not tried in a terminal: there is no script of util-linux')

/** Judges in a terminal of its own: `press` is asked with all that was shown so far. What the terminal is like at the end. */
async function judged(t: ExecutionContext, press: (shown: string) => string | undefined) {
  const state = await recordedBy(t, nice, names('Ann', 'Bob'))
  const args = [
    'impact',
    await folderOf({ 'a.yaml': strict }),
    '--state',
    state,
    '--until',
    '2026-03-05',
    '--judge',
    '2',
  ]
  const command = commandOf(args)
    .map(each => `'${each}'`)
    .join(' ')
  // The shell must outlive an interrupt to tell what is left of the terminal.
  const shell = `trap : INT; ${command}; echo "code $?"; stty -a`
  const child = spawn('script', ['-qec', shell, '/dev/null'], { env: { ...process.env, SHELL: '/bin/bash' } })
  t.teardown(() => child.kill('SIGKILL'))
  let shown = ''
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString()
    const keys = press(shown)
    if (keys !== undefined) child.stdin.write(keys)
  })
  await once(child, 'close')
  return shown
}

/** Presses each key once, when its card is there. */
function onCards(...keys: string[]): (shown: string) => string | undefined {
  let at = 0
  return shown => {
    if (keys[at] === undefined || shown.split('q stop').length - 1 <= at) return undefined
    at += 1
    return keys[at - 1]
  }
}

inTerminal('a key each is enough in a terminal, which is as before afterwards', async t => {
  const shown = await judged(t, onCards('w', 'r'))
  t.regex(shown, /2 of 2.*[\s\S]*right[\s\S]*Judged: 1 of all 2 wrong/)
  t.regex(shown, /code 1\r\n[\s\S]* icanon [\s\S]* echo /)
})

inTerminal('Ctrl-C stops the command and gives the terminal back', async t => {
  const shown = await judged(t, onCards('w', '\u0003'))
  t.regex(shown, /2 of 2/)
  t.notRegex(shown, /Judged/)
  t.regex(shown, /code 130\r\n[\s\S]* icanon [\s\S]* echo /)
})
