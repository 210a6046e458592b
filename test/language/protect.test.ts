import test from 'ava'
import { describeChanges } from '../../src/changes/describe-changes.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { ruleSetOf } from '../_rules.ts'
import { eachFile } from './_each.ts'

test(
  'what is protected must be a list',
  eachFile,
  `
lists: { staff: [u-1] }
protect: [staf]
          ^^^^ unknown-list

lists: { staff: [u-1] }
protect: 5
         ^ unquoted-number

lists: { staff: [u-1] }
protect: []
         ^^ empty
`,
)

const rule = 'rules:\n  - { rule: r, callback: beforeAddFriend, when: { reqMsg: present }, reject: 5001 }\n'

test('all files of a folder protect together, and a list that is only protected is used', t => {
  const files = {
    'a.yaml': `lists: { staff: [u-1], vip: [u-2] }\nprotect: staff\n${rule}`,
    'b.yaml': 'protect: [vip, staff]\n',
  }
  t.deepEqual(ruleSetOf(files).protects, ['staff', 'vip'])
})

test('a change of what is protected is described', t => {
  const [old, now] = ['[staff]', '[vip]'].map(protect =>
    ruleSetOf(`lists: { staff: [u-1], vip: [u-2] }\nprotect: ${protect}\n${rule}`),
  ) as [ReturnType<typeof ruleSetOf>, ReturnType<typeof ruleSetOf>]
  t.deepEqual(atOnce(describeChanges(old, now)).others[0]?.lines, [
    '~ the protected lists changed',
    '  - staff',
    '  + vip',
  ])
  t.deepEqual(atOnce(describeChanges(now, now)).others, [])
})
