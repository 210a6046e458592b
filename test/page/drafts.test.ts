import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startService, writeRule } from '../e2e/_service.ts'
import { inBrowser, openPage, shoot, typeAfter, visit } from './_browser.ts'
import { folder, names } from './_rules.ts'

inBrowser(
  'which version is in force and since when, whether this is a draft and of what, who you are and what you may do',
  async t => {
    const { page } = await openPage(t, folder)
    t.regex(await page.locator('.state').innerText(), /In force [0-9a-f]{7} since \d\d:\d\d/)
    t.is(
      await page.locator('.who').getAttribute('title'),
      'You are local and may look, read what people wrote, write drafts, publish, pause rules',
    )
    t.regex(await page.locator('.draft-bar').innerText(), /No draft: you see the rules in force/)
    await page.locator('.rule-row', { hasText: 'long-names' }).click()
    await typeAfter(page, 'reject: 5003', ' # too long')
    await page.locator('.draft-bar', { hasText: /1 file changed.*saved by local.*All saved/s }).waitFor()
    await shoot(page, 'draft')
  },
)

inBrowser(
  'a draft lives on the server, each save is kept: nothing typed is lost when the page is loaded again',
  async t => {
    const { page, dir } = await openPage(t, folder)
    await page.locator('.rule-row', { hasText: 'long-names' }).click()
    await typeAfter(page, 'reject: 5003', ' # too long')
    // At once, before it can have been saved.
    await page.reload()
    await page.locator('.cm-line', { hasText: 'reject: 5003 # too long' }).waitFor()
    await page.locator('.mark.saved', { hasText: 'All saved' }).waitFor()
    await page.reload()
    await page.locator('.cm-line', { hasText: 'reject: 5003 # too long' }).waitFor()
    t.is(await readFile(join(dir, 'names.yaml'), 'utf8'), names)
  },
)

inBrowser('a lost connection loses nothing: the service is killed while somebody types', async t => {
  const { page, dir, child, exited, admin } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'long-names' }).click()
  await typeAfter(page, 'reject: 5003', ' # one')
  child.kill('SIGKILL')
  await exited
  await page.keyboard.type(' two')
  await page.locator('.banner.error', { hasText: 'The service cannot be reached' }).waitFor()
  await page.keyboard.type(' three')
  await page.locator('.mark.failed').first().waitFor()
  await shoot(page, 'unreachable')
  await startService(t, dir, '--admin-port', new URL(admin).port)
  await page.locator('.banner.error').waitFor({ state: 'detached' })
  await page.locator('.mark.saved', { hasText: 'All saved' }).waitFor()
  await page.reload()
  await page.locator('.cm-line', { hasText: 'reject: 5003 # one two three' }).waitFor()
  t.pass()
})

inBrowser('two people see each other’s saves', async t => {
  const { page, admin } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'long-names' }).click()
  await typeAfter(page, 'reject: 5003', ' # mine')
  await page.locator('.mark.saved', { hasText: 'All saved' }).waitFor()
  const { page: other } = await visit(t, admin)
  await other.goto(page.url())
  await other.locator('.cm-line', { hasText: '# mine' }).waitFor()
  await typeAfter(other, 'rewrite: { nickName: trim }', ' # theirs')
  await page.locator('.cm-line', { hasText: '# theirs' }).waitFor()
  t.true((await page.locator('.cm-content').innerText()).includes('# mine'))
})

inBrowser('when two people change the same file, the page shows both, never one silently over the other', async t => {
  const { page, admin } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'long-names' }).click()
  await typeAfter(page, 'reject: 5003', ' # first')
  await page.locator('.mark.saved', { hasText: 'All saved' }).waitFor()
  const { page: other } = await visit(t, admin)
  await other.goto(page.url())
  await other.locator('.cm-line', { hasText: '# first' }).waitFor()
  // Nothing of what the other one saves arrives while this page is cut off.
  await page.context().setOffline(true)
  await typeAfter(page, 'rewrite: { nickName: trim }', ' # mine')
  await typeAfter(other, 'rewrite: { nickName: trim }', ' # theirs')
  await savedInDraft(admin, other.url(), '# theirs')
  await page.context().setOffline(false)
  await page.locator('.conflict .cm-merge-a', { hasText: '# theirs' }).waitFor()
  await shoot(page, 'conflict')
  t.true((await page.locator('.cm-merge-a').innerText()).includes('# theirs'))
  t.true((await page.locator('.cm-merge-b').innerText()).includes('# mine'))
  await page.locator('.cm-merge-b .cm-line', { hasText: '# mine' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' and theirs')
  await page.getByRole('button', { name: 'Save the right side' }).click()
  await page.locator('.mark.saved', { hasText: 'All saved' }).waitFor()
  await other.locator('.cm-line', { hasText: '# mine and theirs' }).waitFor()
})

inBrowser(
  'pausing a rule is one click, with a reason and a time, and shows on every screen until somebody ends it',
  async t => {
    const { page } = await openPage(t, folder)
    await page
      .locator('.rule-row', { hasText: 'People pretend' })
      .or(page.locator('.rule-row .name', { hasText: 'no-staff-names' }))
      .click()
    await page.getByRole('button', { name: 'Pause…' }).click()
    await page.getByLabel('Why?').fill('refuses honest names')
    await shoot(page, 'pause')
    await page.getByRole('button', { name: 'Pause no-staff-names' }).click()
    await page
      .locator('.banner.warning', { hasText: 'no-staff-names is paused by local: refuses honest names (until' })
      .waitFor()
    await page.locator('.rule-row .mark.paused').waitFor()
    await page.getByRole('link', { name: 'Try' }).click()
    await page.getByLabel('nickName').first().fill('Support')
    await page.locator('.verdict.passed').waitFor()
    await shoot(page, 'paused')
    await page.getByRole('button', { name: 'Enforce again' }).click()
    await page.locator('.verdict.refused').waitFor()
    t.is(await page.locator('.banner.warning').count(), 0)
  },
)

inBrowser('whether the last reload failed is always visible', async t => {
  const { page, dir } = await openPage(t, folder)
  await writeRule(dir, 'names.yaml', names.replace('reject: 5003', 'rejekt: 5003'))
  const banner = page.locator('.banner.error')
  await banner.waitFor()
  t.regex(
    await banner.innerText(),
    /The last reload at \d\d:\d\d failed, so the rules before stay in force\.\s+First problem: names\.yaml:\d+ There is no key "rejekt"/,
  )
  await shoot(page, 'reload-failed')
})

/** Resolves once the draft that a page shows has a text on the server. */
async function savedInDraft(admin: string, url: string, text: string): Promise<void> {
  const draft = /draft=([\w-]+)/.exec(url)?.[1]
  for (;;) {
    const response = await fetch(`${admin}/api/file?draft=${draft}&file=names.yaml`)
    if (((await response.json()) as { text: string }).text.includes(text)) return
  }
}
