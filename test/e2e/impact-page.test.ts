import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import test, { type ExecutionContext } from 'ava'
import type { BrowserContextOptions } from 'playwright-core'
import { folderOf, run } from '../cli/_run.ts'
import { names, nice, strict } from '../impact/_names.ts'
import { recordedBy } from '../impact/_recorded.ts'
import { noChromium, openChromium } from './_chromium.ts'

const looks = noChromium === undefined ? test : test.skip
if (noChromium !== undefined) console.log(`The report is not looked at: ${noChromium}`)

/** Texts and ids that would run, load or turn around something if they were taken for more than texts. */
const hostile = [
  '<script>window.ran = 1</script>ANN',
  '"><img src="https://evil.example/x.png" onerror="window.ran = 1">ANN',
  "' onmouseover='window.ran = 1' ANN",
  '</style><style>@import "https://evil.example/x.css";</style>ANN',
  '\u202eANN\u2066 reversed',
  '&lt;b&gt;ANN &#60;',
  'javascript:window.ran=1 ANN',
  `ANN${'w'.repeat(4000)}`,
]

async function pageOf(t: ExecutionContext, texts: readonly string[], draft = strict) {
  const calls = names(...texts).map(each => withUser(each, `u-${texts.length}<script>window.ran = 1</script>\u202e`))
  const state = await recordedBy(t, nice, calls)
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  const file = join(dir, 'impact.html')
  const ran = await run([
    'impact',
    await folderOf({ 'a.yaml': draft }),
    '--state',
    state,
    '--zone',
    'UTC',
    '--html',
    file,
  ])
  return { ...ran, file, html: await readFile(file, 'utf8') }
}

function withUser({ at, call, body }: ReturnType<typeof names>[number], userID: string) {
  return { at, call: { ...call, values: new Map([...call.values, ['userID', userID]]) }, body: { ...body, userID } }
}

/** Opens a file from disk. What it loads beside itself is kept, but not what its own policy forbids. */
async function open(t: ExecutionContext, file: string, options: BrowserContextOptions = {}) {
  const browser = await openChromium(t)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options })
  const asked: string[] = []
  const url = pathToFileURL(file).href
  page.on('request', request => {
    if (request.url() !== url) asked.push(request.url())
  })
  page.on('requestfailed', request => {
    if (request.failure()?.errorText === 'csp') asked.splice(asked.indexOf(request.url()), 1)
  })
  await page.goto(url, { waitUntil: 'load' })
  return { page, asked }
}

looks('the page answers on its first screen, in the sentences of the terminal', async t => {
  const { file, out, code, err } = await pageOf(t, ['ANN', 'staff', 'Eve'])
  t.is(code, 1)
  t.is(err, `Wrote ${file}\n`)
  const { page } = await open(t, file)
  const text = await page.locator('body').innerText()
  const [headline = '', , compared = '', exact = ''] = out.split('\n')
  t.regex(headline, /^Would newly refuse 1 call/)
  for (const line of [headline, compared, exact]) t.true(text.includes(line), line)
  const box = await page.locator('h1').boundingBox()
  t.true(box !== null && box.y + box.height < 400)
  t.is(await page.locator('figure svg').count(), 4)
  t.is(
    await page
      .locator('mark')
      .allInnerTexts()
      .then(all => all.join()),
    'ANN',
  )
})

looks('nothing that users wrote runs, loads or turns around on the page', async t => {
  const { file, html } = await pageOf(t, hostile)
  const { page, asked } = await open(t, file)
  t.deepEqual(asked, [])
  t.is(await page.evaluate('window.ran'), undefined)
  t.is(await page.locator('script, img, link, iframe, object').count(), 0)
  t.is(await page.locator('style').count(), 1)
  const handlers =
    "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on'))"
  t.is(await page.evaluate(`${handlers}.length`), 0)
  const text = await page.locator('body').innerText()
  for (const shown of ['<script>window.ran = 1</script>', '<img src=', '<U+202E>', '&lt;b&gt;', '&#60;']) {
    t.true(text.includes(shown), shown)
  }
  t.false(html.includes('\u202e'))
  t.is(await page.evaluate('document.documentElement.scrollWidth'), 1280)
})

looks('even a script in the page would not run, nor load anything', async t => {
  const { file, html } = await pageOf(t, ['ANN'])
  const smuggled = '<script>window.ran = 1</script><img src="https://evil.example/x.png" onerror="window.ran = 1">'
  await writeFile(file, html.replace('</body>', `${smuggled}</body>`))
  const { page, asked } = await open(t, file)
  t.is(await page.locator('script').count(), 1)
  t.is(await page.evaluate('window.ran'), undefined)
  t.deepEqual(asked, [])
})

looks('the page fits 400 pixels, and is dark where the system is, but never on paper', async t => {
  const { file } = await pageOf(t, [...hostile, 'Eve'])
  const { page } = await open(t, file, { viewport: { width: 400, height: 800 }, colorScheme: 'dark' })
  t.is(await page.evaluate('document.documentElement.scrollWidth'), 400)
  const sizes = "[...document.querySelectorAll('p, span, h1, a')].map(e => parseFloat(getComputedStyle(e).fontSize))"
  t.true((await page.evaluate<number>(`Math.min(...${sizes})`)) >= 13)
  const colour = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
  t.is(await colour(), 'rgb(13, 17, 23)')
  await page.emulateMedia({ media: 'print' })
  t.is(await colour(), 'rgb(255, 255, 255)')
})

looks('a draft that changes nothing, and one that cannot be judged, say so on the page', async t => {
  const same = await pageOf(t, ['Eve'], nice)
  const { page } = await open(t, same.file)
  t.regex(await page.locator('h1.good').innerText(), /^Changes nothing: all 1 call/)
  const unasked = `callback: beforeAddFriend\nrules:\n  - { rule: no-ads, when: { reqMsg: { contains: ad } }, reject: 5003 }\n`
  const unknown = await pageOf(t, ['Eve'], unasked)
  await page.goto(pathToFileURL(unknown.file).href)
  t.is(await page.locator('h1.doubt').innerText(), 'The record cannot say whether this is safe')
  t.regex(await page.locator('p.doubt').innerText(), /^no-ads was not tried: no call of beforeAddFriend is on record$/)
})

test('a file that cannot be written is refused before the record is read', async t => {
  const draft = await folderOf({ 'a.yaml': strict })
  const refused = async (html: string) => (await run(['impact', draft, '--state', draft, '--html', html])).err
  t.regex(await refused(draft), /--html .* is a folder: name a file in it/)
  t.regex(await refused(join(draft, 'no', 'x.html')), /there is no folder .*no/)
})
