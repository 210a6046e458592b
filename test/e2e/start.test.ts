import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import test from 'ava'
import { makeRules } from './_service.ts'

/** Stands in for the built service: says that it runs, and that it was told to stop; ends by itself when it never is. */
const service = `
process.on('SIGTERM', () => {
  console.log('told to stop')
  process.exit(0)
})
setTimeout(() => {}, 20_000)
console.log('running')
`

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix('npm start hands the signal to stop on to the service', async t => {
  const { scripts } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  const files = { 'package.json': JSON.stringify({ scripts: { start: scripts.start } }), 'dist/cli.js': service }
  const npm = spawn('npm', ['start'], { cwd: await makeRules(t, files) })
  npm.stdout.on('data', chunk => {
    if (String(chunk).includes('running')) npm.kill('SIGTERM')
  })
  t.regex(await text(npm.stdout), /told to stop/)
})
