/** Folders that are made to hold up whoever reads them: much of everything, right and wrong. */
import type { SourceFile } from '../../src/yaml/source.ts'

/** A folder, made when it is needed: some have tens of megabytes. */
export type Hostile = { name: string; files: () => readonly SourceFile[] }

const top = 'callback: beforeSetGroupMemberInfo\n'
const joining = 'callback: beforeMembersJoinGroup\n'
const messages =
  'callback: [beforeSendSingleMsg, beforeSendGroupMsg, beforeMsgModify, beforeOfflinePush, beforeOnlinePush]\n'

/** Folders of one rule file. */
const files: Record<string, () => string> = {
  '40,000 unknown keys': () => `${top}${times(40_000, at => `key${at}: 1\n`)}${rules(1)}`,
  'unknown keys of a rule': () => ruleOf(times(10_000, at => `    key${at}: 1\n`)),
  'unknown fields': () => ruleOf(`    reject: 5001\n    when:\n${times(10_000, at => `      key${at}: 1\n`)}`),
  'unknown lists': () =>
    `${top}lists:\n${times(10_000, at => `  list-${at}: [a]\n`)}rules:\n${ofTests(2_000, at => `nickName: { in list: lst-${at} }`)}`,
  'unknown rules': () =>
    `${top}${rules(5_000)}  - { rule: a, when: { nickName: y }, allow: [${times(10_000, at => `x${at},`)}] }\n`,
  'unknown callbacks': () => `callback: [${times(10_000, at => `before${at},`)}]\n${rules(1)}`,
  'unknown steps': () =>
    ruleOf(`    when: { nickName: x }\n    rewrite:\n      nickName:\n${times(2_000, at => `        - trm${at}\n`)}`),
  'a condition wrong for every callback': () =>
    `conditions:\n  c:\n    any:\n${times(2_000, at => `      - { key${at}: x }\n`)}rules: []\n`,
  'conditions that all use each other': () =>
    `${top}conditions:\n${times(250, at => `  c${at}: { any: [${times(250, use => `{ use: c${use} },`)}] }\n`)}${rules(1)}`,
  'a chain of conditions': () =>
    `${top}conditions:\n${times(19_999, at => `  c${at}: { use: c${at + 1} }\n`)}${rules(1)}`,
  'names that nothing uses': () => `${top}codes:\n${times(19_999, at => `  c${at}: 5001\n`)}${rules(1)}`,
  'the same rule again': () => `${top}rules:\n${times(15_000, () => rule(0))}`,
  'a text of 50,000 fields': () =>
    ruleOf(`    when: { nickName: x }\n    reject: { code: 5001, message: "${'{nickName}'.repeat(50_000)}" }\n`),
  'a text of lines and braces': () =>
    ruleOf(
      `    when: { nickName: x }\n    reject:\n      code: 5001\n      message: |\n${'        {nickName} {x y\n'.repeat(5_000)}`,
    ),
  'codes with texts': () =>
    `${top}codes:\n${times(5_000, at => `  c${at}: { code: 5001, message: "{nickName} {no${at}}" }\n`)}${rules(1)}`,
  '7,000 tests of a rule': () => ruleOf(`    when: { nickName: x }\n    reject: 5001\n    tests:\n${cases(7_000)}`),
  '1,000 tests of a rule': () => ruleOf(`    when: { nickName: x }\n    reject: 5001\n    tests:\n${cases(1_000)}`),
  'tests of a file beside rules': () =>
    `${top}${rules(5_000)}tests:\n${times(5_000, at => `  - { given: { nickName: n${at} }, expect: { reject: 5001 } }\n`)}`,
  '2,000 conditions': () => `${top}rules:\n${ofTests(2_000, at => `nickName: { contains: n${at} }`)}`,
  '2,000 negations, all of which must hold': () =>
    `${top}rules:\n${ofTests(2_000, at => `nickName: { is not: n${at} }`, 'all')}`,
  '2,000 conditions on an item': () =>
    `${joining}rules:\n${ofTests(
      2_000,
      at => `userID: n${at}`,
      'any',
      tests => `memberList: { any item: { ${tests} } }`,
    )}`,
  '2,000 conditions for many callbacks': () => `${messages}rules:\n${ofTests(2_000, at => `content.key${at}: x`)}`,
  'many rules of many conditions': () =>
    `${top}rules:\n${times(30, at =>
      ofTests(
        500,
        test => `nickName: { contains: n${test} }`,
        'all',
        all => all,
        `r${at}`,
      ),
    )}`,
  'many rules that use many conditions': () =>
    `${top}conditions:\n  c: { any: [${times(1_900, at => `{ nickName: n${at} },`)}] }\nrules:\n${times(2_000, at => rule(at, `{ use: c, groupID: g${at} }`))}`,
  '20,000 values': () =>
    ruleOf(
      `    reject: 5001\n    when:\n      nickName:\n        one of:\n${times(20_000, at => `          - n${at}\n`)}`,
    ),
  '20,000 hosts': () =>
    ruleOf(`    reject: 5001\n    when: { faceURL: { hosted on: [${times(20_000, at => `h${at}.example.com,`)}] } }\n`),
  'a list of numbers': () => `${top}lists:\n  l:\n${times(100_000, at => `    - ${at}\n`)}${rules(1)}`,
  'lists and lists': () => `${top}lists:\n${times(19_999, at => `  c${at}: [a]\n`)}${rules(1)}`,
  'rules that hide each other': () =>
    `${top}rules:\n${times(3_000, at => rule(at, `{ nickName: { contains: x }, userID: u${at % 7}, groupID: { starts with: g${at % 3} } }`))}`,
  'rewrites of one field': () =>
    `${top}rules:\n${times(3_000, at => `  - { rule: r${at}, when: { userID: { contains: g${at} } }, rewrite: { nickName: { set: a${at} } } }\n`)}`,
  'a value of 4 MB': () => ruleOf(`    when: { nickName: ${'a'.repeat(4_000_000)} }\n    reject: 5001\n`),
  'a key of 4 MB': () => `${top}${'a'.repeat(4_000_000)}: 1\n${rules(1)}`,
  'a host of 4 MB': () => ruleOf(`    when: { faceURL.host: "${'a.'.repeat(2_000_000)}" }\n    reject: 5001\n`),
  'curly quotes': () => `${top}rules:\n${ofTests(2_000, at => `nickName: “n${at}”`)}`,
  'no space after colons': () => `${top}${'x:1\n'.repeat(100_000)}`,
  'the same key': () => `${top}${'x: 1\n'.repeat(100_000)}`,
  tabs: () => `${top}${'\ta: b\n'.repeat(2_000)}`,
  commas: () => `${top}x: [${','.repeat(500_000)}]\n`,
  aliases: () => `${top}x: &a b\ny: [${'*a,'.repeat(100_000)}]\n`,
  '5 MB': () => `${top}${rules(1)}${times(80_000, at => `key${at}: 1 # ${'a'.repeat(48)}\n`)}`,
  '4 MB of line ends': () => `${top}${rules(1)}${'\n'.repeat(4_000_000)}`,
}

