import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inBrowser, openPage, shoot, typeAfter } from './_browser.ts'
import { folder, names } from './_rules.ts'

inBrowser(
  'the rules in the order in which they decide, as one sentence each, grouped by callback, with marks',
  async t => {
    const { page } = await openPage(t, folder)
    await page.locator('.rule-row').first().waitFor()
    const group = page.locator('.rule-group', { hasText: 'The info of a group member is set' })
    t.deepEqual(await group.locator('.rule-row .name').allInnerTexts(), [
      'tidy-nickname',
      'staff-are-exempt',
      'no-staff-names',
      'long-names',
    ])
    t.deepEqual(await page.locator('.rule-group .event').allInnerTexts(), [
      'The info of a group member is set',
      'A friend request is sent',
    ])
    const row = (name: string) => page.locator('.rule-row').filter({ has: page.locator('.name', { hasText: name }) })
    t.is(
      await row('no-staff-names').locator('.when').innerText(),
      'When nickName looks like or has a word of staff-names',
    )
    t.is(
      await row('no-staff-names').locator('.effect').innerText(),
      'Reject with 5001, saying "“{nickName}” is reserved for staff"',
    )
    t.deepEqual(await row('long-names').locator('.mark').allInnerTexts(), ['shadow', 'no test'])
    t.deepEqual(await row('staff-are-exempt').locator('.mark').allInnerTexts(), ['no test'])
    await shoot(page, 'rules')
  },
)

inBrowser('click: the file opens at that rule; under it: its sentence, its tests green or red live', async t => {
  const { page, dir } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'no-staff-names' }).last().click()
  await page.locator('.cm-activeLine', { hasText: 'rule: no-staff-names' }).waitFor()
  await page.locator('.says h2', { hasText: 'no-staff-names' }).waitFor()
  await page.locator('.tests .passed').nth(1).waitFor()
  await shoot(page, 'rule')
  await typeAfter(page, 'nickName: Alice', '\n- { given: { nickName: Bob }, expect: { reject: 5001 } }')
  await page.locator('.tests .failed', { hasText: 'Bob' }).waitFor()
  t.regex(await page.locator('.tests .failed pre').innerText(), /expected {2}rejected with 5001\n *actual {4}allowed/)
  await shoot(page, 'rule-failing')
  t.is(await readFile(join(dir, 'names.yaml'), 'utf8'), names)
})

inBrowser('underlines as one types, and offers each hint as a button that applies it', async t => {
  const { page } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'long-names' }).click()
  await typeAfter(page, 'reject: 5003', '\nuntill: 2030-01-01T00:00Z')
  await page.locator('.cm-lintRange-error').waitFor()
  const hint = page.locator('.hints li.error')
  await hint.waitFor()
  t.regex(await hint.innerText(), /There is no key "untill"/)
  // The rules before the mistake stay to be seen, and say so.
  await page.locator('.note', { hasText: 'from before it' }).waitFor()
  t.is(await page.locator('.rule-row').count(), 5)
  await shoot(page, 'mistake')
  await hint.locator('button', { hasText: 'until' }).click()
  await page.locator('.cm-line', { hasText: 'until: 2030-01-01T00:00Z' }).waitFor()
  await page.locator('.hints li.error').waitFor({ state: 'detached' })
})

inBrowser('the editor completes keys, fields, words, names of lists and codes, shows meaning on hover', async t => {
  const { page } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'staff-are-exempt' }).click()
  const offered = page.locator('.cm-tooltip-autocomplete li')
  await typeAfter(page, 'allow: [no-staff-names]', '\nunl')
  // Enter right after the list opens is a line break, so that nobody takes by accident what just came up.
  await offered.filter({ hasText: 'unless' }).click()
  await page.keyboard.type('{ nick')
  await offered.filter({ hasText: /^nickName$/ }).waitFor()
  await shoot(page, 'completion')
  await page.keyboard.press('Escape')
  await page.keyboard.type('Name: { has word in: sta')
  await offered.filter({ hasText: 'staff-names' }).waitFor()
  await page.keyboard.press('Escape')
  await page
    .locator('.cm-line', { hasText: 'looks like a word in' })
    .locator('text=looks like a word in')
    .first()
    .hover()
  t.regex(await page.locator('.meaning').innerText(), /looks like/)
  await shoot(page, 'meaning')
})

inBrowser('"New rule" asks in words (what happens? when? what then?) and writes the YAML', async t => {
  const { page } = await openPage(t, folder)
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.getByLabel('Field', { exact: true }).selectOption('nickName')
  await page.getByLabel('How to look at it').selectOption('links')
  await page.getByLabel('What the user reads').fill('Links are not allowed in nicknames')
  await page.getByLabel('Code').fill('5002')
  await page.getByLabel('Name of the rule').fill('No links in nicknames!')
  await shoot(page, 'new-rule')
  await page.getByRole('button', { name: 'Write the rule' }).click()
  await page.locator('.cm-activeLine', { hasText: 'rule: no-links-in-nicknames' }).waitFor()
  await page.locator('.rule-row', { hasText: 'no-links-in-nicknames' }).waitFor()
  const text = await page.locator('.cm-content').innerText()
  t.regex(
    text,
    /- rule: no-links-in-nicknames\n+ +when: \{ nickName\.links: present \}\n+ +reject: \{ code: 5002, message: Links are not allowed in nicknames \}/,
  )
  t.regex(text, /# Nicknames in groups/)
})

inBrowser('everything fits at 400 pixels, in the dark', async t => {
  const { page } = await openPage(t, folder, { width: 400, height: 800, dark: true })
  await page.locator('.rule-row').first().waitFor()
  await shoot(page, 'rules-narrow')
  t.true(await page.evaluate('document.documentElement.scrollWidth <= 400'))
  await page.locator('.rule-row', { hasText: 'no-staff-names' }).last().click()
  await page.locator('.tests .passed').first().waitFor()
  await shoot(page, 'rule-narrow')
  t.true(await page.evaluate('document.documentElement.scrollWidth <= 400'))
  await page.getByRole('button', { name: 'All rules' }).click()
  await page.locator('.rule-row').first().waitFor()
  t.is(await page.locator('.cm-content').count(), 0)
})

inBrowser('English and 简体中文 (as the browser asks, a switch beside it)', async t => {
  const { page } = await openPage(t, folder, { language: 'zh' })
  await page.getByRole('button', { name: '新规则' }).waitFor()
  t.is(await page.locator('html').getAttribute('lang'), 'zh-CN')
  await page.locator('.rule-row', { hasText: 'no-staff-names' }).last().click()
  await page.locator('.tests .passed').first().waitFor()
  await shoot(page, 'rule-chinese')
  await page.getByRole('button', { name: 'EN', exact: true }).click()
  await page.getByRole('button', { name: 'New rule' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'New rule' }).waitFor()
  t.is(await page.locator('html').getAttribute('lang'), 'en')
})
