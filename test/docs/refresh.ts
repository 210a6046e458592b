import { readFile, writeFile } from 'node:fs/promises'
import { withTables } from './_tables.ts'

const file = 'rules/README.md'
await writeFile(file, withTables(await readFile(file, 'utf8')))
