import test from 'ava'
import { mutantsOf } from '../../src/cases/mutants.ts'
import { rulesOf } from '../../src/cases/run-cases.ts'
import { sentencesOf } from '../../src/language/show/sentence.ts'
import { check } from '../../src/lint/check.ts'
import { ruleSetOf } from '../_rules.ts'
import { warns } from '../lint/_warns.ts'
import { eachFile, loads, mistakesIn } from './_each.ts'

test(
  'dates have names for the whole folder, and time takes them',
  loads,
  `
--- a.yaml
dates:
  holidays: [2027-10-01 to 2027-10-07, 2027-12-25, "2027-01-01"]
  closed:
    - 2027-12-31
--- b.yaml
callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
conditions: { open: { time: { days: weekdays, not on: [holidays, closed, 2027-12-24] } } }
rules:
  - { rule: a, when: { nickName: x, time: { on: holidays } }, reject: 5001 }
  - { rule: b, when: { nickName: y, time: { on: 2027-12-24 to 2027-12-26, zone: UTC } }, reject: 5001 }
  - { rule: c, when: { nickName: z, use: open, time: { within: "22:00-07:00", not on: closed } }, reject: 5001 }
`,
)

test(
  'what is wrong with dates is pointed at',
  eachFile,
  `
dates: { a: [2027-02-30] }
             ^^^^^^^^^^ bad-date

dates: { a: [2027-02-01 to 2027-02-30] }
             ^^^^^^^^^^^^^^^^^^^^^^^^ bad-date

dates: { a: [25.12.2027] }
             ^^^^^^^^^^ bad-date

dates: { a: [2027-10-01..2027-10-07] }
             ^^^^^^^^^^^^^^^^^^^^^^ bad-date

dates: { a: [Christmas] }
             ^^^^^^^^^ bad-date

dates: { a: [2027-12-25 08:00] }
             ^^^^^^^^^^^^^^^^ bad-date

dates: { a: [2027-10-07 to 2027-10-01] }
             ^^^^^^^^^^^^^^^^^^^^^^^^ until-before-from

dates: { a: [] }
            ^^ empty

dates: { a: 2027-12-25 }
            ^^^^^^^^^^ wrong-shape

dates: { a: { from: 2027-12-25 } }
            ^^^^^^^^^^^^^^^^^^^^ wrong-shape

dates: [2027-12-25]
       ^^^^^^^^^^^^ wrong-shape

--- a.yaml
dates: { a: [2027-12-25] }
--- b.yaml
dates: { a: [2027-12-26] }
         ^ duplicate-name
`,
)

const top = 'callback: beforeSetGroupMemberInfo\nzone: UTC\n'

test(
  'dates that are not there are pointed at where they are named',
  eachFile,
  `
${top}dates: { holidays: [2027-12-25] }
rules: [{ rule: r, when: { nickName: x, time: { on: holidys } }, reject: 5001 }]
                                                    ^^^^^^^ unknown-dates

${top}lists: { closed: [2027-12-25] }
rules: [{ rule: r, when: { nickName: x, time: { not on: [closed] } }, reject: 5001 }]
                                                         ^^^^^^ unknown-dates

${top}rules: [{ rule: r, when: { nickName: x, time: { on: weekends } }, reject: 5001 }]
                                                    ^^^^^^^^ unknown-dates

${top}rules: [{ rule: r, when: { nickName: x, time: { on: [] } }, reject: 5001 }]
                                                    ^^ empty

${top}rules: [{ rule: r, when: { nickName: x, time: { on: 2027-13-01 } }, reject: 5001 }]
                                                    ^^^^^^^^^^ bad-date

${top}rules: [{ rule: r, when: { nickName: x, time: { dates: 2027-12-01 } }, reject: 5001 }]
                                                ^^^^^ unknown-key

callback: beforeSetGroupMemberInfo
rules: [{ rule: r, when: { nickName: x, time: { on: 2027-12-01 } }, reject: 5001 }]
                                        ^^^^ missing-zone
`,
)

test('too many days under one name are refused', t => {
  const days = Array.from({ length: 1001 }, (_, at) => new Date(at * 2 * 86_400_000).toISOString().slice(0, 10))
  const { diagnostics } = check([{ file: 'a.yaml', content: `dates: { a: [${days.join(', ')}] }\n` }])
  t.deepEqual(
    mistakesIn(diagnostics).map(({ code }) => code),
    ['too-large'],
  )
})

