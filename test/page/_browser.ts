import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import ava, { type ExecutionContext } from 'ava'
import { type Browser, chromium, type Page } from 'playwright-core'
import { makeRules, startService } from '../e2e/_service.ts'

/** Where Chromium is, if this machine has it. */
const path = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  each => each !== undefined && existsSync(each),
)

if (path === undefined) console.log('No Chromium on this machine: the tests of the page are skipped')

/** A test that needs a browser; skipped where there is none. One after another: each has a service and a browser at work. */
export const inBrowser = path === undefined ? ava.skip : ava.serial

let browser: Promise<Browser> | undefined

ava.after.always(async () => {
  await (await browser)?.close()
})

/** What a test may want of a page. */
export type PageWish = {
  width?: number
  height?: number
  dark?: boolean
  language?: 'en' | 'zh'
  service?: readonly string[]
}

/** A running service with rules of its own, and the page open in a browser. A problem in the page fails the test. */
export async function openPage(t: ExecutionContext, files: Record<string, string>, wish: PageWish = {}) {
  const dir = await makeRules(t, files)
  const service = await startService(t, dir, ...(wish.service ?? []))
  return { dir, ...service, ...(await visit(t, service.admin, wish)) }
}

/** Opens the page of a service as one more person, in a browser of their own. */
export async function visit(
  t: ExecutionContext,
  admin: string,
  { width = 1280, height = 860, dark = false, language = 'en' }: PageWish = {},
) {
  browser ??= chromium.launch({ executablePath: String(path), args: ['--no-sandbox'] })
  const context = await (await browser).newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'UTC',
  })
  t.teardown(() => context.close())
  const page = await context.newPage()
  // However busy the machine is, what is awaited comes.
  page.setDefaultTimeout(Number(process.env.PAGE_PATIENCE_MS ?? 60_000))
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  // What the service refuses is shown on the page, and also in the console: only what breaks a rule of the page counts.
  page.on('console', message => {
    if (/Content Security Policy|Trusted/.test(message.text())) problems.push(message.text())
  })
  t.teardown(() => {
    if (problems.length > 0) throw new Error(`On the page: ${problems.join('\n')}`)
  })
  await page.goto(`${admin}/`)
  await page.locator('.draft-bar').waitFor()
  return { page, context, problems }
}

/** Keeps a picture of the page in `test/page/shots`, to be looked at. */
export async function shoot(page: Page, name: string): Promise<void> {
  const dir = fileURLToPath(new URL('./shots/', import.meta.url))
  await mkdir(dir, { recursive: true })
  await page.screenshot({ path: `${dir}${name}.png`, fullPage: true })
}

/** Types at the end of a line of the open file. */
export async function typeAfter(page: Page, line: string, text: string): Promise<void> {
  await page.locator('.cm-line', { hasText: line }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}
