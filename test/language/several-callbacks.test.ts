import test from 'ava'
import type { Callback, Field } from '../../src/callbacks/callback.ts'
import { FolderNames } from '../../src/language/folder/names.ts'
import { readRuleInSteps } from '../../src/language/read/rule.ts'
import type { Node } from '../../src/yaml/node.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { Findings } from '../../src/yaml/reporter.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { reportsOf } from './_reports.ts'

/** Made up: the catalogue's own callbacks may come to have the same fields. */
function callbackOf(name: string, fields: readonly Field[], more: Partial<Callback> = {}): Callback {
  const command = `callback${name}Command`
  return { name, command, formerly: [], phase: 'before', rejectable: true, fields, about: '', source: '', ...more }
}

const id: Field = { name: 'userID', kind: 'id', nullable: false, about: '' }
const nick: Field = { name: 'nick', kind: 'text', nullable: true, rewrite: {}, about: '' }
const one = callbackOf('beforeOne', [
  id,
  nick,
  { name: 'level', kind: 'integer', nullable: true, rewrite: {}, about: '' },
  { name: 'muted', kind: 'flag', nullable: true, rewrite: {}, about: '' },
  { name: 'members', kind: 'list', nullable: true, about: '' },
  { name: 'onlyHere', kind: 'text', nullable: true, rewrite: {}, about: '' },
])
const other = callbackOf('beforeOther', [
  id,
  { ...nick, kind: 'id' },
  { name: 'level', kind: 'integer', nullable: true, about: '' },
])
const after = callbackOf('afterOne', [id], { phase: 'after', rejectable: false })

/** What is said of a rule, the lines after its name, for some callbacks. */
function reportsFor(...callbacks: Callback[]) {
  return reportsOf(source => {
    const { root } = parseYaml({ ...source, text: `rule: r\n${source.text}` })
    const reporter = new Findings()
    const clock = { zone: undefined, isReported: false }
    const scope = { clock, names: new FolderNames(), reporter, text: source.text }
    atOnce(readRuleInSteps(root as Node, { scope, callbacks, isUnclear: false, when: () => undefined }))
    const shift = 'rule: r\n'.length
    return reporter.diagnostics.map(({ span, ...rest }) => ({
      ...rest,
      span: { ...span, start: span.start - shift, end: span.end - shift },
    }))
  })
}

const ofOne = reportsFor(one)
const ofBoth = reportsFor(one, other)
const ofAfter = reportsFor(one, after)

test('a field that all callbacks have is fine', ofBoth, '\nwhen: { userID: u-1, level: 3 }\nreject: 5001\n')

test(
  'a field that one callback lacks is pointed at',
  ofBoth,
  `
when: { onlyHere: x }
        ^^^^^^^^ unknown-field
reject: 5001
`,
)

test(
  'a field that means different things is pointed at',
  ofBoth,
  `
when: { nick: x }
        ^^^^ wrong-kind
reject: 5001
`,
)

test(
  'a field that one callback cannot rewrite is pointed at',
  ofBoth,
  `
when: { userID: u-1 }
rewrite: { level: 3 }
           ^^^^^ not-rewritable
`,
)

test(
  'a template names fields that all callbacks have',
  ofBoth,
  `
when: { userID: u-1 }
reject: { code: 5001, message: "{onlyHere}" }
                                ^^^^^^^^^^ unknown-field
`,
)

test(
  'a refusal that the server does not heed is pointed at',
  ofAfter,
  `
when: { userID: u-1 }
reject: 5001
^^^^^^ not-rejectable
`,
)

test(
  'an exemption where nothing can be refused is pointed at',
  ofAfter,
  `
when: { userID: u-1 }
allow: everything
^^^^^ not-rejectable
`,
)

test(
  'a native refusal that the server does not heed is pointed at',
  ofAfter,
  `
conditions: { fact: userID, operator: equal, value: u-1 }
event: { type: reject, params: 5001 }
               ^^^^^^ not-rejectable
`,
)

test(
  'true and false are written so',
  ofOne,
  `
when: { muted: yes }
               ^^^ wrong-value
unless: { muted: "false" }
                 ^^^^^^^ wrong-value
rewrite: { muted: off }
                  ^^^ wrong-value
`,
)

test('true and false are fine', ofOne, '\nwhen: { muted: true, level: 3 }\nrewrite: { muted: false, level: 4 }\n')

test(
  'an integer is a whole number',
  ofOne,
  `
when: { level: 2.5 }
               ^^^ wrong-value
rewrite: { level: "3" }
                  ^^^ wrong-value
`,
)

test(
  'a list is not compared with values',
  ofOne,
  `
when: { members: u-1 }
                 ^^^ wrong-kind
unless: { members: [u-1] }
                   ^^^^^ wrong-kind
reject: 5001
`,
)

test(
  'a list may hold an item natively',
  ofOne,
  `
conditions:
  all:
    - { fact: members, operator: contains, value: u-1 }
    - { fact: members, operator: doesNotContain, value: 5 }
    - { fact: members, operator: contains, value: [u-1] }
                                                  ^^^^^ wrong-shape
reject: 5001
`,
)
