import { existsSync } from 'node:fs'
import type { ExecutionContext } from 'ava'
import type { Browser } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']

/** Why pages cannot be looked at here; undefined if they can. */
export const noChromium = browserPath() === undefined ? `there is no Chromium at ${places.join(', ')}` : undefined

function browserPath(): string | undefined {
  return places.find(path => existsSync(path))
}

/** A browser of its own, closed after the test. */
export async function openChromium(t: ExecutionContext): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath: browserPath() ?? '', args: ['--no-sandbox'] })
  t.teardown(() => browser.close())
  return browser
}