/** Folders of several files, or of bytes. */
const folders: Record<string, () => readonly SourceFile[]> = {
  '17 MB': () => [{ file: 'a.yaml', content: 'a: b\n'.repeat(3_500_000) }],
  '16 MB that is not UTF-8': () => [
    {
      file: 'a.yaml',
      content: Buffer.concat([
        Buffer.from('a: bcdefghijklmno pqrstuvwxyz 0123456789\n'.repeat(390_000)),
        Buffer.from([0xff]),
      ]),
    },
  ],
  '16 MB in UTF-16': () => [
    {
      file: 'a.yaml',
      content: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a: b\n'.repeat(1_600_000), 'utf16le')]),
    },
  ],
  'a list of 300,000 entries': () => withList(times(300_000, at => `n${at}\n`)),
  'a list of one entry': () => withList('x\n'.repeat(400_000)),
  'a list with dashes and quotes': () => withList(times(300_000, at => `- "n${at}",\n`)),
  'a list of one line': () => withList('x'.repeat(16_000_000)),
  'a list of line ends': () => withList('\n'.repeat(16_000_000)),
  '64 MB of lists': () => [
    ...withList('a\n'),
    ...Array.from({ length: 8 }, (_, list) => ({
      file: `lists/l${list}.txt`,
      content: times(400_000, at => `abcdefgh${at}\n`),
    })),
  ],
  '19,000 lists': () => [
    ...withList('a\n'),
    ...Array.from({ length: 19_000 }, (_, list) => ({ file: `lists/l${list}.txt`, content: 'a\n' })),
  ],
  '19,000 files': () =>
    Array.from({ length: 19_000 }, (_, at) => ({ file: `f${at}.yaml`, content: `${top}rules:\n${rule(at)}` })),
  '19,000 files with a mistake': () =>
    Array.from({ length: 19_000 }, (_, at) => ({ file: `f${at}.yaml`, content: `${top}ruls:\n${rule(at)}` })),
}

/** All of them. */
export const hostile: readonly Hostile[] = [
  ...Object.entries(files).map(([name, text]) => ({ name, files: () => [{ file: 'a.yaml', content: text() }] })),
  ...Object.entries(folders).map(([name, files]) => ({ name, files })),
]

function times(count: number, text: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => text(at)).join('')
}

function rule(at: number, when = '{ nickName: x }'): string {
  return `  - { rule: r${at}, when: ${when}, reject: 5001 }\n`
}

function rules(count: number): string {
  return `rules:\n${times(count, at => rule(at))}`
}

/** One rule, whose lines after the name are given. */
function ruleOf(lines: string): string {
  return `${top}rules:\n  - rule: r\n${lines}`
}

/** A rule of very many conditions in a group, which may stand in something else. */
function ofTests(
  count: number,
  test: (at: number) => string,
  kind = 'any',
  within = (tests: string) => tests,
  name = 'r',
): string {
  const tests = `${kind}: [${times(count, at => `{ ${test(at)} },`)}]`
  return `  - rule: ${name}\n    reject: 5001\n    when: { ${within(tests)} }\n`
}

function cases(count: number): string {
  return times(count, at => `      - { given: { nickName: n${at} }, expect: allow }\n`)
}

function withList(content: string): SourceFile[] {
  const when = '{ any: [{ nickName: { in list: l } }, { nickName: { contains any: l } }] }'
  return [
    { file: 'a.yaml', content: `${top}rules:\n${rule(0, when)}` },
    { file: 'lists/l.txt', content },
  ]
}
