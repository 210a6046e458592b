import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { diagnosticCodes } from '../../src/yaml/diagnostic.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))

/** The texts of all tests but this one. */
function tests(): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.test.ts'))
  return files.filter(file => !file.endsWith('codes.test.ts')).map(file => readFileSync(`${folder}/${file}`, 'utf8'))
}

// Of these nothing can be shown under carets: bytes, sizes, a whole folder, an empty file, what is left out, a file that is not read, the day,
// what an operator paused.
const unmarked = [
  'not-utf8',
  'too-large',
  'too-deep',
  'no-rules',
  'emptied',
  'more-findings',
  'expired',
  'unread-file',
  'paused',
]

test('every code has a case', t => {
  const written = tests().join('\n')
  const marks = written.matchAll(/^ *\^+(?:\.\.\.)? (?:error |warning )?([a-z0-9-]+)$/gm)
  const marked = new Set([...marks].map(([, code]) => code))
  const without = diagnosticCodes.filter(code => {
    return unmarked.includes(code) ? !written.includes(code) : !marked.has(code)
  })
  t.deepEqual(without, [])
})

test('every code is spelt in small letters and hyphens, once', t => {
  for (const code of diagnosticCodes) t.regex(code, /^[a-z0-9]+(-[a-z0-9]+)*$/)
  t.is(new Set(diagnosticCodes).size, diagnosticCodes.length)
})