test(
  'dates that nothing uses, and those on which nothing can happen, are warned of',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
zone: UTC
dates: { holidays: [2027-12-25], closed: [2027-12-26] }
                                 ^^^^^^ warning unused-dates
rules:
  - rule: never
    when: { nickName: x, time: { days: weekdays, on: holidays } }
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
    reject: 5001
`,
)

const hints = test.macro({
  title: (_, condition: string, hint: RegExp) => `${condition} is told ${hint.source}`,
  exec(t, condition: string, hint: RegExp) {
    const content = `${top}dates: { holidays: [2027-12-25] }\nlists: { closed: [a] }\nrules: [{ rule: r, when: { time: { ${condition} } }, reject: 5001 }]\n`
    const [first] = mistakesIn(check([{ file: 'a.yaml', content }]).diagnostics)
    t.regex(first?.hint ?? '', hint)
  },
})
test(hints, 'on: holidys', /^Did you mean "holidays"\? Dates: holidays$/)
test(hints, 'on: closed', /"closed" is a list: write its days under "dates"$/)
test(hints, 'on: weekends', /For days of the week, write days: weekends$/)
test(hints, 'on: 2027-12-32', /^Write 2027-12-31 or 2028-01-01$/)
test(hints, 'on: 2027-12-24 - 2027-12-26', /^Write 2027-12-24 to 2027-12-26$/)
test(hints, 'not on: 24/12/2027', /^Write 2027-12-24$/)
test('without any named days, a hint shows how to name some', t => {
  const content = `${top}rules: [{ rule: r, when: { time: { on: holidays } }, reject: 5001 }]\n`
  const [first] = mistakesIn(check([{ file: 'a.yaml', content }]).diagnostics)
  t.regex(first?.hint ?? '', /Name days at the top of the file, as in dates: \{ holidays: \[2027-12-25\] \}$/)
})
test(hints, 'holidays: true', /not on/)
test(hints, 'outside: "09:00-17:00"', /^Write not: \{ time: \{ within: "09:00-17:00" \} \} for all other times$/)
test(hints, 'not days: weekends', /^Write not: \{ time: \{ days: weekdays \} \}/)
test(hints, 'within: 9-17', /^Write "09:00-17:00"$/)

const said = test.macro({
  title: (_, time: string, sentence: string) => `${time} is explained as “${sentence}”`,
  exec(t, condition: string, sentence: string) {
    const [compiled] = rulesOf(
      ruleSetOf(
        `${top}dates: { holidays: [2027-12-25] }\nrules: [{ rule: r, when: { nickName: x, ${condition} }, reject: 5001 }]\n`,
      ),
    )
    t.true(compiled !== undefined && sentencesOf(compiled.rule)[0]?.includes(` and ${sentence}: reject`))
  },
})
test(said, 'time: { on: holidays }', 'it is on holidays in UTC')
test(said, 'time: { not on: holidays }', 'it is not on holidays in UTC')
test(said, 'not: { time: { on: holidays } }', 'it is not on holidays in UTC')
test(said, 'not: { time: { not on: holidays } }', 'it is on holidays in UTC')
test(
  said,
  'time: { within: "09:00-18:00", days: weekdays, not on: [holidays, 2027-12-24] }',
  'it is between 09:00 and 18:00 on weekdays and not on holidays, 2027-12-24 in UTC',
)
test(said, 'not: { time: { days: weekdays, not on: holidays } }', 'it is not (on weekdays and not on holidays) in UTC')

test('mutants turn dates round and exchange on and not on', t => {
  const [compiled] = rulesOf(
    ruleSetOf(`${top}dates: { holidays: [2027-12-25] }
rules: [{ rule: r, when: { time: { days: weekdays, not on: holidays } }, reject: 5001 }]
`),
  )
  t.deepEqual(compiled === undefined ? [] : mutantsOf(compiled.rule).map(({ what }) => what), [
    'negated: time on weekdays and not on holidays',
    'on and not on exchanged: time on weekdays and not on holidays',
  ])
})
