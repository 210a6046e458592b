import test from 'ava'
import { runCases } from '../../src/cases/run-cases.ts'
import { ruleSetOf } from '../_rules.ts'

const mask = (cases: string) => `
callback: beforeMsgModify
rules:
  - rule: mask
    when: { message text: present }
    rewrite: { message text: { mask words in: [damn] } }
    tests:
      - ${cases}
`

const passes = test.macro({
  title: (_, given: string, expect: string) => `a test gives a message by ${given} and expects ${expect}`,
  async exec(t, given: string, expect: string) {
    const results = await runCases(ruleSetOf(mask(`{ given: { ${given} }, expect: ${expect} }`)))
    t.deepEqual(
      results.map(({ status, unstable }) => ({ status, unstable })),
      [{ status: 'passed', unstable: undefined }],
    )
  },
})

const masked = '{ rewrite: { message text: "a ****" } }'
test(passes, 'message text: a damn', masked)
test(passes, 'message text: a damn, contentType: quote', masked)
test(passes, `contentType: text, content: '{"content":"a damn"}'`, masked)
test(passes, `contentType: at text, content: '{"text":"a damn"}'`, masked)
test(passes, `contentType: picture, content: '{"content":"a damn"}'`, 'allow')
test(passes, `content: '{"content":"a damn"}'`, 'allow')
test(passes, 'message text: fine', 'allow')
