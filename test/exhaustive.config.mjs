import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const { ava } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The test files that have more to try than `npm test` has time for: see test/_runs.ts. */
const files = readdirSync('test', { recursive: true })
  .map(file => join('test', file).replaceAll('\\', '/'))
  .filter(file => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes("/_runs.ts'"))

export default { ...ava, files, timeout: '20m', environmentVariables: { EXHAUSTIVE: '1' } }
