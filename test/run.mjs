// Runs ava, with what follows it on the command line, and prints what failed and how many passed: of the more than two
// thousand tests that pass, ava prints a line each. The last line is for machines: `3 passed, 1 failed, 1 skipped`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const cli = fileURLToPath(new URL('../node_modules/ava/entrypoints/cli.mjs', import.meta.url))
const colors = process.stdout.isTTY && !process.env.NO_COLOR ? ['--color'] : []
const ava = spawn(process.execPath, [cli, ...colors, ...process.argv.slice(2)], {
  stdio: ['inherit', 'pipe', 'inherit'],
})
const ended = once(ava, 'close')

// What did not come to pass is said at the end, by its kind; a file that does not load, by no number.
const atEnd = /^ *(\d+) (?:(?:tests?|hooks?) failed|tests? remained pending|uncaught exceptions?|unhandled rejections?)/
const counts = { passed: 0, failed: 0, skipped: 0 }
let isOfPassed = false
for await (const line of createInterface({ input: ava.stdout })) {
  const text = stripVTControlCharacters(line)
  const isPassed = /^ *[✔√] /.test(text)
  // What a test logs stands under its line, further in.
  isOfPassed = isPassed || (isOfPassed && text.startsWith('    '))
  if (isPassed) counts.passed += 1
  if (!isOfPassed) {
    if (/^ *- \[(?:skip|todo)\] /.test(text)) counts.skipped += 1
    counts.failed += Number(atEnd.exec(text)?.[1] ?? 0)
    process.stdout.write(`${line}\n`)
  }
}
const [code] = await ended
if (code !== 0) counts.failed = Math.max(counts.failed, 1)
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
process.exitCode = code ?? 1
