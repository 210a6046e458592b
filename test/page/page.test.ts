import { gzipSync } from 'node:zlib'
import test from 'ava'
import { texts } from '../../src/page/texts.ts'
import { bundlePage } from '../../src/page-files.ts'

test('the page is under 250 KB gzipped', async t => {
  const files = await bundlePage()
  t.deepEqual([...files.keys()].sort(), ['page.css', 'page.js'])
  const bytes = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0)
  t.log(`${Math.round(bytes / 1024)} KB gzipped`)
  t.true(bytes < 250 * 1024, `${bytes} bytes`)
})

/** Forms of a text: one, or one for one and one for several. */
function formsOf(form: string | { one: string; other: string }): readonly string[] {
  return typeof form === 'string' ? [form] : [form.one, form.other]
}

function valuesIn(form: string | { one: string; other: string }): string {
  return [...new Set(formsOf(form).flatMap(each => each.match(/\{\w+\}/g) ?? []))].sort().join()
}

test('every text of the page is there in every language, with the same values in it', t => {
  for (const [key, { en, zh }] of Object.entries(texts)) {
    for (const form of [...formsOf(en), ...formsOf(zh)]) t.not(form.trim(), '', key)
    t.is(valuesIn(zh), valuesIn(en), key)
    const isName = en === zh
    t.true(isName ? key === 'page.name' : formsOf(zh).every(form => /\p{Script=Han}/u.test(form)), key)
  }
})

test('every text of the page is used', async t => {
  const { readdir, readFile } = await import('node:fs/promises')
  const files = (await readdir('src/page', { recursive: true })).filter(
    file => /\.tsx?$/.test(file) && file !== 'texts.ts',
  )
  const sources = (await Promise.all(files.map(file => readFile(`src/page/${file}`, 'utf8')))).join('\n')
  const isUsed = (key: string) => {
    const [first = ''] = key.split('.')
    return (
      sources.includes(`'${key}'`) ||
      sources.includes(`\`${first}.\${`) ||
      sources.includes(`\`${key.slice(0, key.lastIndexOf('.'))}.\${`)
    )
  }
  t.deepEqual(
    Object.keys(texts).filter(key => !isUsed(key)),
    [],
  )
})
