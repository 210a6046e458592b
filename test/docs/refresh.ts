import { readFile, writeFile } from 'node:fs/promises'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { sampleOf } from '../../src/callbacks/sample.ts'
import { chapters } from './_languages.ts'
import { withTables } from './_tables.ts'

for (const [file, say] of Object.entries(chapters)) {
  await writeFile(file, withTables(await readFile(file, 'utf8'), say))
}

for (const callback of callbacks) {
  // Lists of values on one line, as the formatter has them.
  const text = JSON.stringify(sampleOf(callback), null, 2).replaceAll(/\[\s+[^[\]{}]*?\s+\]/g, list =>
    list.replaceAll(/\n\s*/g, ' ').replace('[ ', '[').replace(' ]', ']'),
  )
  await writeFile(`rules/samples/${callback.name}.json`, `${text}\n`)
}
