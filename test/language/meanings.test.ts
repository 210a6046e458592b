import test from 'ava'
import { meanings } from '../../src/language/schema/meanings.ts'
import { check } from '../../src/lint/check.ts'
import { hasErrors } from '../../src/yaml/diagnostic.ts'

const top = 'callback: beforeSetGroupMemberInfo\nzone: Asia/Shanghai\n'
const names = 'conditions: { promotes: { roleLevel: { at least: admin } } }\n'
const renames = 'counters: { renames: { callback: beforeSetGroupMemberInfo, same: userID } }\n'
const links = 'rules:\n  - rule: no-links\n    when: { nickName: present }\n'

/** A file around an example, by where its key stands. `others` are the lines that it needs beside it. */
const files: Record<keyof typeof meanings, (example: string, key: string) => string> = {
  file: example => {
    const own = example.split(':', 1)[0] as string
    const others = `${top}${links}    reject: 5001\n`.replace(new RegExp(`^${own}:.*\\n`, 'm'), '')
    const people = own === 'protect' ? 'lists: { staff: [u-1], vip-users: [u-2] }\n' : ''
    return own === 'rules' ? `${top}${example}\n` : `${others}${people}${example}\n`
  },
  rule: (example, key) => {
    const when = key === 'when' || key === 'conditions' ? '' : '    when: { nickName: present }\n'
    const does = ['reject', 'rewrite', 'allow', 'event'].includes(key) ? '' : '    reject: 5001\n'
    const name = key === 'rule' ? '' : '    rule: r\n'
    return `${top}rules:\n  -\n${name}${when}${does}    ${example}\n`
  },
  condition: example => `${top}${names}${renames}rules: [{ rule: r, when: { ${example} }, reject: 5001 }]\n`,
  'how often': example => `${top}${renames}rules: [{ rule: r, when: { how often: ${example} }, reject: 5001 }]\n`,
  'how long since': example =>
    `${top}${renames}rules: [{ rule: r, when: { how long since: ${example} }, reject: 5001 }]\n`,
  counter: example => `${top}counters: { c: ${example} }\n${links}    reject: 5001\n`,
  earlier: example => `${top}${links}    reject: 5001\ntests: [{ after: [${example}], given: {}, expect: allow }]\n`,
  native: example => `${top}rules: [{ rule: r, conditions: ${example}, reject: 5001 }]\n`,
  time: example => {
    const time = example.startsWith('{') ? example : `{ ${example} }`
    const dates = 'dates: { holidays: [2027-12-25] }\n'
    return `${top}${dates}rules: [{ rule: r, when: { time: ${time} }, reject: 5001 }]\n`
  },
  code: example => `${top}${links}    reject: ${example}\n`,
  event: example => `${top}${links}    event: ${example}\n`,
  case: example => `${top}${links}    reject: 5001\ntests: [${example}]\n`,
  expect: example => {
    const tidy = '  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: trim } }\n'
    return `${top}${links}    reject: 5001\n${tidy}tests: [{ given: { nickName: a }, expect: ${example} }]\n`
  },
  list: example => {
    const words = /^(?:words|pairs)/.test(example) ? '' : 'words: [ass], '
    return `${top}lists: { a: { ${words}${example} } }\nrules: [{ rule: r, when: { nickName: { has word in: a } }, reject: 5001 }]\n`
  },
  replace: example => `${top}${links}    rewrite: { nickName: { replace: ${example} } }\n`,
  'replace pattern': example => `${top}${links}    rewrite: { nickName: { replace pattern: ${example} } }\n`,
}

for (const [section, known] of Object.entries(meanings)) {
  for (const [key, { example }] of Object.entries(known)) {
    test(`the example of the key "${key}" of ${section} loads`, t => {
      const content = files[section as keyof typeof meanings](example, key)
      const { diagnostics } = check([{ file: 'a.yaml', content }])
      t.false(hasErrors(diagnostics), `${content}\n${JSON.stringify(diagnostics)}`)
      t.true(example.includes(`${key}:`), 'the key is in its example')
    })
  }
}
