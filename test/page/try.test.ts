import { inBrowser, openPage, shoot, typeAfter } from './_browser.ts'
import { folder, names } from './_rules.ts'

inBrowser(
  'first what the user will see; then the way through rewrite, exempt, refuse, with the letters that matched lit',
  async t => {
    const { page } = await openPage(t, folder)
    await page.getByRole('link', { name: 'Try' }).click()
    await page.locator('.verdict.passed').waitFor()
    await page.getByLabel('nickName').first().fill(' Suppоrt Desk')
    await page.locator('.verdict.refused').waitFor()
    t.is(await page.locator('.bubble').innerText(), '“Suppоrt Desk” is reserved for staff')
    t.regex(await page.locator('.verdict .about').innerText(), /^By the rules in force [0-9a-f]{7}/)
    t.deepEqual(await page.locator('.way-stage > .rule-card header .button').allInnerTexts(), [
      'tidy-nickname',
      'no-staff-names',
    ])
    t.is(await page.locator('.way mark').innerText(), 'Suppоrt')
    await shoot(page, 'try')
    await page.locator('.found .button', { hasText: 'support' }).click()
    await page.locator('.cm-activeLine', { hasText: 'support' }).waitFor()
    t.is(await page.locator('.file-name').innerText(), 'lists/staff-names.txt')
  },
)

inBrowser('then what would change it, as buttons', async t => {
  const { page } = await openPage(t, folder)
  await page.getByRole('link', { name: 'Try' }).click()
  await page.getByLabel('nickName').first().fill('Support')
  await page.locator('.otherwise .button', { hasText: 'userID must be in the list staff' }).first().click()
  await page.keyboard.type('u-1')
  await page.locator('.verdict.passed').waitFor()
  t.is(await page.getByLabel('userID').first().inputValue(), 'u-1')
})

inBrowser(
  'each field left alone, cleared, or a value; earlier calls as a little timeline; a clock with its zone',
  async t => {
    const counting = `callback: beforeSendGroupMsg
rules:
  - rule: not-at-night
    when: { time: { within: "22:00-07:00", zone: Asia/Shanghai } }
    reject: 5002
  - rule: slow
    when: { how often: { same: sendID, in: 1 minute, more than: 3 } }
    reject: { code: 5001, message: Slow down }
`
    const tidy = names.slice(0, names.indexOf('  - rule: staff-are-exempt'))
    const { page } = await openPage(t, { 'a.yaml': counting, 'names.yaml': tidy })
    await page.getByRole('link', { name: 'Try' }).click()
    await page.getByLabel('What happens?').selectOption('beforeSendGroupMsg')
    await page.getByLabel('sendID').first().fill('u-1')
    await page.getByLabel('When?').fill('2026-03-01T12:00')
    await page.getByLabel('Time zone').selectOption('Asia/Shanghai')
    await page.locator('.verdict.passed').waitFor()
    await page.getByRole('button', { name: 'Add calls before it' }).click()
    await page.getByLabel('How many').fill('5')
    await page.locator('.verdict.refused', { hasText: 'Slow down' }).waitFor()
    await shoot(page, 'try-earlier')
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.locator('.verdict.passed').waitFor()
    await page.getByLabel('When?').fill('2026-03-01T23:30')
    await page.locator('.verdict.refused', { hasText: 'not-at-night' }).waitFor()
    await page.getByLabel('What happens?').selectOption('beforeSetGroupMemberInfo')
    await page.locator('[data-field=nickName]').getByText('cleared').click()
    await page.locator('.rule-card', { hasText: 'tidy-nickname' }).first().waitFor()
    t.pass()
  },
)

inBrowser('*keep as test* writes a test into the rule, with only the fields that mattered', async t => {
  const { page } = await openPage(t, folder)
  await page.getByRole('link', { name: 'Try' }).click()
  await page.getByRole('button', { name: 'Fill in a sample' }).click()
  await page.getByLabel('nickName').first().fill('Support Team')
  await page.locator('.verdict.refused').waitFor()
  await page.getByRole('button', { name: 'Keep as test' }).click()
  t.is(await page.locator('.keep-test .done').innerText(), 'Added to the tests of no-staff-names in names.yaml')
  await page.locator('.verdict .about', { hasText: 'By the draft' }).waitFor()
  await page.locator('.verdict .button', { hasText: 'no-staff-names' }).click()
  await page.locator('.tests .passed', { hasText: 'Support Team' }).waitFor()
  const line = await page.locator('.cm-line', { hasText: 'Support Team' }).innerText()
  t.is(line.trim(), '- { given: { nickName: Support Team }, expect: { reject: 5001 } }')
})

inBrowser('answers as one types, for the draft that is shown and what is typed in it', async t => {
  const { page } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'long-names' }).click()
  await page.locator('.cm-line', { hasText: 'mode: shadow' }).click()
  await page.keyboard.press('Home')
  await page.keyboard.type('# ')
  await page.getByRole('link', { name: 'Try' }).click()
  await page.getByLabel('nickName').first().fill('a'.repeat(25))
  await page.locator('.verdict.refused .about', { hasText: 'By the draft' }).waitFor()
  t.regex(await page.locator('.verdict .about').innerText(), /^By the draft “Draft of .*”, save \d+ [0-9a-f]{7}/)
  await page.getByLabel('What you look at').selectOption('')
  await page.locator('.verdict.passed .about', { hasText: 'By the rules in force' }).waitFor()
})

inBrowser('a try panel says that the rules have mistakes, and shows no answer for others', async t => {
  const { page } = await openPage(t, folder)
  await page.locator('.rule-row', { hasText: 'long-names' }).click()
  await typeAfter(page, 'mode: shadow', 's')
  await page.locator('.hints li.error').waitFor()
  await page.getByRole('link', { name: 'Try' }).click()
  await page.locator('.problem', { hasText: 'These rules have errors' }).waitFor()
  t.is(await page.locator('.verdict').count(), 0)
})
